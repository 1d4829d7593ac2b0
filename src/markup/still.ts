import {parseHTML} from "linkedom";
import {escapeHtml} from "./escape.ts";

/** Width and height (CSS px) of the part of a figure's picture that its still shows, from the top. */
export const WIDTH = 680;
export const HEIGHT = 425;

/** An element as XML, without what only a keyboard or a screen reader needs. */
function xml(element: Element): string {
  const {localName: tag} = element;
  const attributes = [...element.attributes]
    .filter(({name}) => !/^(aria-|data-for$|tabindex$|role$|id$)/.test(name))
    .map(({name, value}) => ` ${name}="${escapeHtml(value)}"`)
    .join("");
  const space = tag === "svg" ? ' xmlns="http://www.w3.org/2000/svg"' : "";
  const inside = [...element.childNodes]
    .map((node) =>
      node.nodeType === 1 ? xml(node as Element) : node.nodeType === 3 ? escapeHtml(node.textContent!) : "",
    )
    .join("");
  return `<${tag}${space}${attributes}>${inside}</${tag}>`;
}

const outer = (selector: string): string => selector.replace(/:(is|not|has|where)\((?:[^()]|\([^()]*\))*\)/g, "");

/**
 * The rules of a style sheet that may hold for an element of these classes. A still never changes, so rules for a pointer
 * or a focus go too, and those under a condition.
 */
export function rulesFor(css: string, classes: ReadonlySet<string>): string {
  const text = css.replace(/\/\*[\s\S]*?\*\//g, "");
  const isUsed = (branch: string) =>
    !/:(hover|focus|checked|disabled|:)/.test(branch) &&
    [...outer(branch).matchAll(/\.(-?[_a-z][\w-]*)/gi)].every(([, name]) => classes.has(name!));
  const kept: string[] = [];
  for (let at = 0, open = text.indexOf("{"); open >= 0; open = text.indexOf("{", at)) {
    const selector = text.slice(at, open).trim();
    at = open + 1;
    for (let depth = 1; depth && at < text.length; at++) depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
    if (selector.startsWith("@")) continue;
    const used = selector.split(/,(?![^(]*\))/).filter(isUsed);
    if (used.length) kept.push(`${used.join()}${text.slice(open, at)}`);
  }
  return kept.join("");
}

/**
 * The first frame of a figure (the HTML of all of it) as an SVG file: its picture as a column of text shows it, cut at the
 * bottom, light or dark as the page around it is.
 */
export function stillOf(figure: string, css: string): string {
  const {document} = parseHTML(`<!doctype html><html><body>${figure}</body></html>`);
  const picture = document.querySelector(".picture") as unknown as Element;
  const named = [...picture.querySelectorAll("[class]")].flatMap(({classList}) => [...classList]);
  const rules = rulesFor(css, new Set(["widget", "picture", ...named]));
  const size = `width="${WIDTH}" height="${HEIGHT}"`;
  const bare = ".widget{border:0;background:none;padding:0}";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" ${size}><style>${escapeHtml(rules)}${bare}</style><foreignObject ${size}><div xmlns="http://www.w3.org/1999/xhtml" class="widget">${xml(picture)}</div></foreignObject></svg>`;
}
