import type {Tape} from "../../figure/widget.ts";
import {QUESTION_STRIDE, type QuestionParams} from "./controls.ts";
import type {Agreement, Heard, QuestionSnapshot} from "./model.ts";

/** What each token is called in the figure; the mark after a word is its end. */
export const TOKEN_NAMES = ["end", ..."abcdefghijklmnopqrstuvwxyz"] as const;

export interface QuestionResult extends Pick<QuestionSnapshot, "losses"> {
  word: string;
  /** How many letters have been read. */
  at: number;
  /** The chosen run, and all of them. */
  run: Heard;
  runs: readonly Heard[];
  /** The chances of the next letter at every place, of the base and with the adapter. */
  before: readonly (readonly number[])[];
  after: readonly (readonly number[])[];
  /** The tokens, first the ones that the answer lifts most. */
  order: readonly number[];
  agreement: Agreement;
  /** |cosine| of each two runs' a after the chosen step. */
  cosines: readonly number[];
  /** What the final norm of the base divides by at every place. */
  lengths: readonly number[];
}

function chances(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, one) => total + one, 0);
  return powers.map((power) => power / sum);
}

export function see(
  [tape]: readonly Tape<QuestionSnapshot>[],
  {word, letter, seed, step}: QuestionParams,
): QuestionResult {
  const {scores, lengths, runs, agreement, losses, path} = tape![0]!;
  const run = runs.find((one) => String(one.seed) === seed)!;
  return {
    ...{word, run, runs, agreement, losses, lengths},
    cosines: path[step / QUESTION_STRIDE]!,
    at: Math.min(letter, word.length),
    before: scores.map(chances),
    after: run.scores.map(chances),
    order: TOKEN_NAMES.map((_, token) => token).sort((one, other) => run.answer[other]! - run.answer[one]!),
  };
}

/** What reply × answer adds to each score of a place, before the final norm: always the same 27, louder or softer. */
export const pushesAt = ({answer, replies}: Heard, at: number): number[] => answer.map((push) => push * replies[at]!);

/** Tokens by how much the pushes of the chosen place lift them, most first. */
export function lifted({run, at}: QuestionResult): number[] {
  const pushes = pushesAt(run, at);
  return TOKEN_NAMES.map((_, token) => token).sort((one, other) => pushes[other]! - pushes[one]!);
}

/** The token whose chance changes most at the chosen place. */
export function mostMoved({before, after, at}: QuestionResult): number {
  const moves = TOKEN_NAMES.map((_, token) => Math.abs(after[at]![token]! - before[at]![token]!));
  return moves.indexOf(Math.max(...moves));
}

/** The share of what full fine-tuning gains. */
export const share = ({losses: {base, full}, run}: QuestionResult): number => (base - run.loss) / (base - full);

/** From a list with a value for each pair of runs, the values of run `at` with the others, in their order. */
export function withOthers(pairs: readonly number[], at: number, count: number): number[] {
  const names = Array.from({length: count}, (_, i) =>
    Array.from({length: count - i - 1}, (_, n) => [i, i + n + 1]),
  ).flat();
  return pairs.filter((_, n) => names[n]!.includes(at));
}
