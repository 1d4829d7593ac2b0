import {parseHTML} from "linkedom";
import {pageText} from "./pageText.ts";
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
const things: readonly {selector: string; title: string; names?: string; kind?: SearchKind}[] = [
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
    const thing = things.find(({selector}) => element.matches(selector));
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
