/** The functions that code exercises ask for, computed by the engine. */
import {subspaceSimilarity} from "../../engine/analysis/subspace.ts";
import {fromRows, type Matrix, subtract, zeros} from "../../engine/linalg/matrix.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {allocateRanks} from "../../engine/lora/allocation.ts";
import {countLora} from "../../engine/lora/counts.ts";
import {type Lora, merge} from "../../engine/lora/lora.ts";
import {NF4_VALUES, roundNf4} from "../../engine/memory/nf4.ts";
import {crossEntropy, crossEntropyBackward} from "../../engine/network/layers/crossentropy.ts";
import {loraLinear, loraLinearBackward} from "../../engine/network/layers/lora.ts";
import {sgd} from "../../engine/training/optimizer.ts";
import {matrixRows} from "./rows.ts";

/** A vector, or a row of a matrix. */
type Row = readonly number[];
/** A matrix as a program gets it, row by row. */
type Rows = readonly Row[];

/** What a reader's function must return: the engine's answer to the same arguments. */
export interface CodeTask {
  /** The arguments of the reader's function, if they are computed from those in the question bank. */
  argumentsFor?(...args: never[]): readonly unknown[];
  /** The expected result for the arguments in the question bank. */
  run(...args: never[]): unknown;
}

/** An adapter from its rows: A (r × k), B (d × r). */
const adapterOf = (A: Rows, B: Rows, alpha: number): Lora => ({A: fromRows(A), B: fromRows(B), alpha, r: A.length});

/** The right-singular vectors of a matrix, as rows. */
const directionsOf = (rows: Rows): number[][] => {
  const {v} = svd(fromRows(rows));
  return Array.from({length: v.cols}, (_, j) => Array.from({length: v.rows}, (_, i) => v.data[i * v.cols + j]));
};

/** One step of SGD for one input x (k), in place; both gradients are taken before either matrix moves. `gradientAt` maps the output h (1 × d) to its gradient. */
function stepInPlace(x: Row, W0: Matrix, lora: Lora, rate: number, gradientAt: (h: Matrix) => Matrix): void {
  const input = fromRows([x]);
  const {h, us} = loraLinear(input, W0, [lora]);
  const gradient = {A: zeros(lora.r, x.length), B: zeros(h.cols, lora.r)};
  loraLinearBackward(gradientAt(h), input, W0, [lora], us, zeros(1, x.length), [gradient]);
  for (const key of ["A", "B"] as const) sgd.step(lora[key].data, gradient[key].data, sgd.init(0), {rate});
}

/** One step of SGD on the loss ½‖h − target‖². */
function sgdStep(x: Row, target: Row, W0: Rows, A: Rows, B: Rows, alpha: number, rate: number) {
  const lora = adapterOf(A, B, alpha);
  stepInPlace(x, fromRows(W0), lora, rate, (h) => subtract(h, fromRows([target])));
  return [matrixRows(lora.A), matrixRows(lora.B)];
}

/** One step of SGD for each letter, in order, on its cross-entropy: −log of the probability that softmax(h) gives it. */
function train(xs: Rows, letters: Row, W0: Rows, A: Rows, B: Rows, alpha: number, rate: number) {
  const [weight, lora] = [fromRows(W0), adapterOf(A, B, alpha)];
  for (const [n, x] of xs.entries()) {
    const target = Int32Array.of(letters[n]!);
    stepInPlace(x, weight, lora, rate, (h) => {
      const gradient = zeros(1, h.cols);
      crossEntropyBackward(crossEntropy(h, target), target, gradient);
      return gradient;
    });
  }
  return [matrixRows(lora.A), matrixRows(lora.B)];
}

/** A piece of an update: s times the column u times the row v. */
type Piece = readonly [u: Row, s: number, v: Row];

/** The r strongest pieces as an adapter [A, B]: the rows of A are their v, and the columns of B are s·u, divided by alpha / r. */
function toAdapter(pieces: readonly Piece[], r: number, alpha: number) {
  const strongest = pieces.slice(0, r);
  const B = strongest[0]![0].map((_, i) => strongest.map(([u, s]) => (s * u[i]!) / (alpha / r)));
  return [strongest.map(([, , v]) => v), B];
}

/** The tasks of the code exercises, by the name of the function that the reader writes in Python. */
const codeTasks: Readonly<Record<string, CodeTask>> = {
  count_lora: {
    run: (shapes: Rows, r: number) =>
      countLora(
        shapes.map(([d, k]) => ({d, k})),
        r,
      ),
  },
  forward: {
    run: (x: Row, W0: Rows, A: Rows, B: Rows, alpha: number) =>
      Array.from(loraLinear(fromRows([x]), fromRows(W0), [adapterOf(A, B, alpha)]).h.data),
  },
  merge: {
    run: (W0: Rows, A: Rows, B: Rows, alpha: number) => matrixRows(merge(fromRows(W0), adapterOf(A, B, alpha))),
  },
  subspace_similarity: {
    argumentsFor: (A1: Rows, A2: Rows, i: number, j: number) => [directionsOf(A1), directionsOf(A2), i, j],
    run: (A1: Rows, A2: Rows, i: number, j: number) => subspaceSimilarity(fromRows(A1), fromRows(A2), i, j),
  },
  sgd_step: {run: sgdStep},
  to_adapter: {run: toAdapter},
  train: {run: train},
  round_nf4: {
    argumentsFor: (block: Row) => [block, NF4_VALUES],
    run: (block: Row) => Array.from(roundNf4(Float64Array.from(block)).values),
  },
  allocate_ranks: {run: allocateRanks as CodeTask["run"]},
};

/** The task of this name. Throws, naming all tasks, if there is none. */
export function codeTask(name: string): CodeTask {
  if (Object.hasOwn(codeTasks, name)) return codeTasks[name]!;
  throw new Error(`${name} is no task of the engine; there are ${Object.keys(codeTasks).join(", ")}`);
}
