import {counted, thousandths as shown} from "../../figure/plot/text/format.ts";
import {changes, lastTwo, type SettingTexts} from "../shared/runComparison.ts";
import {controls, settingsOf, type TrainParams, type TrainSettings, textOf} from "./controls.ts";
import type {KeptTrainRun, TrainResult} from "./readings.ts";
import {NEAR, trainLossAt} from "./sentences.ts";
import {TRAIN_SIDE} from "./settings.ts";

const tenths = (n: number): string => String(n / 10);
const optimizers = controls.optimizer.options;
const sources = controls.examples.options;

const settingTexts: SettingTexts<TrainSettings> = {
  r: ["r", ({r}) => String(r)],
  alpha: ["α", ({alpha}) => String(alpha)],
  rate: ["η", ({rate}) => rate],
  optimizer: ["the optimizer", ({optimizer}) => optimizers[optimizer]],
  examples: ["the number of examples", ({examples}) => sources[examples]],
  noise: ["the noise", ({noise}) => tenths(noise)],
  planted: ["the rank of ΔW*", ({planted}) => String(planted)],
  seed: ["the seed", ({seed}) => String(seed)],
};

/** A kept run in one line: the main settings, and any others that differ from their defaults. */
export function trainRunLine(run: TrainSettings): string {
  const rest = (["examples", "noise", "planted", "seed"] as const).filter((name) => run[name] !== controls[name].value);
  const more = rest.map((name) => `, ${settingTexts[name][0]} ${settingTexts[name][1](run)}`.replace(", the ", ", "));
  return `r = ${run.r}, α = ${run.alpha}, η = ${run.rate}, ${optimizers[run.optimizer]}${more.join("")}`;
}

const moved = (from: number, to: number): string => (to < from ? "fell" : to > from ? "rose" : "stayed");

/** Compares the last two runs: what was changed, and what the loss did. Empty if there is only one run. */
function comparison({kept, lora}: TrainResult, params: TrainParams): string {
  const {step} = params;
  type Compared = Pick<KeptTrainRun, "settings" | "losses">;
  const now: Compared = {settings: settingsOf(params), losses: lora.losses};
  const two = lastTwo<Compared>(kept, now, (one, other) => textOf(one.settings) === textOf(other.settings));
  if (!two) return "";
  const [before, after] = two;
  const [from, to] = [before.losses[step], after.losses[step]];
  const [was, is] = [trainLossAt(before.losses, step), trainLossAt(after.losses, step)];
  const result =
    from === undefined || to === undefined
      ? `the loss at step ${step} was ${was} and is ${is}`
      : was === is
        ? `the loss at step ${step} is ${is} in both`
        : `the loss at step ${step} ${moved(from, to)} from ${was} to ${is}`;
  return `From ${before.name} to ${after.name}, ${changes(settingTexts, before.settings, after.settings)}, all else the same: ${result}.`;
}

/** The effective step size on ΔW. */
const stepSize = ({rate, alpha, r}: TrainParams): string => `η·α/r = ${+((Number(rate) * alpha) / r).toPrecision(3)}`;

function meaning({lora, full}: TrainResult, params: TrainParams): string {
  const {step, r, planted, examples} = params;
  if (lora.divergedAt !== undefined)
    return `LoRA's loss overflowed at step ${lora.divergedAt}: the step ${stepSize(params)} was too large.`;
  if (full.divergedAt !== undefined)
    return `Full fine-tuning's loss overflowed at step ${full.divergedAt}: the rate η = ${params.rate} was too large.`;
  const loss = lora.losses[step];
  if (step === 0) return "Since B starts at 0, ΔW is exactly 0: both start from the untouched W₀.";
  if (loss > 2 * lora.losses[0]) return `The loss has grown: the step ${stepSize(params)} is too large.`;
  const distances = `ΔW is ${shown(lora.distance)} from ΔW*, full fine-tuning's ${shown(full.distance)}`;
  const isOnFloor = lora.floor > 0 && loss <= NEAR * lora.floor;
  if (examples !== "all")
    return `${isOnFloor ? "LoRA has reached the floor of these examples, but" : "Beyond these examples,"} ${distances}.`;
  if (isOnFloor)
    return `LoRA has reached its floor: it has found everything that ${counted(r, "direction")} can make of a ΔW* of rank ${planted}.`;
  if (r >= planted && lora.distance < 0.05) return `Rank ${r} is enough for a ΔW* of rank ${planted}, and it is found.`;
  return `${distances}.`;
}

export function summary(result: TrainResult, params: TrainParams): string {
  const {r, step} = params;
  const {lora, full} = result;
  const when = step === 0 ? "Before the first step" : `After ${counted(step, "step")}`;
  const loss = `${when} LoRA's loss is ${trainLossAt(lora.losses, step)}; the floor of rank ${r}, which no ΔW of that rank gets below, is ${shown(lora.floor)}`;
  const rest = `full fine-tuning is at ${trainLossAt(full.losses, step)} with all ${TRAIN_SIDE * TRAIN_SIDE} entries`;
  return `${loss}; ${rest}. ${comparison(result, params) || meaning(result, params)}`;
}
