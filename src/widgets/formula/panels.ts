import {layer} from "../../figures/layer.ts";
import {ledger} from "../../figures/ledger.ts";
import type {FigureSize} from "../../figures/room.ts";
import type {Formula, Piece} from "../../figures/text/typeset.ts";
import {printedFormula} from "./figures/printedFormula.ts";
import {formulas, read} from "./formulas.ts";
import type {FormulaParams, FormulaResult} from "./model.ts";
import {entries, plainly, type SymbolEntry, type Which} from "./symbolMeanings.ts";
import {linesOf, tableOf} from "./workedExample.ts";

type Pick = (symbol: string) => void;

/** A formula as text for screen readers. */
function spoken(pieces: Formula): string {
  const say = (piece: Piece): string => {
    if (typeof piece === "string") return piece;
    if ("text" in piece) return plainly(piece.text);
    if ("keep" in piece) return spoken(piece.keep);
    if ("base" in piece) return `${spoken(piece.base)} ${spoken(piece.below)}`;
    if ("over" in piece) return `${spoken(piece.over)} over ${spoken(piece.under)} `;
    if ("entries" in piece) return `(${piece.entries.map((row) => row.join(", ")).join("; ")})`;
    return `${piece.limits === "Σ" ? "sum" : piece.limits} over ${spoken(piece.below)}${piece.above.length ? ` to ${spoken(piece.above)}` : ""}, `;
  };
  return pieces.map(say).join("");
}

/** The formula as in the paper. */
export function printed(picture: Element, which: Which, lit: string, onPick: Pick) {
  const box = layer(picture, "div", "printed-formula");
  box.setAttribute("data-which", which);
  const {formula, place} = formulas[which];
  const all = entries[which];
  const pieces = read(formula, (word) => (Object.hasOwn(all, word) ? {symbol: word, text: all[word].text} : undefined));
  layer(box, "p", "label", place);
  const line = layer(box, "div", "math");
  line.setAttribute("aria-label", spoken(pieces));
  // Starts with the visible text, in which the hat is next to its letter.
  const nameOf = (symbol: string) => `${plainly(all[symbol].text).replace("\u0302", "ˆ")}, ${all[symbol].name}`;
  printedFormula(line, pieces, {lit, nameOf, onPick});
}

/** The highlighted symbol: its name, a note, its shape, and its value in the example. */
export function meaning(picture: Element, {text, name, note, shape}: SymbolEntry, symbol: string, value: string) {
  const box = layer(picture, "div", "meaning");
  const term = layer(box, "p", "term");
  const math = layer(term, "span", "math");
  math.setAttribute("aria-label", plainly(text));
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

/** The formula with the numbers of the example, and its terms as a table; all of a figure names the goal of its challenge. */
export function example(
  picture: Element,
  result: FormulaResult,
  params: FormulaParams,
  lit: string,
  onPick: Pick,
  size: FigureSize,
) {
  const box = layer(picture, "div", "example");
  const {example, goal} = formulas[params.which];
  layer(box, "p", "label", size === "full" ? `${example} ${goal}` : example);
  const lines: readonly Formula[] = linesOf(result, params);
  for (const n of LINES) {
    const line = layer(box, "div", `math line-${n}`);
    line.setAttribute("aria-label", spoken(lines[n] ?? []));
    printedFormula(line, lines[n] ?? [], {lit, onPick});
    hide(line, !lines[n]);
  }
  // In a card the sliders of i and j go through that table.
  const table = size === "full" || result.kind !== "similarity" ? tableOf(result) : undefined;
  const terms = layer(box, "div", "terms-table");
  ledger(terms, "terms", table?.head ?? [], table?.lines ?? []);
  hide(terms, !table);
}

function hide(element: Element, isHidden: boolean) {
  if (isHidden) element.setAttribute("hidden", "");
  else element.removeAttribute("hidden");
}
