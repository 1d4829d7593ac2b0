import {layer} from "./layer.ts";
import {rounded} from "./rounded.ts";

/** A `<g>` moved to (x, y). */
export function group(svg: Element, name: string, x = 0, y = 0): Element {
  const g = layer(svg, "g", name);
  g.setAttribute("transform", `translate(${rounded(x, 2)} ${rounded(y, 2)})`);
  return g;
}
