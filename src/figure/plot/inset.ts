import {attributes} from "./children.ts";
import {layer} from "./layer.ts";

/** A small drawing in the middle of words, such as a color sample. Screen readers skip it. */
export function inset(parent: Element, name: string, width: number, height: number): Element {
  const svg = layer(parent, "svg", name);
  attributes(svg, {viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true"});
  return svg;
}
