import {fromRows, type Matrix} from "../../engine/linalg/matrix.ts";

/** (m,n) → a list of m rows, as the exercises hand a matrix over. */
export const matrixRows = ({rows, cols, data}: Matrix): number[][] =>
  Array.from({length: rows}, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));

/** What a program returned as a matrix of this shape. Throws a sentence that begins with `what` when it is something else. */
export function matrixOf(value: unknown, rows: number, cols: number, what: string): Matrix {
  if (!Array.isArray(value)) throw new Error(`${what} is not a list of rows.`);
  if (value.length !== rows) throw new Error(`${what} has ${countText(value.length, "row")}; it should have ${rows}.`);
  for (const row of value as unknown[]) {
    if (!Array.isArray(row)) throw new Error(`${what} has a row that is not a list.`);
    if (row.length !== cols)
      throw new Error(`${what} has a row of ${countText(row.length, "entry")}; it should have ${cols}.`);
    const odd = row.find((one) => typeof one !== "number");
    if (odd !== undefined) throw new Error(`${what} has an entry that is not a number: ${String(odd).slice(0, 20)}.`);
  }
  return fromRows(value as number[][]);
}

/** The matrices of a result such as [A, B], of these shapes. Throws as `matrixOf` does. */
export function matricesOf<Name extends string>(
  value: unknown,
  shapes: Readonly<Record<Name, readonly [rows: number, cols: number]>>,
  what: string,
): Record<Name, Matrix> {
  const names = Object.keys(shapes) as Name[];
  if (!Array.isArray(value) || value.length !== names.length)
    throw new Error(`${what}: the result is not ${names.join(", ")}.`);
  const matrices = names.map((name, i) => {
    const [rows, cols] = shapes[name];
    return [name, matrixOf(value[i], rows, cols, `${what}: ${name}`)];
  });
  return Object.fromEntries(matrices) as Record<Name, Matrix>;
}

/** "1 row", "3 entries". */
const countText = (n: number, what: "row" | "entry") =>
  `${n} ${n === 1 ? what : what === "entry" ? "entries" : "rows"}`;
