/** Elements of a drawing, made once and found again at the next drawing. */
import {put} from "./text/put.ts";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
/** The tags of SVG's elements. */
const svgTags = new Set(["svg", "g", "path", "rect", "circle", "line", "text", "tspan", "title"]);

/** The child of `parent` with this tag and class, appended if missing; `text` replaces its text. */
export function layer<E extends Element = Element>(parent: Element, tag: string, name: string, text?: string): E {
  const classes = name.split(" ");
  let found: Element | undefined;
  // This runs hundreds of times in one drawing. Selectors in its place would take a fifth of the time of drawing.
  for (let child = parent.firstElementChild; child && !found; child = child.nextElementSibling)
    if (child.localName === tag && classes.every((one) => child!.classList.contains(one))) found = child;
  found ??= parent.appendChild(create(parent, tag));
  if (found.getAttribute("class") !== name) found.setAttribute("class", name);
  if (text !== undefined) put(found, text);
  return found as E;
}

/** Makes an element for `parent`. linkedom, which draws at build time, does not inherit the SVG namespace. */
export function create(parent: Element, tag: string): Element {
  const document = parent.ownerDocument;
  return svgTags.has(tag) ? document.createElementNS(SVG_NAMESPACE, tag) : document.createElement(tag);
}
