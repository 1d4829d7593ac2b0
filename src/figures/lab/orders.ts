/** What the worker is asked for in a state: the run in the picture, the kept runs, and the model in use. */

import {keptRunsIn, type LabParams, type LabSettings, labGuess, labSettings, runText, stepsOf} from "./controls.ts";
import {isOfWords, SAMPLE_EVERY} from "./settings.ts";

/**
 * Asks what the model writes after an input: before the first step its base, on the way the run at that step too, and at the last
 * step the trained run in every way, together with the adapter of another run if there is one.
 */
export interface UseOrder extends Pick<LabParams, "task" | "scale" | "input"> {
  run: LabSettings;
  /** A step at which the model was sampled. */
  step: number;
  other?: LabSettings;
}

/** Why a run trains nothing at all; undefined if it trains. */
export function nothingToTrain({
  method,
  on,
  examples,
  task,
  words,
}: LabSettings): "no matrix" | "no example" | "no words" | undefined {
  if (method === "lora" && on === "") return "no matrix";
  if (task === "own" && !words) return "no words";
  return examples === "0" ? "no example" : undefined;
}

/** Whether the reader has yet to guess; until then nothing that was trained is shown. */
export const isGuessDue = (params: LabParams): boolean =>
  params.ask === "first" &&
  params.task !== "own" &&
  labGuess(params) === undefined &&
  nothingToTrain(labSettings(params)) === undefined;

/** The digit machine's input if the reader typed none that fits. */
const QUESTION = "X204719";

/** What was typed if it fits the task: letters, or six digits after the symbol of an operation (X, the new one, by default). */
export function inputFor({task, input}: Pick<LabParams, "task" | "input">): string {
  if (isOfWords(task)) return /^[a-z]*$/.test(input) ? input : "";
  if (/^\d{6}$/.test(input)) return `X${input}`;
  return /^[CRIDLX]\d{6}$/.test(input) ? input : QUESTION;
}

/** Whether the adapter of a kept run fits the frozen weights of another. */
const fits = (kept: LabSettings, now: LabSettings): boolean =>
  ![now, kept].some(({method}) => method === "full") &&
  isOfWords(kept.task) === isOfWords(now.task) &&
  kept.base === now.base &&
  !nothingToTrain(kept) &&
  runText(kept) !== runText(now);

/** The order for the model in use. */
export function useOrderOf(params: LabParams): UseOrder {
  const {task, scale, step} = params;
  const run = labSettings(params);
  const order = {task, scale, input: inputFor(params), run};
  if (isGuessDue(params) || nothingToTrain(run)) return {...order, scale: 1, step: 0};
  if (step < stepsOf(run)) return {...order, scale: 1, step: step - (step % SAMPLE_EVERY)};
  const other = keptRunsIn(params).findLast((kept) => fits(kept, run));
  return {...order, step, ...(other && {other})};
}

/** The runs to compute: the one in the picture, the kept ones, and the model in use. */
export const runs = (params: LabParams): readonly (LabSettings | UseOrder)[] => [
  labSettings(params),
  ...keptRunsIn(params),
  useOrderOf(params),
];

/** Whether a run is trained only once the reader says so. */
export const waits = (order: LabSettings | UseOrder): boolean => !("run" in order);
