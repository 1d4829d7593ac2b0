/**
 * The digit machine's language: an operation, six digits, "=", six digits of answer ("R 1 2 3 4 5 6 = 6 5 4 3 2 1").
 * The last digit is only predicted, never read, so a sequence has 13 tokens. Loss and score count the six answer
 * digits.
 */

import type {Matrix} from "../linalg/matrix.ts";
import type {Sizes} from "../network/architecture.ts";
import {IGNORED} from "../network/layers/targets.ts";
import type {Batch} from "../network/transformer.ts";

/** The symbol of each token; the digits are tokens 0 … 9. The base model learns no operation for X and Y. */
export const SYMBOLS = "0123456789=CRIDLXY";
/** The digits of an input, and of its answer. */
const DIGITS = 6;
const POSITIONS = 2 * DIGITS + 1;
/** The place of the "=", the first that predicts a digit of the answer. */
const EQUALS = DIGITS + 1;

/** The sizes of the digit machine: 26,304 parameters. */
export const digitMachine: Sizes = {V: SYMBOLS.length, T: POSITIONS, C: 32, H: 4, L: 2};

/** An operation, six digits → six digits, and its symbol. */
export interface Task {
  symbol: string;
  answer(digits: readonly number[]): number[];
}

const plus = (n: number) => (digits: readonly number[]) => digits.map((digit) => (digit + n) % 10);
const rotateBy = (n: number) => (digits: readonly number[]) => [...digits.slice(n), ...digits.slice(0, n)];
/** The digit that stands for each of 0 … 9 under `permute`. */
const PERMUTED = [3, 7, 1, 9, 0, 2, 8, 4, 6, 5];
const permute = (digits: readonly number[]) => digits.map((digit) => PERMUTED[digit]);

/** The operations that the base model learns. +1 and −1 are modulo 10; rotate moves the first digit to the end. */
export const baseTasks = {
  copy: {symbol: "C", answer: (digits) => [...digits]},
  reverse: {symbol: "R", answer: (digits) => digits.toReversed()},
  plusOne: {symbol: "I", answer: plus(1)},
  minusOne: {symbol: "D", answer: plus(9)},
  rotate: {symbol: "L", answer: rotateBy(1)},
} satisfies Record<string, Task>;

/** Operations for an adapter to teach it, all under the unused symbol X. */
export const newTasks = {
  reversePlusOne: {symbol: "X", answer: (digits) => plus(1)(digits.toReversed())},
  rotatePlusOne: {symbol: "X", answer: (digits) => plus(1)(rotateBy(1)(digits))},
  plusThree: {symbol: "X", answer: plus(3)},
  nineMinus: {symbol: "X", answer: (digits) => digits.map((digit) => 9 - digit)},
  swapEnds: {symbol: "X", answer: (digits) => [...digits.slice(-1), ...digits.slice(1, -1), ...digits.slice(0, 1)]},
  permute: {symbol: "X", answer: permute},
  reversePermute: {symbol: "X", answer: (digits) => permute(digits.toReversed())},
  rotateTwo: {symbol: "X", answer: rotateBy(2)},
} satisfies Record<string, Task>;

/** A sequence of tokens (13) and its targets (13), which are −1 before the answer. */
export function encode({symbol, answer}: Task, digits: readonly number[]): {tokens: number[]; targets: number[]} {
  const answerDigits = answer(digits);
  const tokens = [SYMBOLS.indexOf(symbol), ...digits, SYMBOLS.indexOf("="), ...answerDigits.slice(0, -1)];
  return {tokens, targets: [...Array<number>(EQUALS).fill(IGNORED), ...answerDigits]};
}

/** B sequences with uniform digits, each of a task drawn from the list. Draws seven random numbers a sequence. */
export function drawBatch(tasks: readonly Task[], B: number, random: () => number): Batch {
  const sequences = Array.from({length: B}, () => {
    const task = tasks[Math.floor(random() * tasks.length)];
    return encode(
      task,
      Array.from({length: DIGITS}, () => Math.floor(random() * 10)),
    );
  });
  return {
    tokens: Int32Array.from(sequences.flatMap(({tokens}) => tokens)),
    targets: Int32Array.from(sequences.flatMap(({targets}) => targets)),
    B,
  };
}

/** B sequences drawn with replacement from a fixed set, for training on few examples. Draws B random numbers. */
export function redraw(pool: Batch, B: number, random: () => number): Batch {
  const T = pool.tokens.length / pool.B;
  const batch = {tokens: new Int32Array(B * T), targets: new Int32Array(B * T), B};
  for (let b = 0; b < B; b++) {
    const from = Math.floor(random() * pool.B) * T;
    batch.tokens.set(pool.tokens.subarray(from, from + T), b * T);
    batch.targets.set(pool.targets.subarray(from, from + T), b * T);
  }
  return batch;
}

/**
 * logits (B·T,V) → `exact`, the share of sequences whose counted predictions are all right, and `digits`, the share of
 * counted predictions that are right. The model sees the true answer so far, so an exact sequence is also one that the
 * model would generate by itself.
 */
export function score(logits: Matrix, {targets, B}: Batch): {exact: number; digits: number} {
  const [T, V] = [targets.length / B, logits.cols];
  let [exact, right, counted] = [0, 0, 0];
  for (let b = 0; b < B; b++) {
    let mistakes = 0;
    for (let row = b * T; row < (b + 1) * T; row++) {
      if (targets[row] === IGNORED) continue;
      const scores = logits.data.subarray(row * V, (row + 1) * V);
      const hit = scores.indexOf(Math.max(...scores)) === targets[row];
      counted += 1;
      if (hit) right += 1;
      else mistakes += 1;
    }
    if (mistakes === 0) exact += 1;
  }
  return {exact: exact / B, digits: right / counted};
}
