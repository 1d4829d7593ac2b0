import {parseHTML} from "linkedom";
import postcss from "postcss";
import {escapeHtml} from "./escape.ts";

/** Width and height in CSS px of a still, which shows the upper part of a figure's picture. */
export const WIDTH = 680;
export const HEIGHT = 425;

/** An element as XML, without attributes for keyboards and screen readers. */
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

const withoutArguments = (selector: string): string =>
  selector.replace(/:(is|not|has|where)\((?:[^()]|\([^()]*\))*\)/g, "");

/**
 * The rules of a style sheet that may apply to an element of these classes. A still never changes, so rules for a pointer or a
 * focus are left out, and so are at-rules.
 */
export function rulesFor(css: string, classes: ReadonlySet<string>): string {
  const isUsed = (selector: string) =>
    !/:(hover|focus|checked|disabled|:)/.test(selector) &&
    [...withoutArguments(selector).matchAll(/\.(-?[_a-z][\w-]*)/gi)].every(([, name]) => classes.has(name!));
  const rules: string[] = [];
  for (const rule of postcss.parse(css).nodes) {
    if (rule.type !== "rule") continue;
    const used = rule.selectors.filter(isUsed);
    if (used.length) rules.push(rule.clone({selector: used.join()}).toString());
  }
  return rules.join("");
}

/**
 * The first frame of a figure, given as HTML, as an SVG file. It shows the picture at the width of a column of text, cut at the
 * bottom, and is light or dark like the page around it.
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
