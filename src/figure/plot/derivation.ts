/** The list of formulas behind a picture. */
import {select} from "d3";
import {layer} from "./layer.ts";
import {withText} from "./text/put.ts";

/** Where a number comes from. */
export interface Derivation {
  name: string;
  /** The formula with its numbers filled in, one line for each result. */
  lines: readonly string[];
  /** What the formula assumes. */
  assumption: string;
}

/** Draws the formulas and assumptions behind a picture, in a box that opens. */
export function derivation(figure: Element, label: string, list: readonly Derivation[]) {
  const box = layer(figure, "details", "grounds");
  layer(box, "summary", "label", label);
  select(layer(box, "dl", "list"))
    .selectChildren<HTMLDivElement, Derivation>("div")
    .data(list)
    .join("div")
    .each(function ({name, lines, assumption}) {
      layer(this, "dt", "name", name);
      select(this)
        .selectChildren<HTMLElement, string>("dd.formula")
        .data(lines)
        .join((enter) => enter.insert(() => box.ownerDocument.createElement("dd"), "dd.assumption"))
        .attr("class", "formula")
        .each(withText((line) => line));
      layer(this, "dd", "assumption", assumption);
    });
}
