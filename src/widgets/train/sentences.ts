import {counted, thousandths as shown} from "../../figures/text/format.ts";
import {changes, lastTwo, type Said} from "../shared/runComparison.ts";
import {controls, type Settings, settingsOf, type TrainParams, written} from "./controls.ts";
import type {Kept, Student, TrainResult} from "./readings.ts";
import {SIDE} from "./settings.ts";

/** A floor counts as reached when the loss is at most this many times as high. */
export const NEAR = 1.05;

/** "0.1": a whole number of tenths. */
const tenths = (n: number): string => String(n / 10);
const optimizers = controls.optimizer.options;
const sources = controls.examples.options;

/** What each setting is called, and how its value is written. */
const said: Said<Settings> = {
  r: ["r", ({r}) => String(r)],
  alpha: ["α", ({alpha}) => String(alpha)],
  rate: ["η", ({rate}) => rate],
  optimizer: ["the optimizer", ({optimizer}) => optimizers[optimizer]],
  examples: ["the number of examples", ({examples}) => sources[examples]],
  noise: ["the noise", ({noise}) => tenths(noise)],
  planted: ["the rank of ΔW*", ({planted}) => String(planted)],
  seed: ["the seed", ({seed}) => String(seed)],
};

/** A kept run in a line: what always matters, and what else is not as it starts. */
export function described(run: Settings): string {
  const rest = (["examples", "noise", "planted", "seed"] as const).filter((name) => run[name] !== controls[name].value);
  const more = rest.map((name) => `, ${said[name][0]} ${said[name][1](run)}`.replace(", the ", ", "));
  return `r = ${run.r}, α = ${run.alpha}, η = ${run.rate}, ${optimizers[run.optimizer]}${more.join("")}`;
}

/** A size of ΔW at the step, unless its run has left the range of numbers before. */
export const sizeOf = ({lost}: Student, size: number): string => (lost === undefined ? shown(size) : "out of range");

/** A loss at a step, or where it went. */
export const lossAt = (losses: readonly number[], step: number): string =>
  step < losses.length ? shown(losses[step]) : "out of range";

const moved = (from: number, to: number): string => (to < from ? "fell" : to > from ? "rose" : "stayed");

/** What is different in the last of two runs, and what came of it; empty while there is only one. */
function comparison({kept, lora}: TrainResult, params: TrainParams): string {
  const {step} = params;
  const now = settingsOf(params);
  // The run in the picture is the last, unless it is the last that was kept.
  const isSame = (one: Pick<Kept, "settings">, other: Pick<Kept, "settings">) =>
    written(one.settings) === written(other.settings);
  const two = lastTwo<Pick<Kept, "settings" | "losses">>(kept, {settings: now, losses: lora.losses}, isSame);
  if (!two) return "";
  const [before, after] = two;
  const [from, to] = [before.losses[step], after.losses[step]];
  const [was, is] = [lossAt(before.losses, step), lossAt(after.losses, step)];
  const result =
    from === undefined || to === undefined
      ? `the loss at step ${step} was ${was} and is ${is}`
      : was === is
        ? `the loss at step ${step} is ${is} in both`
        : `the loss at step ${step} ${moved(from, to)} from ${was} to ${is}`;
  return `From ${before.name} to ${after.name}, ${changes(said, before.settings, after.settings)}, all else the same: ${result}.`;
}

/** The step on its way to ΔW, as it is said when it was too large. */
const size = ({rate, alpha, r}: TrainParams): string => `η·α/r = ${+((Number(rate) * alpha) / r).toPrecision(3)}`;

function meaning({lora, full}: TrainResult, params: TrainParams): string {
  const {step, r, planted, examples} = params;
  if (lora.lost !== undefined)
    return `LoRA's loss left the range of numbers at step ${lora.lost}: the step ${size(params)} was too large.`;
  if (full.lost !== undefined)
    return `Full fine-tuning left the range of numbers at step ${full.lost}: the rate η = ${params.rate} was too large.`;
  const loss = lora.losses[step];
  if (step === 0) return "Since B starts at 0, ΔW is exactly 0: both start from the untouched W₀.";
  if (loss > 2 * lora.losses[0]) return `The loss has grown: the step ${size(params)} is too large.`;
  const distances = `ΔW is ${shown(lora.distance)} from ΔW*, full fine-tuning's ${shown(full.distance)}`;
  const isOnFloor = lora.floor > 0 && loss <= NEAR * lora.floor;
  if (examples !== "all")
    return `${isOnFloor ? "LoRA is on the floor of these examples; but" : "Beyond these examples,"} ${distances}.`;
  if (isOnFloor)
    return `LoRA is on its floor: it has found what ${counted(r, "direction")} can hold of a ΔW* of rank ${planted}, and no more fits.`;
  if (r >= planted && lora.distance < 0.05) return `Rank ${r} is enough for a ΔW* of rank ${planted}, and it is found.`;
  return `${distances}.`;
}

/** What is set, what came out, and what it means or what changed. */
export function sentence(result: TrainResult, params: TrainParams): string {
  const {r, step} = params;
  const {lora, full} = result;
  const when = step === 0 ? "Before the first step" : `After ${counted(step, "step")}`;
  const loss = `${when} LoRA's loss is ${lossAt(lora.losses, step)}; the floor of rank ${r}, which no ΔW of that rank gets below, is ${shown(lora.floor)}`;
  const rest = `full fine-tuning is at ${lossAt(full.losses, step)} with all ${SIDE * SIDE} numbers`;
  return `${loss}; ${rest}. ${comparison(result, params) || meaning(result, params)}`;
}
