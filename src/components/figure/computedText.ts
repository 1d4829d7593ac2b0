import {type Argument, computation} from "../../answers/computations.ts";
import {plain, quantity} from "../marks/quantity.ts";
import {cell, paperNumber} from "../paper/paper.ts";
import type {Compute} from "../quiz/questions.ts";

export type {Argument};

/** The arguments by name, as a reader would write them: "d = 1,000, k = 500, r = 10"; the last name holds all that are left. */
export function argumentText(names: readonly string[], args: readonly Argument[]): string {
  const text = (x: Argument) => (typeof x === "number" ? plain(x) : `[${x.map((value) => plain(value)).join(", ")}]`);
  return names
    .map((name, i) => `${name} = ${(i < names.length - 1 ? args.slice(i, i + 1) : args.slice(i)).map(text).join(", ")}`)
    .join(", ");
}

/** An argument as it stands in the bank: itself, or the paper's number it names. Throws where that is none. */
function settled(argument: Compute["args"][number]): Argument {
  if (typeof argument !== "object" || Array.isArray(argument)) return argument;
  const value =
    "num" in argument ? paperNumber(argument.num).value : cell(argument.table, argument.row, argument.col).value;
  if (typeof value !== "number") throw new Error(`${JSON.stringify(argument)}: the paper prints no one number there`);
  return value;
}

/** The number a question asks for, computed. Throws with the function's name when its arguments do not fit. */
export const answerOf = ({fn, args}: Compute): number => computation(fn).run(...args.map(settled));

/**
 * A number shown to the digits that its tolerance makes matter: 2.236068 at ±0.01 → "2.24"; whole numbers stay whole. What would
 * come out as 0 and is not keeps two digits: 0.03255 at ±0.1 → "0.033".
 */
export function shownTo(value: number, tolerance: number, unit?: string): string {
  if (Number.isInteger(value) || tolerance === 0) return quantity(value, unit);
  const decimals = Math.max(0, Math.ceil(-Math.log10(tolerance)));
  return Number(value.toFixed(decimals))
    ? quantity(value, unit, decimals)
    : quantity(Number(value.toPrecision(2)), unit);
}
