import {subspaceSimilarity} from "../engine/analysis/subspace.ts";
import {fromRows, type Matrix, subtract, zeros} from "../engine/linalg/matrix.ts";
import {svd} from "../engine/linalg/svd.ts";
import {allocateRanks} from "../engine/lora/allocation.ts";
import {countLora} from "../engine/lora/counts.ts";
import {type Lora, merge} from "../engine/lora/lora.ts";
import {NF4_VALUES, roundNf4} from "../engine/memory/nf4.ts";
import {loraLinear, loraLinearBackward} from "../engine/network/layers/lora.ts";
import {sgd} from "../engine/training/optimizer.ts";

type Rows = readonly (readonly number[])[];
type Row = readonly number[];

/** What a reader's function must return: the engine's answer to the same arguments. */
export interface CodeTask {
  /** The arguments of the reader's function, if they are computed from those in the question bank. */
  given?(...args: never[]): readonly unknown[];
  /** The expected result for the arguments in the question bank. */
  run(...args: never[]): unknown;
}

const toRows = ({rows, cols, data}: Matrix): number[][] =>
  Array.from({length: rows}, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));

const adapter = (A: Rows, B: Rows, alpha: number): Lora => ({A: fromRows(A), B: fromRows(B), alpha, r: A.length});

/** The right-singular vectors of a matrix, as rows. */
const directions = (rows: Rows): number[][] => {
  const {v} = svd(fromRows(rows));
  return Array.from({length: v.cols}, (_, j) => Array.from({length: v.rows}, (_, i) => v.data[i * v.cols + j]));
};

/** One step of SGD on ½‖h − target‖² for one input; both gradients are taken before either matrix moves. */
function sgdStep(x: Row, target: Row, W0: Rows, A: Rows, B: Rows, alpha: number, rate: number) {
  const lora = adapter(A, B, alpha);
  const [input, weight] = [fromRows([x]), fromRows(W0)];
  const {h, us} = loraLinear(input, weight, [lora]);
  const gradient = {A: zeros(lora.r, x.length), B: zeros(h.cols, lora.r)};
  const dh = subtract(h, fromRows([target]));
  loraLinearBackward(dh, input, weight, [lora], us, zeros(1, x.length), [gradient]);
  for (const key of ["A", "B"] as const) sgd.step(lora[key].data, gradient[key].data, sgd.init(0), {rate});
  return {A: toRows(lora.A), B: toRows(lora.B)};
}

/** The tasks of the code exercises, by the name of the function that the reader writes. */
const codeTasks: Readonly<Record<string, CodeTask>> = {
  countLora: {
    run: (shapes: Rows, r: number) =>
      countLora(
        shapes.map(([d, k]) => ({d, k})),
        r,
      ),
  },
  forward: {
    run: (x: Row, W0: Rows, A: Rows, B: Rows, alpha: number) =>
      Array.from(loraLinear(fromRows([x]), fromRows(W0), [adapter(A, B, alpha)]).h.data),
  },
  merge: {
    run: (W0: Rows, A: Rows, B: Rows, alpha: number) => toRows(merge(fromRows(W0), adapter(A, B, alpha))),
  },
  subspaceSimilarity: {
    given: (A1: Rows, A2: Rows, i: number, j: number) => [directions(A1), directions(A2), i, j],
    run: (A1: Rows, A2: Rows, i: number, j: number) => subspaceSimilarity(fromRows(A1), fromRows(A2), i, j),
  },
  sgdStep: {run: sgdStep},
  roundNf4: {
    given: (block: Row) => [block, NF4_VALUES],
    run: (block: Row) => Array.from(roundNf4(Float64Array.from(block)).values),
  },
  allocateRanks: {run: allocateRanks as CodeTask["run"]},
};

/** Throws, naming all tasks, if there is none of this name. */
export function codeTask(name: string): CodeTask {
  if (Object.hasOwn(codeTasks, name)) return codeTasks[name]!;
  throw new Error(`${name} is no task of the engine; there are ${Object.keys(codeTasks).join(", ")}`);
}
