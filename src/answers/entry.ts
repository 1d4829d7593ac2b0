import {fromRows, zeros} from "../engine/linalg/matrix.ts";
import {type Lora, merge} from "../engine/lora/lora.ts";
import {loraLinear, loraLinearBackward} from "../engine/network/layers/lora.ts";

/** A number, or a row of a matrix. */
export type Argument = number | readonly number[];

export function refuse(sentence: string): never {
  throw new Error(sentence);
}

/** Arguments that are all rows of matrices. Throws where one is a number. */
export function rows(args: readonly Argument[]): readonly (readonly number[])[] {
  return args.every((row) => typeof row === "object")
    ? args
    : refuse(`rankOf: takes rows of a matrix, [1, 2], [3, 4]; (${args.join("; ")}) came`);
}

/** A pair whose B has the one given row: it makes one output. */
const pairOf = (b: readonly number[], alpha: number, aRows: readonly (readonly number[])[]): Lora => ({
  A: fromRows(aRows),
  B: fromRows([b]),
  alpha,
  r: b.length,
});

/** One entry of h = W₀x + (α/r)BAx: the rows of W₀ and of B that make it, x, α, and all rows of A. */
export function outputEntry(w: Argument, b: Argument, x: Argument, alpha: Argument, ...a: Argument[]): number {
  if (typeof alpha !== "number") return refuse(`outputEntry: α is a number; ${alpha} came`);
  const [wRow, bRow, xRow, ...aRows] = rows([w, b, x, ...a]);
  return loraLinear(fromRows([xRow]), fromRows([wRow]), [pairOf(bRow, alpha, aRows)]).h.data[0];
}

/** One entry of W₀ + (α/r)BA: the entry of W₀, the row of B and the column of A that meet there, and α. */
export function mergedEntry(w: Argument, b: Argument, a: Argument, alpha: Argument): number {
  if (typeof w !== "number" || typeof alpha !== "number")
    return refuse(`mergedEntry: W₀'s entry and α are numbers; ${w} and ${alpha} came`);
  const [bRow, column] = rows([b, a]);
  const {data} = merge(
    fromRows([[w]]),
    pairOf(
      bRow,
      alpha,
      column.map((entry) => [entry]),
    ),
  );
  return data[0];
}

/** Entry (1, column) of the gradient of B: g at that output, the column from 1, α, x, and all rows of A. */
export function gradientOfB(g: Argument, column: Argument, alpha: Argument, x: Argument, ...a: Argument[]): number {
  if (typeof g !== "number" || typeof column !== "number" || typeof alpha !== "number")
    return refuse(`gradientOfB: g, the column and α are numbers; ${g}, ${column} and ${alpha} came`);
  const [xRow, ...aRows] = rows([x, ...a]);
  const [input, W0, lora] = [
    fromRows([xRow]),
    zeros(1, xRow.length),
    pairOf(
      aRows.map(() => 0),
      alpha,
      aRows,
    ),
  ];
  const {us} = loraLinear(input, W0, [lora]);
  const gradient = {A: zeros(lora.r, xRow.length), B: zeros(1, lora.r)};
  loraLinearBackward(fromRows([[g]]), input, W0, [lora], us, zeros(1, xRow.length), [gradient]);
  return gradient.B.data[column - 1];
}
