/** The list of formulas behind a picture. */
import {children, each} from "./children.ts";
import {layer} from "./layer.ts";
import {put} from "./text/put.ts";

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
  each(layer(box, "dl", "list"), "div", list, (group, {name, lines, assumption}) => {
    layer(group, "dt", "name", name);
    const texts = [...lines, assumption];
    const elements = children(
      group,
      "dd",
      texts.map((_, i) => (i < lines.length ? "formula" : "assumption")),
    );
    for (const [i, text] of texts.entries()) put(elements[i]!, text);
  });
}
