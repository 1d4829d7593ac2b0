import {select} from "d3";
import {put} from "./text/put.ts";

const SVG = "http://www.w3.org/2000/svg";
const svgTags = new Set(["svg", "g", "path", "rect", "circle", "line", "text", "title"]);

/** The child of `parent` with this tag and class, created if missing; `text` replaces its text. */
export function layer<E extends Element = Element>(parent: Element, tag: string, name: string, text?: string): E {
  const found = select(parent)
    .selectChildren<E, null>(`${tag}.${name.split(" ").join(".")}`)
    .data([null])
    .join((enter) => enter.append(() => create(parent, tag) as E))
    .attr("class", name);
  if (text !== undefined) put(found.node()!, text);
  return found.node() as E;
}

// linkedom, which draws at build time, does not inherit the SVG namespace.
function create(parent: Element, tag: string): Element {
  const document = parent.ownerDocument;
  return svgTags.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
}
