import {mulberry32} from "../../src/engine/linalg/random.ts";
import type {Stopwatch} from "./stopwatch.ts";

/** A reader of outside input that is given many cases. */
export interface Subject {
  /** The nth case as a person would write it down: an address, or the text itself. */
  describe(n: number): string;
  /** What is wrong in the nth case, one sentence each; what it throws is wrong too. */
  check(n: number, watch: Stopwatch): string[] | Promise<string[]>;
}

/** The random numbers of the nth case: a case can be repeated without those before it. */
export const randomOf = (seed: number, n: number): (() => number) => mulberry32(seed + Math.imul(n + 1, 0x9e3779b1));
