import {select} from "d3";
import {layer} from "./layer.ts";
import {worded} from "./text/worded.ts";

/** What a number rests on. */
export interface Ground {
  name: string;
  /** The formula with its numbers in it, one line a result. */
  lines: readonly string[];
  /** What is taken for granted. */
  assumption: string;
}

/** Formulas and assumptions behind a picture, in a box that opens. */
export function grounds(figure: Element, label: string, list: readonly Ground[]) {
  const box = layer(figure, "details", "grounds");
  layer(box, "summary", "label", label);
  select(layer(box, "dl", "list"))
    .selectChildren<HTMLDivElement, Ground>("div")
    .data(list)
    .join("div")
    .each(function ({name, lines, assumption}) {
      layer(this, "dt", "name", name);
      select(this)
        .selectChildren<HTMLElement, string>("dd.formula")
        .data(lines)
        .join((enter) => enter.insert(() => box.ownerDocument.createElement("dd"), "dd.assumption"))
        .attr("class", "formula")
        .each(worded((line) => line));
      layer(this, "dd", "assumption", assumption);
    });
}
