import {isList} from "../shared/taskNames.ts";
import {guessOf, keptRuns, type LabParams, type Settings, settingsOf, textOf} from "./controls.ts";
import {STEPS} from "./settings.ts";

/** Asks the model to use a trained run on an input, together with the adapter of another run if there is one. */
export interface UseOrder extends Pick<LabParams, "task" | "scale" | "input"> {
  run: Settings;
  other?: Settings;
}

/** Why a run trains nothing at all; undefined if it trains. */
export function nothingToTrain({method, on, examples}: Settings): "no matrix" | "no example" | undefined {
  if (method === "lora" && on === "") return "no matrix";
  return examples === "0" ? "no example" : undefined;
}

/** Whether the reader has yet to guess; until then nothing that was trained is shown. */
export const isGuessDue = (params: LabParams): boolean =>
  params.ask === "first" && guessOf(params) === undefined && nothingToTrain(params) === undefined;

/** The digit machine's input if the reader typed none that fits. */
const QUESTION = "X204719";

/** What was typed if it fits the task: letters, or six digits after the symbol of an operation (X, the new one, by default). */
function inputFor({task, input}: Pick<LabParams, "task" | "input">): string {
  if (isList(task)) return /^[a-z]*$/.test(input) ? input : "";
  if (/^\d{6}$/.test(input)) return `X${input}`;
  return /^[CRIDLX]\d{6}$/.test(input) ? input : QUESTION;
}

/** The index of the last kept run whose adapter fits the same frozen weights; −1 if there is none. */
export function otherRunOf(params: LabParams): number {
  const now = settingsOf(params);
  return (keptRuns.read(params.kept).runs ?? []).findLastIndex(
    (run) =>
      ![now, run].some(({method}) => method === "full") &&
      isList(run.task) === isList(now.task) &&
      run.base === now.base &&
      !nothingToTrain(run) &&
      textOf(run) !== textOf(now),
  );
}

/** The order for the trained model at work; undefined before the last step, and if nothing is trained. */
export function useOrderOf(params: LabParams): UseOrder | undefined {
  const {task, scale, step} = params;
  if (step < STEPS || isGuessDue(params) || nothingToTrain(params)) return undefined;
  const other = keptRuns.read(params.kept).runs?.[otherRunOf(params)];
  return {task, scale, input: inputFor(params), run: settingsOf(params), ...(other ? {other} : {})};
}

/** The runs to compute: the one in the picture, the kept ones, and at the last step the use of the trained model. */
export function runs(params: LabParams): readonly (Settings | UseOrder)[] {
  const use = useOrderOf(params);
  return [settingsOf(params), ...(keptRuns.read(params.kept).runs ?? []), ...(use ? [use] : [])];
}
