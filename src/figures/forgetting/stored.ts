/** The runs of `npm run sweep:forgetting`: what each unlearns on the way to names. */
import file from "../../../content/lab/forgetting.json" with {type: "json"};
import {type ForgettingParams, LAST_STEP} from "./model.ts";

type Way = ForgettingParams["way"];
type Rate = ForgettingParams["rate"];

/** In the order of the labels. */
export const WAYS: readonly Way[] = ["1", "4", "16", "full"];

/** Letters in doubt, e to the loss. */
export interface Doubts {
  names: number;
  english: number;
}

const doubtsOf = ([names, english]: readonly number[]): Doubts => ({
  names: Math.exp(names!),
  english: Math.exp(english!),
});
const runOf = (rate: Rate, way: Way) => file.runs[rate][way];

/** The forge before it is trained, and what it writes. */
export const BEFORE: Doubts = doubtsOf(runOf("usual", "4").losses[0]!);
export const wordsBefore: readonly string[] = runOf("usual", "4").words[0]!;

/** From the start to a step, as far as losses are kept. */
export const roadTo = (rate: Rate, way: Way, step: number): Doubts[] =>
  runOf(rate, way)
    .losses.slice(0, file.lossesAt.filter((at) => at <= step).length)
    .map(doubtsOf);

/** What it writes at a step, or at the last one before it for which words are kept. */
export const wordsAt = (rate: Rate, way: Way, step: number): readonly string[] =>
  runOf(rate, way).words[file.wordsAt.filter((at) => at <= step).length - 1]!;

/** Where runs with two other seeds end. */
export const otherEnds = (rate: Rate, way: Way): Doubts[] => runOf(rate, way).others.map(doubtsOf);

/** A run at a step: its road, where it is on it, and where it is used from: the start, where its adapter is off. */
export interface Traveler {
  way: Way;
  road: readonly Doubts[];
  head: Doubts;
  isOff: boolean;
}

export interface ForgettingResult {
  step: number;
  travelers: readonly Traveler[];
  /** The chosen one. */
  one: Traveler;
  words: readonly string[];
  /** At the last step with small steps: the share of what usual steps learn and forget in letters, for the chosen way. */
  small: {learned: number; forgotten: number};
}

/** What usual and small steps learn of names and forget of English, in letters, by the last step. */
function smallShares(way: Way): ForgettingResult["small"] {
  const [usual, small] = (["usual", "small"] as const).map((rate) => roadTo(rate, way, LAST_STEP).at(-1)!);
  return {
    learned: (BEFORE.names - small!.names) / (BEFORE.names - usual!.names),
    forgotten: (small!.english - BEFORE.english) / (usual!.english - BEFORE.english),
  };
}

export function readForgetting(frames: readonly unknown[], {adapter, rate, way, step}: ForgettingParams) {
  const at = Math.min(step, frames.length - 1);
  const travelers = WAYS.map((one): Traveler => {
    const isOff = adapter === "off" && one !== "full";
    const road = roadTo(rate, one, at);
    return {way: one, road, head: isOff ? BEFORE : road.at(-1)!, isOff};
  });
  const one = travelers[WAYS.indexOf(way)]!;
  const words = one.isOff ? wordsBefore : wordsAt(rate, way, at);
  return {step: at, travelers, one, words, small: smallShares(way)} satisfies ForgettingResult;
}
