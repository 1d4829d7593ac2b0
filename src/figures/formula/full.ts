import {fixed} from "../../figure/plot/text/format.ts";
import {full} from "../../figure/widget.ts";
import {listingsOf} from "./code.ts";
import {listings} from "./drawing/listings.ts";
import {formulas} from "./formulas.ts";
import {formulaSummary, goals} from "./fullSentences.ts";
import type {controls, FormulaResult, SimilarityResult} from "./model.ts";
import {codeState, drawFormula, pickSymbol} from "./panels.ts";
import {entries, litOf, symbolText} from "./symbolMeanings.ts";
import {valuesOf} from "./symbolValues.ts";
import type {TableBelow} from "./workedExample.ts";

/** φ for every i and j. */
function gridOf({grid: {rows, cols, data}}: SimilarityResult): TableBelow {
  const range = (length: number) => Array.from({length}, (_, n) => n);
  return {
    head: ["φ", ...range(cols).map((j) => `j = ${j + 1}`)],
    lines: range(rows).map((i) => ({
      cells: [`i = ${i + 1}`, ...range(cols).map((j) => fixed(data[i * cols + j], 3))],
    })),
  };
}

export default full<typeof controls, FormulaResult>({
  draw(picture, result, params, act, room) {
    const isFull = room.size === "full";
    drawFormula(picture, result, params, act, room, {
      goal: isFull ? ` ${goals[params.which]}` : "",
      // A card has no room for every φ: there the sliders of i and j show one at a time.
      below: isFull && result.kind === "similarity" ? gridOf(result) : undefined,
    });
    if (room.size === "dock" || room.size === "slide") return;
    const list = listingsOf(params);
    if (!list.length) return picture.querySelector(".listings")?.remove();
    listings(picture, list, {
      of: codeState(params),
      shown: params.code || "pytorch",
      lit: litOf(params.which, params.symbol),
      onShow: (name) => act.set({code: name}),
      onPick: pickSymbol(params, act),
    });
  },
  summary: (result, params) => formulaSummary(result, params)[0],
  readouts: (result, params) =>
    formulaSummary(result, params)[1].map(([label, value, note]) => ({label: [label], value, note})),
  table(result, params) {
    const values = valuesOf(result, params);
    return {
      caption: `Symbols of the formula: ${formulas[params.which].place}`,
      columns: ["Symbol", "Meaning", "Shape", "Here"],
      rows: Object.entries(entries[params.which]).map(([id, {text, name, note, shape}]) => [
        symbolText(text),
        `${name}. ${note}`,
        shape,
        values[id],
      ]),
    };
  },
});
