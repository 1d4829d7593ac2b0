import {layer} from "../../figures/layer.ts";
import {ledger} from "../../figures/ledger.ts";
import {write} from "../../figures/symbol.ts";
import {type Formula, typeset} from "../../figures/typeset.ts";
import {formulas, type Which} from "./formulas.ts";
import {type Entry, entries} from "./meanings.ts";
import type {FormulaParams, FormulaResult} from "./model.ts";
import {linesOf, tableOf} from "./worked.ts";

type Pick = (symbol: string) => void;

/** The formula as the paper prints it. */
export function printed(picture: Element, which: Which, lit: string, onPick: Pick) {
  const box = layer(picture, "div", "printed-formula");
  const {pieces, spoken, place} = formulas[which];
  layer(box, "p", "label").textContent = place;
  const line = layer(box, "div", "math");
  line.setAttribute("aria-label", spoken);
  const nameOf = (symbol: string) => `${entries[which][symbol].text}, ${entries[which][symbol].name}`;
  typeset(line, pieces, {lit, nameOf, onPick});
}

/** The lit symbol: what it is called, its shape, and what it is in the example. */
export function meaning(picture: Element, {text, name, note, shape}: Entry, symbol: string, here: string) {
  const box = layer(picture, "div", "meaning");
  write(layer(box, "p", "term"), [{symbol, text}, ` ${name}`]);
  layer(box, "p", "about").textContent = note;
  const facts = layer(box, "dl", "facts");
  for (const [key, label, value] of [
    ["shape", "Shape", shape],
    ["here", "Here", here],
  ]) {
    const fact = layer(facts, "div", key);
    layer(fact, "dt", "name").textContent = label;
    layer(fact, "dd", "value").textContent = value;
  }
}

const LINES = [0, 1, 2];

/** The formula with the example's numbers in it, and its terms as a table. */
export function example(picture: Element, result: FormulaResult, params: FormulaParams, lit: string, onPick: Pick) {
  const box = layer(picture, "div", "example");
  layer(box, "p", "label").textContent = formulas[params.which].example;
  const lines: readonly Formula[] = linesOf(result, params);
  for (const n of LINES) {
    const line = layer(box, "div", `math line-${n}`);
    line.setAttribute("aria-label", "The formula with numbers");
    typeset(line, lines[n] ?? [], {lit, onPick});
    hide(line, !lines[n]);
  }
  const table = tableOf(result);
  const terms = layer(box, "div", "terms-table");
  ledger(terms, "terms", table?.head ?? [], table?.lines ?? []);
  hide(terms, !table);
}

function hide(element: Element, isHidden: boolean) {
  if (isHidden) element.setAttribute("hidden", "");
  else element.removeAttribute("hidden");
}
