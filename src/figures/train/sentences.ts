import {counted, thousandths as shown} from "../../figure/plot/text/format.ts";
import type {TrainParams} from "./controls.ts";
import type {TrainResult, TrainStudent} from "./readings.ts";

/** A loss at most this many times the floor counts as having reached it. */
export const NEAR = 1.05;

export const sizeOrOutOfRange = ({divergedAt}: TrainStudent, size: number): string =>
  divergedAt === undefined ? shown(size) : "out of range";

export const trainLossAt = (losses: readonly number[], step: number): string =>
  step < losses.length ? shown(losses[step]) : "out of range";

/** Where both runs are and how far LoRA's can come, in one short sentence. */
export function says({lora, full}: TrainResult, {r, step}: TrainParams): string {
  const gone = lora.divergedAt ?? full.divergedAt;
  if (gone !== undefined) return `The steps were too large: the loss overflowed at step ${gone}. Lower η or α.`;
  const when = step === 0 ? "Before the first step" : `After ${counted(step, "step")}`;
  return `${when}, LoRA’s loss is ${trainLossAt(lora.losses, step)}, and no ΔW of rank ${r} can get below ${shown(lora.floor)}. Full fine-tuning’s is ${trainLossAt(full.losses, step)}.`;
}

export const WHY =
  "Each step overshoots: the loss grows instead of falling. A smaller η or a smaller α makes the steps shorter.";

/** Says why if one of the two runs has diverged or is about to. */
export const diverged = ({lora, full}: TrainResult): string | undefined =>
  [lora, full].some(({losses, divergedAt}) => divergedAt !== undefined || losses.at(-1)! > 2 * losses[0])
    ? WHY
    : undefined;
