import {select} from "d3";
import {put} from "./text/worded.ts";

const SVG = "http://www.w3.org/2000/svg";
const svgTags = new Set(["svg", "g", "path", "rect", "circle", "line", "text", "title"]);

/** The one child of `parent` with this tag and class, made if missing: a data join of one datum. `text` is what it reads. */
export function layer<E extends Element = Element>(parent: Element, tag: string, name: string, text?: string): E {
  const found = select(parent)
    .selectChildren<E, null>(`${tag}.${name.split(" ").join(".")}`)
    .data([null])
    .join((enter) => enter.append(() => create(parent, tag) as E))
    .attr("class", name);
  if (text !== undefined) put(found.node()!, text);
  return found.node() as E;
}

// The stand-in for the DOM does not inherit the SVG namespace, so it is named.
function create(parent: Element, tag: string): Element {
  const document = parent.ownerDocument;
  return svgTags.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
}
