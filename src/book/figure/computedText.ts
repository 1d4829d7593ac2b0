import {plainNumber, quantity} from "../../site/marks/quantity.ts";
import {cell, paperNumber} from "../paper/paper.ts";
import {type Argument, computation} from "../quiz/computations.ts";
import type {Compute} from "../quiz/questions.ts";

/** The arguments by name: "d = 1,000, k = 500, r = 10". The last name stands for all remaining arguments. */
export function argumentText(names: readonly string[], args: readonly Argument[]): string {
  const text = (x: Argument) =>
    typeof x === "number" ? plainNumber(x) : `[${x.map((value) => plainNumber(value)).join(", ")}]`;
  return names
    .map((name, i) => `${name} = ${(i < names.length - 1 ? args.slice(i, i + 1) : args.slice(i)).map(text).join(", ")}`)
    .join(", ");
}

/** The value of a question's argument, which may refer to a number of the paper. Throws when that is not one number. */
function argumentValue(argument: Compute["args"][number]): Argument {
  if (typeof argument !== "object" || Array.isArray(argument)) return argument;
  const value =
    "num" in argument ? paperNumber(argument.num).value : cell(argument.table, argument.row, argument.col).value;
  if (typeof value !== "number") throw new Error(`${JSON.stringify(argument)}: the paper prints no one number there`);
  return value;
}

/** The computed answer to a question. Throws with the function's name when its arguments do not fit. */
export const answerOf = ({fn, args}: Compute): number => computation(fn).run(...args.map(argumentValue));

/**
 * A number with as many decimals as its tolerance makes significant: 2.236068 at ±0.01 → "2.24"; whole numbers stay whole. A
 * number that would be rounded to 0 keeps two digits: 0.03255 at ±0.1 → "0.033".
 */
export function roundedTo(value: number, tolerance: number, unit?: string): string {
  if (Number.isInteger(value) || tolerance === 0) return quantity(value, unit);
  const decimals = Math.max(0, Math.ceil(-Math.log10(tolerance)));
  return Number(value.toFixed(decimals))
    ? quantity(value, unit, decimals)
    : quantity(Number(value.toPrecision(2)), unit);
}
