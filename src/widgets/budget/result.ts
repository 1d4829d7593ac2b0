import type {LiveProgress} from "../shared/liveRuns.ts";

/** What makes the stored runs; a test holds the file to it. */
export const COMMAND = "npm run sweep:choices";

/** Share of fresh inputs with every digit right from which on a run has learned its task. */
export const GOAL = 0.9;

/** The attention matrices of a layer that a pair can sit on, a letter each. */
export const LETTERS = "qkvo";

/** Runs of a choice that are stored, a seed each. */
export const SEEDS = 10;

/** The choice with this matrix in, or out if it was in. */
export const toggled = (on: string, letter: string): string =>
  [...LETTERS].filter((one) => (one === letter) !== on.includes(one)).join("");

/** "qv" → "Wq + Wv". */
export const nameOf = (on: string): string => [...on].map((letter) => `W${letter}`).join(" + ");

/** The paper's two tasks, and the tiny model's. */
export type Printed = "wikisql" | "multinli";
export type Learned = "reversePlusOne" | "rotateTwo";
export const PRINTED: readonly Printed[] = ["wikisql", "multinli"];
export const LEARNED: readonly Learned[] = ["reversePlusOne", "rotateTwo"];

/** What the paper prints for one setting, in percent. */
export type Scores = Readonly<Record<Printed, number>>;

/** One setting of both models: the same matrices at the same rank. */
export interface Row {
  on: string;
  /** 0 where none is chosen, so that nothing is trained. */
  r: number;
  isChosen: boolean;
  /** What the paper prints for it; nothing where it was not tested. */
  scores?: Scores;
  /** Of the tiny model, seed by seed from 1 on, the share of fresh inputs with every digit right; empty where no run is. */
  results: Readonly<Record<Learned, readonly number[]>>;
}

/** What a choice of matrices costs at a rank. */
export interface Cost {
  /** Numbers trained in GPT-3 and in the tiny model. */
  large: number;
  tiny: number;
}

/** A scale that holds every printed value with its fluctuation. */
export interface Scale {
  ends: readonly [number, number];
  ticks: readonly number[];
}

export interface BudgetResult {
  rows: readonly Row[];
  /** With rows of ranks: what Table 6 prints for each of its sets, rank by rank as the rows. */
  sets: readonly {on: string; scores: readonly (Scores | undefined)[]}[];
  /** How far the paper says its numbers typically vary. */
  fluctuation: Scores;
  scales: Readonly<Record<Printed, Scale>>;
  /** The most that each task gets in the table looked at. */
  best: Scores;
  /** Numbers of GPT-3 that the budget pays for, and the rank it gives the choice; with rows of ranks, none. */
  budget: number;
  rank?: number;
  /** Of the choice, at the rank of the budget or else at r = 1. */
  cost: Cost;
  /** Runs of the tiny model that a row has when they are all there. */
  seeds: number;
  /** The width of the tiny model: no rank of it is above. */
  width: number;
  /** The rows of the choice hold runs made here; without it stored ones. */
  live?: Omit<LiveProgress, "results" | "next"> & {next?: {learned: Learned; r: number; seed: number}};
}
