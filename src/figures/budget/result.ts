/** The result of the figure on the budget, and the names of its tasks. */
import type {LiveProgress} from "../shared/liveRuns.ts";

/** How many runs of each choice are stored, one for each seed. */
export const RUNS_PER_CHOICE = 10;

/** "qv" → "Wq + Wv". */
export const matrixSum = (on: string): string => [...on].map((letter) => `W${letter}`).join(" + ");

/** The two tasks of the paper and the two tasks of the tiny model. */
export type PaperTask = "wikisql" | "multinli";
export type Learned = "reversePlusOne" | "rotateTwo";
export const PRINTED: readonly PaperTask[] = ["wikisql", "multinli"];
export const LEARNED_TASKS: readonly Learned[] = ["reversePlusOne", "rotateTwo"];

/** The scores that the paper prints for a setting, in percent. */
export type PaperScores = Readonly<Record<PaperTask, number>>;

/** A setting of both models: the same matrices at the same rank. */
export interface SettingRow {
  on: string;
  /** 0 if no matrix is chosen. */
  r: number;
  isChosen: boolean;
  /** The printed scores, if the paper tested the setting. */
  scores?: PaperScores;
  /** The tiny model's share of fresh inputs with every digit right, by seed from 1; empty if there are no runs. */
  results: Readonly<Record<Learned, readonly number[]>>;
  /** The stored results, while live runs take their places. */
  before?: Readonly<Record<Learned, readonly number[]>>;
}

/** What a choice of matrices trains at a rank. */
export interface TrainedCounts {
  /** Trained parameters in GPT-3 and in the tiny model. */
  large: number;
  tiny: number;
}

/** A scale that has room for every printed value and its fluctuation. */
export interface ScoreScale {
  ends: readonly [number, number];
  ticks: readonly number[];
}

/** What the picture shows. */
export interface BudgetResult {
  rows: readonly SettingRow[];
  /** If the rows are ranks: the scores of each set of matrices in Table 6, in the order of the rows. */
  sets: readonly {on: string; scores: readonly (PaperScores | undefined)[]}[];
  /** How far scores typically vary, according to the paper. */
  fluctuation: PaperScores;
  scales: Readonly<Record<PaperTask, ScoreScale>>;
  /** The best score on each task in the table shown. */
  best: PaperScores;
  /** The budget in parameters of GPT-3, and the rank that it allows the choice; no rank if the rows are ranks. */
  budget: number;
  rank?: number;
  /** The cost of the choice at the rank of the budget, or at r = 1 if the rows are ranks. */
  cost: TrainedCounts;
  /** How many runs of the tiny model a complete row has. */
  seeds: number;
  /** The width of the tiny model, which no rank can exceed. */
  width: number;
  /** Present if the rows of the choice show live runs. */
  live?: Omit<LiveProgress, "results" | "next"> & {next?: {learned: Learned; r: number; seed: number}};
}
