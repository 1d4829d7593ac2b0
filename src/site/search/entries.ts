import {parseHTML} from "linkedom";
import type {SearchKind} from "./query.ts";

/** One place on the site that can be found. */
export interface SearchEntry {
  kind: SearchKind;
  /** Its address from the site's root, with the anchor: "chapters/low-rank/#picture". */
  address: string;
  title: string;
  /** The page it belongs to: "2 Low-rank matrices"; empty where the title says enough. */
  place: string;
  /** Its text in plain words, with formulas as they are read aloud. */
  text: string;
  /** Other names and symbols for it: "ΔW deltaWeight". */
  names: string;
}

const kindOf = (path: string): SearchKind =>
  (({chapters: "Chapters", widgets: "Widgets", glossary: "Glossary", paper: "Paper", engine: "Engine"}) as const)[
    path.split("/")[0]!
  ] ?? "Pages";

const textAt = (root: ParentNode, selector: string): string =>
  Array.from(root.querySelectorAll(selector), (found) => pageText(found)).join(" ");

/** What else than sections has an anchor on a page, and where in it the title and other names are. The rest is its text. */
const anchoredThings: readonly {selector: string; title: string; names?: string; kind?: SearchKind}[] = [
  {selector: ".glossary > [id]", title: "dt", names: ".symbol, code"},
  {selector: ".interview[id]", title: ".interview-asked"},
  {selector: ".work[id]", title: "cite", kind: "Works"},
  {selector: "li[id^='ref-']", title: "cite", kind: "Works"},
  {selector: "tr[id^='number-']", title: "th > span"},
  {selector: ".slips > [id]", title: "dt"},
  {selector: ".data-page .paper-table[id]", title: "caption"},
];

/** Takes what a selector finds out of the page, and gives its text. */
function takeOut(root: Element, selector: string): string {
  const text = textAt(root, selector);
  for (const found of root.querySelectorAll(selector)) found.remove();
  return text;
}

/** Separates the sections in the text of a page. */
const BREAK = "\u0001";

/** The sections of a page, and its things with an anchor. `whole` is the page itself. */
function partsOf(main: Element, whole: SearchEntry): SearchEntry[] {
  const place = whole.place ? `${whole.place.replace("Chapter ", "")} ${whole.title}` : whole.title;
  const sections: SearchEntry[] = [whole];
  const found: SearchEntry[] = [];
  const text = pageText(main, (element) => {
    const {id, localName} = element;
    if (localName === "h1") return "";
    const address = `${whole.address}#${id}`;
    const thing = anchoredThings.find(({selector}) => element.matches(selector));
    if (thing) {
      // A work with a note of ours is also in the list of all works, and is found by its note.
      if (id.startsWith("ref-") && main.querySelector(`#work-${id.slice(4)}`)) return "";
      const names = thing.names ? takeOut(element, thing.names) : "";
      const kind = thing.kind ?? whole.kind;
      // The text of a reference includes its title.
      const title = kind === "Works" ? textAt(element, thing.title) : takeOut(element, thing.title);
      found.push({kind, address, title, place: kind === "Glossary" ? "" : place, text: pageText(element), names});
      return "";
    }
    if (!/^h[23]$/.test(localName) || !id) return undefined;
    sections.push({kind: whole.kind, address, title: pageText(element), place, text: "", names: ""});
    return BREAK;
  });
  const texts = text.split(BREAK);
  return [...sections.map((section, i) => ({...section, text: texts[i]!.trim()})), ...found];
}

/**
 * The search entries of a built page: the page itself, its sections and its things with an anchor. Pages with noindex have
 * none, and neither do pages of a widget in some state. Worksheets have only their lead, because the answers are on the page.
 * `path` starts at the site's root and ends with a slash: "chapters/low-rank/".
 */
export function searchEntries(path: string, html: string): SearchEntry[] {
  const {document} = parseHTML(html);
  const main = document.querySelector("main");
  const isHidden = document.querySelector("meta[name=robots]")?.getAttribute("content")?.includes("noindex");
  // The reference of the inspector's engine is reached from the engine's page, and would crowd the results.
  if (!main || isHidden || /^widgets\/[^/]+\/./.test(path) || path === "engine/inspect/") return [];
  const title = textAt(main, "h1") || (document.querySelector("title")?.textContent ?? "").split(" · ")[0]!;
  const number = /\d+/.exec(main.querySelector(".opening .kicker")?.textContent ?? "")?.[0];
  const place = number ? `Chapter ${Number(number)}` : "";
  const whole: SearchEntry = {kind: kindOf(path), address: path, title, place, text: "", names: ""};
  if (/^widgets\/./.test(path)) {
    const text = textAt(main, ".guide .how, .guide .try, .sentence, .controls .name");
    return [{...whole, text, names: path.split("/")[1]!}];
  }
  if (/^teach\/./.test(path)) return [{...whole, text: textAt(main, ".lead"), place: "Worksheet"}];
  if (["widgets/", "review/", "inspect/"].includes(path)) return [{...whole, text: textAt(main, ".lead")}];
  return partsOf(main, whole);
}

