/** The texts of the figure on addition: the names in its drawing, and its sentences. */
import {fixed, significant, whole} from "../../figure/plot/text/format.ts";
import type {Rich} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import {type AdditionParams, type AdditionResult, SCALE, SIDE} from "./model.ts";

/** Parameters of the frozen matrix. */
export const WEIGHT_COUNT = SIDE * SIDE;
/** Parameters of A and B. */
export const ADDED_COUNT = 2 * SIDE;
/** A factor of a product. With three digits its product rounds as the factors say. */
export const threeDigits = (value: number): string => significant(value, 3);
/** A value to two digits. */
export const twoDigits = (value: number): string => significant(value, 2);

/** The letter whose x is shown. */
export const letterOf = ({word, letter}: AdditionParams): string => word[letter - 1]!;

const x = {symbol: "x", text: "x"};
const h = {symbol: "h", text: "h"};

/** The names written at the parts of the drawing. */
export interface PartNames {
  A: Rich;
  x: Rich;
  B: Rich;
  /** Two lines below B's name. */
  push: readonly [Rich, Rich];
  W0: Rich;
  h: Rich;
}

/** The names of the parts: symbols, and where there is room what the phase does to them. */
export function partNames({phase, look, word, letter}: AdditionParams, isWide: boolean): PartNames {
  const isMerged = phase === "merged";
  const stateText = {training: "trained", beside: "", merged: "added in"}[phase];
  const sumText: Rich = [symbol.W0, " + ", symbol.dW];
  const updateText: Rich | undefined = look === "update" ? [symbol.dW, ` = ${SCALE} · `, symbol.BA] : undefined;
  if (!isWide) {
    const W0 = updateText ?? (isMerged ? sumText : [symbol.W0, " frozen"]);
    return {A: [symbol.A], x: [x], B: [symbol.B], push: [[], []], h: [h], W0};
  }
  return {
    A: [symbol.A, ` the question${stateText && `, ${stateText}`}`],
    x: [x, ` ${word.slice(0, letter - 1)}`, {symbol: "x", text: word[letter - 1]!}],
    B: [symbol.B],
    push: [["the push"], stateText ? [stateText] : []],
    W0:
      updateText ?? (isMerged ? [...sumText, `, still ${SIDE} × ${SIDE}`] : [symbol.W0, ` ${SIDE} × ${SIDE}, frozen`]),
    h: isMerged ? [h, ", the same"] : [h, " = ", symbol.W0, x, " + push"],
  };
}

/** The entry at the chosen cell as a product or a sum. */
export function cellText({cell: {w0, b, a, change}}: AdditionResult, {phase}: AdditionParams): string {
  const product = `${SCALE} × ${threeDigits(b)} × ${threeDigits(a)}`;
  return phase === "merged"
    ? `${twoDigits(w0)} + ${product} = ${twoDigits(w0 + change)}`
    : `${product} = ${twoDigits(change)}`;
}

/** The card's sentence, and the one that Explore and screen readers add. */
export function additionSays(result: AdditionResult, params: AdditionParams): readonly [string, string] {
  const {phase, look, row, column} = params;
  const merged = phase === "merged";
  const more = `In row ${row} and column ${column} of the square B and A ${merged ? "were added" : "add"}: ${cellText(result, params)}; an input takes ${whole(WEIGHT_COUNT + ADDED_COUNT + 1)} multiplications side by side, and ${whole(WEIGHT_COUNT)} merged.`;
  const {b, a, change} = result.cell;
  if (look === "cell")
    return [
      `Here the update is B’s ${threeDigits(b)} times A’s ${threeDigits(a)}, doubled: ${twoDigits(change)}; press another cell, or this one again to see everything.`,
      more,
    ];
  if (look === "update")
    return [
      `The update has a value in each of the ${whole(WEIGHT_COUNT)} cells; its size is ${fixed(result.norms.change, 1)}, and that of W₀ is ${fixed(result.norms.frozen, 1)}.`,
      more,
    ];
  if (phase === "training")
    return [
      `Choose a number of steps: A turns and B grows from nothing; the ${whole(WEIGHT_COUNT)} frozen weights stay as they are.`,
      more,
    ];
  if (merged) return ["A and B are in the square now: one way for x, and the same h at every letter you press.", more];
  return [
    `Press a letter or a cell: A hears this “${letterOf(params)}” ${fixed(result.loudness, 1)} loud, and B pushes that much, beside the frozen square.`,
    more,
  ];
}
