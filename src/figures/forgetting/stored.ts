/** The stored runs of `npm run sweep:forgetting`: what each knows of names and of English, step by step. */
import forgetting from "../../../content/lab/forgetting.json" with {type: "json"};
import {FORGETTING_STEPS, type ForgettingParams} from "./model.ts";

type Way = ForgettingParams["way"];
type Rate = ForgettingParams["rate"];

/** What was trained, in the order of the control `way`. */
const TRAINED_WAYS: readonly Way[] = ["1", "4", "16", "full"];

/** Letters in doubt, e to the loss, on held-out names and on English words. */
export interface DoubtPair {
  names: number;
  english: number;
}

/** Letters in doubt from the losses on names and on English. */
const doubtsOf = ([names, english]: readonly number[]): DoubtPair => ({
  names: Math.exp(names!),
  english: Math.exp(english!),
});
/** The run of a choice, as it is stored. */
const storedRun = (rate: Rate, way: Way) => forgetting.runs[rate][way];

/** The word forge before it is fine-tuned, and what it writes; every run starts from it. */
export const BEFORE: DoubtPair = doubtsOf(storedRun("usual", "4").losses[0]!);
export const wordsBefore: readonly string[] = storedRun("usual", "4").words[0]!;

/** Letters in doubt from the start to a step, at the steps at which losses are stored. */
const pathTo = (rate: Rate, way: Way, step: number): DoubtPair[] =>
  storedRun(rate, way)
    .losses.slice(0, forgetting.lossesAt.filter((at) => at <= step).length)
    .map(doubtsOf);

/** What the forge writes at a step, or at the last step before it with stored words. */
const wordsAt = (rate: Rate, way: Way, step: number): readonly string[] =>
  storedRun(rate, way).words[forgetting.wordsAt.filter((at) => at <= step).length - 1]!;

/** Where the runs of two other seeds end. */
export const otherEnds = (rate: Rate, way: Way): DoubtPair[] => storedRun(rate, way).others.map(doubtsOf);

/** A run at the step that is shown. */
export interface ShownRun {
  way: Way;
  /** Letters in doubt from the start to the step. */
  path: readonly DoubtPair[];
  /** Letters in doubt now: at the step, or those of the base while the adapter is off. */
  now: DoubtPair;
  isOff: boolean;
}

/** What small steps learn of names and forget of English by the last step, as shares of what usual steps do; both counted in letters in doubt. */
interface SmallShares {
  learned: number;
  forgotten: number;
}

/** What the figure shows; `words` are those that the chosen run writes. */
export interface ForgettingResult {
  step: number;
  runs: readonly ShownRun[];
  chosen: ShownRun;
  words: readonly string[];
  smallSteps: SmallShares;
}

/** These shares for one way of training. */
function smallShares(way: Way): SmallShares {
  const [usual, small] = (["usual", "small"] as const).map((rate) => pathTo(rate, way, FORGETTING_STEPS).at(-1)!);
  return {
    learned: (BEFORE.names - small!.names) / (BEFORE.names - usual!.names),
    forgotten: (small!.english - BEFORE.english) / (usual!.english - BEFORE.english),
  };
}

/** What is shown at the clock's step, or at the last step played so far: `frames` holds an empty snapshot for each. */
export function readForgetting(frames: readonly unknown[], {adapter, rate, way, step}: ForgettingParams) {
  const at = Math.min(step, frames.length - 1);
  const runs = TRAINED_WAYS.map((trainedWay): ShownRun => {
    const isOff = adapter === "off" && trainedWay !== "full";
    const path = pathTo(rate, trainedWay, at);
    return {way: trainedWay, path, now: isOff ? BEFORE : path.at(-1)!, isOff};
  });
  const chosen = runs[TRAINED_WAYS.indexOf(way)]!;
  const words = chosen.isOff ? wordsBefore : wordsAt(rate, way, at);
  return {step: at, runs, chosen, words, smallSteps: smallShares(way)} satisfies ForgettingResult;
}