/** Elements whose text is not searched. */
const unsearched = [
  // For scripts and for navigation, drawings, and what pages say again and again.
  "script, style, svg, noscript, template, button, input, select, nav, textarea, lora-widget",
  ".katex-html, .mark, .kicker, .quiz-kicker, [hidden], .spoken, section.works, .copy-text, .keeping",
  // The glossary has the cards of terms, and the paper's page its tables.
  ".carded > .card, .symbols, .paper-table",
  // What a page hides until the reader asks for it.
  ".quiz-answer, .quiz-feedback, .quiz-hint, .quiz-foot, .quiz-options, .layer, .prompts details",
  // Cases of programs, and their listings.
  ".code-cases, .code-keys, pre.astro-code, .engine :is(pre, .where)",
  // The texts of licenses.
  "pre[data-file]",
  // The sentences around it say what it adds up to; the paper's page has the cells.
  ".comparison",
  // The caption repeats the heading above the table.
  "caption",
  // Sentences tell what these two tables list: in the chapter that trains a model, and below the methods.
  ".headed:is(:has(#models), :has(#table)) ~ table",
  // Lists of chapters and of sections.
  ".path, .read, .index",
  ".interview-before, .interview-grade, .preset-why",
  // The answer to one case, and what its sources say.
  ".practice :is(details, .answers, .memory, .files, form, td, template, .scripts-off, .worked-comes)",
  // The labels of small pictures.
  ".sign-key, .sign-scale",
  // The specifier repeats the file's name above it.
  ".engine .specifier",
  // The chapter that explains the term.
  ".glossary dd > a:last-child",
  // Each platform has a section that says the same.
  "table[aria-label^='platform'] td",
  // Shown only on a copy of the site that was built without its address.
  ".no-address",
  // The same tables are in another guide.
  ".common-parameters.again",
].join(",");

/** Elements that begin and end a line. */
const blocks =
  /^(p|div|section|header|li|ul|ol|dl|dt|dd|h[1-6]|table|tr|td|th|figure|figcaption|caption|fieldset|legend|label|pre|blockquote|summary|details|br)$/;

/** The text to use in place of an element's own; undefined to read the element. */
type TextInstead = (element: Element) => string | undefined;

/** The text below a node, on one line. The node itself is read even if its kind is not searched. */
function pageText(root: Node, instead: TextInstead = () => undefined): string {
  const walk = (node: Node): string => {
    if (node.nodeType === 3) return node.textContent ?? "";
    if (node.nodeType !== 1) return "";
    const element = node as Element;
    if (node !== root) {
      const other = instead(element);
      if (other !== undefined) return other;
      if (element.matches(unsearched)) return "";
    }
    if (element.localName === "math") return mathText(element);
    const text = Array.from(element.childNodes, walk).join("");
    return blocks.test(element.localName) ? `\n${text}\n` : text;
  };
  return tidy(walk(root));
}

/** On one line, without spaces before punctuation or after an opening bracket. */
const tidy = (text: string): string =>
  text
    .replace(/[\u200b\u2060\u00ad]/g, "")
    .replace(/\s+/g, " ")
    .replace(/ ([.,;:!?)])/g, "$1")
    .replace(/([(“]) /g, "$1")
    .trim();

/** A part of a fraction or power, in brackets unless it is a single name or number. */
const bracketed = (text: string) => (/^[\p{L}\p{N}.₀-₉]*$/u.test(text) ? text : `(${text})`);

/** A formula in MathML as plain text: "h = W₀x + α/r BAx". */
export function mathText(node: Element): string {
  const parts = Array.from(node.children, mathText);
  const [base = "", second = "", third = ""] = parts;
  switch (node.localName) {
    case "mi":
    case "mn":
    case "mtext":
      return node.textContent ?? "";
    case "mo":
      return operator(node.textContent ?? "");
    case "mspace":
      return " ";
    case "mfrac":
      return `${bracketed(base)}/${bracketed(second)}`;
    case "msqrt":
      return `√${bracketed(parts.join(""))}`;
    case "msub":
    case "munder":
      return base + subscript(second);
    case "msup":
    case "mover":
      return base + superscript(second);
    case "msubsup":
    case "munderover":
      return base + subscript(second) + superscript(third);
    case "mtr":
    case "mtd":
      return `${parts.join("")} `;
    default:
      return parts.join("");
  }
}

/** A superscript: one with a sign of its own in Unicode as that sign, anything else after ^. */
const superscript = (text: string) =>
  (({2: "²", 3: "³", "⊤": "ᵀ", T: "ᵀ"}) as Readonly<Record<string, string>>)[text] ?? `^${bracketed(text)}`;

/** A subscript: a number in small digits, anything else as it is. */
const subscript = (text: string) =>
  /^\d+$/.test(text) ? text.replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]!) : text;

/** Relations and binary operators get spaces around them, brackets and bars do not. Invisible operators are left out. */
function operator(sign: string): string {
  if (/^[\u2061-\u2064]$/.test(sign)) return "";
  return /^[=+−·×≤≥≪≫≈<>→∈∼,;:]$/.test(sign) ? ` ${sign} `.replace(/^ (?=[,;:])/, "") : sign;
}
