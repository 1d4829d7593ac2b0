import {layer} from "./layer.ts";
import {rounded} from "./rounded.ts";

/** The child `<g>` of this class, created if missing, moved to (x, y). */
export function group(parent: Element, name: string, x = 0, y = 0): Element {
  const g = layer(parent, "g", name);
  g.setAttribute("transform", `translate(${rounded(x, 2)} ${rounded(y, 2)})`);
  return g;
}
