import {fromRows, zeros} from "../../engine/linalg/matrix.ts";
import {type Lora, merge} from "../../engine/lora/lora.ts";
import {loraLinear, loraLinearBackward} from "../../engine/network/layers/lora.ts";

/** A number, or a row of a matrix. */
export type Argument = number | readonly number[];

/** Throws this sentence. */
export function refuse(sentence: string): never {
  throw new Error(sentence);
}

/** Checks that all arguments are rows. Throws if one is a number, with the name of the computation. */
export function checkedRows(name: string, args: readonly Argument[]): readonly (readonly number[])[] {
  return args.every((row) => typeof row === "object")
    ? args
    : refuse(`${name}: takes rows of a matrix, [1, 2], [3, 4]; got (${args.join("; ")})`);
}

/** A LoRA with one output: its B has this one row. */
const oneOutput = (b: readonly number[], alpha: number, aRows: readonly (readonly number[])[]): Lora => ({
  A: fromRows(aRows),
  B: fromRows([b]),
  alpha,
  r: b.length,
});

/** One entry of h = W₀x + (α/r)BAx. `w` and `b` are its rows of W₀ and B, `a` all rows of A. */
export function outputEntry(w: Argument, b: Argument, x: Argument, alpha: Argument, ...a: Argument[]): number {
  if (typeof alpha !== "number") return refuse(`outputEntry: α must be a number, got ${alpha}`);
  const [wRow, bRow, xRow, ...aRows] = checkedRows("outputEntry", [w, b, x, ...a]);
  return loraLinear(fromRows([xRow]), fromRows([wRow]), [oneOutput(bRow, alpha, aRows)]).h.data[0];
}

/** One entry of W₀ + (α/r)BA. `w` is the entry of W₀, `b` the row of B and `a` the column of A. */
export function mergedEntry(w: Argument, b: Argument, a: Argument, alpha: Argument): number {
  if (typeof w !== "number" || typeof alpha !== "number")
    return refuse(`mergedEntry: W₀'s entry and α must be numbers, got ${w} and ${alpha}`);
  const [bRow, column] = checkedRows("mergedEntry", [b, a]);
  const aRows = column.map((entry) => [entry]);
  return merge(fromRows([[w]]), oneOutput(bRow, alpha, aRows)).data[0];
}

/** One entry of the gradient of B. `g` is the gradient at its output, `column` counts from 1, `a` are all rows of A. */
export function gradientOfB(g: Argument, column: Argument, alpha: Argument, x: Argument, ...a: Argument[]): number {
  if (typeof g !== "number" || typeof column !== "number" || typeof alpha !== "number")
    return refuse(`gradientOfB: g, the column and α must be numbers, got ${g}, ${column} and ${alpha}`);
  const [xRow, ...aRows] = checkedRows("gradientOfB", [x, ...a]);
  const input = fromRows([xRow]);
  const W0 = zeros(1, xRow.length);
  const b = aRows.map(() => 0);
  const lora = oneOutput(b, alpha, aRows);
  const {us: inner} = loraLinear(input, W0, [lora]);
  const gradient = {A: zeros(lora.r, xRow.length), B: zeros(1, lora.r)};
  loraLinearBackward(fromRows([[g]]), input, W0, [lora], inner, zeros(1, xRow.length), [gradient]);
  return gradient.B.data[column - 1];
}
