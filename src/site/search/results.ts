import {make} from "../../figure/makeElement.ts";
import {siteRoot} from "../../figure/siteRoot.ts";
import type {SearchKind} from "./query.ts";
import type {Hit, SearchResults} from "./searchWorker.ts";

/** A piece of Pagefind's excerpt, in which signs are escaped as in HTML, as plain text. */
const unescaped = (text: string): string => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");

/** Where a hit is: "Table 4 · The paper’s data", "2 Low-rank matrices"; for a term, its symbol. */
const whereOf = (kind: SearchKind, {place, names}: Hit): string =>
  [/Glossary|Paper/.test(kind) ? names : "", place].filter((part) => part !== "").join(" · ");

/** Appends a hit as an option of the listbox. */
function option(parent: Element, hit: Hit, id: string, kind: SearchKind) {
  const link = make(parent, "a", "hit");
  link.id = id;
  link.href = new URL(hit.address, siteRoot(parent.ownerDocument.documentElement.dataset.root, location)).href;
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  link.tabIndex = -1;
  make(link, "span", "what", hit.title);
  const where = whereOf(kind, hit);
  if (where) {
    link.append(" ");
    make(link, "span", "where", where);
  }
  const pieces = hit.excerpt.split(/<\/?mark>/).map(unescaped);
  link.append(" ");
  const text = make(link, "span", "text");
  for (const [i, piece] of pieces.entries()) {
    if (i % 2) make(text, "mark", "", piece);
    else text.append(piece);
  }
  // Without a label, a screen reader would say where each mark begins and ends.
  link.setAttribute("aria-label", [hit.title, where, pieces.join(""), kind.toLowerCase()].filter(Boolean).join(", "));
}

/** Fills the listbox with the hits, grouped. */
export function drawResults(list: HTMLElement, {groups}: SearchResults): void {
  list.replaceChildren();
  list.hidden = !groups.length;
  let count = 0;
  for (const {kind, hits} of groups) {
    const box = make(list, "div", "group");
    const id = `found-${kind.toLowerCase()}`;
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", id);
    const head = make(box, "p", "name", kind);
    head.id = id;
    head.setAttribute("role", "presentation");
    for (const hit of hits) option(box, hit, `found-${++count}`, kind);
  }
}
