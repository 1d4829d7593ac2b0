import {layer} from "../../figure/plot/layer.ts";
import {legendTable} from "../../figure/plot/legendTable.ts";
import type {Room} from "../../figure/plot/room.ts";
import type {Formula, Piece} from "../../figure/plot/text/typeset.ts";
import type {Act} from "../../figure/widget.ts";
import {light} from "./drawing/light.ts";
import {printedFormula} from "./drawing/printedFormula.ts";
import {formulas, readFormula} from "./formulas.ts";
import type {FormulaParams, FormulaResult} from "./model.ts";
import {entries, litOf, type SymbolEntry, symbolText, type Which} from "./symbolMeanings.ts";
import {valuesOf} from "./symbolValues.ts";
import {type TableBelow, workedLines} from "./workedExample.ts";

type Pick = (symbol: string) => void;

/** Lights a symbol of the formula that is not lit. */
export const pickSymbol =
  ({which, symbol}: FormulaParams, act: Act): Pick =>
  (picked) => {
    if (entries[which][picked] && picked !== litOf(which, symbol)) act.set({symbol: picked});
  };

/** A formula as text for screen readers. */
function spoken(pieces: Formula): string {
  const say = (piece: Piece): string => {
    if (typeof piece === "string") return piece;
    if ("text" in piece) return symbolText(piece.text);
    if ("keep" in piece) return spoken(piece.keep);
    if ("base" in piece) return `${spoken(piece.base)} ${spoken(piece.below)}`;
    if ("over" in piece) return `${spoken(piece.over)} over ${spoken(piece.under)} `;
    if ("entries" in piece) return `(${piece.entries.map((row) => row.join(", ")).join("; ")})`;
    return `${piece.limits === "Σ" ? "sum" : piece.limits} over ${spoken(piece.below)}${piece.above.length ? ` to ${spoken(piece.above)}` : ""}, `;
  };
  return pieces.map(say).join("");
}

/** The formula as in the paper. */
function printed(picture: Element, which: Which, lit: string, onPick: Pick) {
  const box = layer(picture, "div", "printed-formula");
  box.setAttribute("data-which", which);
  const {formula, place} = formulas[which];
  const all = entries[which];
  const pieces = readFormula(formula, (word) =>
    Object.hasOwn(all, word) ? {symbol: word, text: all[word].text} : undefined,
  );
  layer(box, "p", "label", place);
  const line = layer(box, "div", "math");
  line.setAttribute("aria-label", spoken(pieces));
  // Starts with the visible text, in which the hat is next to its letter.
  const nameOf = (symbol: string) => `${symbolText(all[symbol].text).replace("\u0302", "ˆ")}, ${all[symbol].name}`;
  printedFormula(line, pieces, {lit, nameOf, onPick});
}

/** The highlighted symbol: its name, a note, its shape, and its value in the example. */
function meaning(picture: Element, {text, name, note, shape}: SymbolEntry, symbol: string, value: string) {
  const box = layer(picture, "div", "meaning");
  const term = layer(box, "p", "term");
  const math = layer(term, "span", "math");
  math.setAttribute("aria-label", symbolText(text));
  printedFormula(math, [{symbol, text}], {lit: "", onPick() {}});
  layer(term, "b", "name", ` ${name}`);
  layer(box, "p", "about", note);
  const facts = layer(box, "dl", "facts");
  for (const [label, text] of Object.entries({Shape: shape, Here: value})) {
    const fact = layer(facts, "div", label);
    layer(fact, "dt", "name", label);
    layer(fact, "dd", "value", text);
  }
}

const LINES = [0, 1, 2];

/** What the example has besides in the whole figure. */
interface More {
  goal: string;
  below?: TableBelow | undefined;
}

/** The formula with the numbers of the example, and a table; all of a figure names the goal of its challenge. */
function example(
  picture: Element,
  result: FormulaResult,
  params: FormulaParams,
  lit: string,
  onPick: Pick,
  {goal, below}: More,
) {
  const box = layer(picture, "div", "example");
  const text = formulas[params.which].example;
  hide(box, !text);
  layer(box, "p", "label", `${text ?? ""}${goal}`);
  const lines: readonly Formula[] = workedLines(result, params);
  for (const n of LINES) {
    const line = layer(box, "div", `math line-${n}`);
    line.setAttribute("aria-label", spoken(lines[n] ?? []));
    printedFormula(line, lines[n] ?? [], {lit, onPick});
    hide(line, !lines[n]);
  }
  const terms = layer(box, "div", "terms-table");
  legendTable(terms, "terms", below?.head ?? [], below?.lines ?? []);
  hide(terms, !below);
}

function hide(element: Element, isHidden: boolean) {
  if (isHidden) element.setAttribute("hidden", "");
  else element.removeAttribute("hidden");
}

/** All but the code; of a docked figure without the example. */
export function drawFormula(
  picture: Element,
  result: FormulaResult,
  params: FormulaParams,
  act: Act,
  room: Room,
  more: More = {goal: ""},
) {
  const {which, symbol} = params;
  const lit = litOf(which, symbol);
  const onPick = pickSymbol(params, act);
  printed(picture, which, lit, onPick);
  meaning(picture, entries[which][lit], lit, valuesOf(result, params)[lit]);
  if (room.size !== "dock") example(picture, result, params, lit, onPick, more);
}

/** All that the code depends on. */
export const codeState = ({which, model, matrices, r, alpha, code}: FormulaParams): string =>
  [which, model, matrices, r, alpha, code].join(" ");

/**
 * The card before the rest of the figure has come. It has the code that the build drew, three listings of which one is seen: that
 * stays and its lit names change. Code of another state comes with the rest.
 */
export function drawCard(picture: Element, result: FormulaResult, params: FormulaParams, act: Act, room: Room) {
  drawFormula(picture, result, params, act, room);
  if (room.size === "dock" || room.size === "slide") return;
  const code = picture.querySelector(".listings");
  const of = code?.getAttribute("data-of");
  if (code) light(code, litOf(params.which, params.symbol), pickSymbol(params, act));
  // An objective has none.
  if (result.kind === "objective" || result.kind === "lora-objective") return code?.remove();
  if (of === codeState(params)) return;
  // Code of another formula is wrong; of the same it is what a card shows, whatever its controls say.
  if (!of?.startsWith(`${params.which} `)) code?.remove();
  act.more?.();
}
