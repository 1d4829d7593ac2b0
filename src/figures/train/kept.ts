/** The runs that readers keep: what each is called, how the last two compare, and the panel that lists them. */
import {thousandths} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {MAX_KEPT} from "../shared/keptRuns.ts";
import {keptRunsPanel} from "../shared/keptRunsPanel.ts";
import {changesText, lastTwo, type SettingTexts} from "../shared/runComparison.ts";
import {
  controls,
  type KeptTrainRun,
  keptTrainRuns,
  settingsOf,
  type TrainParams,
  type TrainResult,
  type TrainSettings,
} from "./model.ts";

/** The loss at a step; "out of range" if the run had diverged by then. */
export const lossText = (losses: readonly number[], step: number): string =>
  step < losses.length ? thousandths(losses[step]!) : "out of range";

const optimizers = controls.optimizer.options;

/** Each setting's name in a sentence, and its value in words. */
const settingTexts: SettingTexts<TrainSettings> = {
  r: ["r", ({r}) => String(r)],
  alpha: ["α", ({alpha}) => String(alpha)],
  rate: ["η", ({rate}) => rate],
  optimizer: ["the optimizer", ({optimizer}) => optimizers[optimizer]],
  examples: ["the number of examples", ({examples}) => controls.examples.options[examples]],
  noise: ["the noise", ({noise}) => String(noise / 10)],
  planted: ["the rank of ΔW*", ({planted}) => String(planted)],
  seed: ["the seed", ({seed}) => String(seed)],
};

/** A run in words: the main settings, and any others that differ from their defaults. */
function runText(run: TrainSettings): string {
  const rest = (["examples", "noise", "planted", "seed"] as const).filter((name) => run[name] !== controls[name].value);
  const more = rest.map((name) => `, ${settingTexts[name][0]} ${settingTexts[name][1](run)}`.replace(", the ", ", "));
  return `r = ${run.r}, α = ${run.alpha}, η = ${run.rate}, ${optimizers[run.optimizer]}${more.join("")}`;
}

/** Compares the last two runs: what was changed, and the loss of each. Empty if there is only one run. */
export function comparisonText({kept, lora}: TrainResult, params: TrainParams): string {
  const {step} = params;
  type Compared = Pick<KeptTrainRun, "settings" | "losses">;
  const now: Compared = {settings: settingsOf(params), losses: lora.losses};
  const two = lastTwo<Compared>(
    kept,
    now,
    (one, other) => keptTrainRuns.textOf(one.settings) === keptTrainRuns.textOf(other.settings),
  );
  if (!two) return "";
  const [before, after] = two;
  return `From ${before.name} to ${after.name}, ${changesText(settingTexts, before.settings, after.settings)}, all else the same: the loss at step ${step} went from ${lossText(before.losses, step)} to ${lossText(after.losses, step)}.`;
}

/** Draws the kept runs, with buttons to keep the run in the picture, to go back to one, and to clear them. */
export function drawKeptRuns(box: Element, {kept, lora}: TrainResult, params: TrainParams, act: Act) {
  keptRunsPanel(
    box,
    kept.map(({settings, losses}) => ({
      text: runText(settings),
      value: `loss ${lossText(losses, params.step)}`,
    })),
    {
      title: "Kept runs",
      most: MAX_KEPT,
      keptRuns: keptTrainRuns,
      params,
      announced: `${runText(settingsOf(params))}, loss ${lossText(lora.losses, params.step)}`,
    },
    act,
  );
}
