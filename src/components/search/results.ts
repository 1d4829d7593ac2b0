import {make} from "../../shell/take/share/make.ts";
import type {Entry} from "./entry.ts";
import {excerpt, pieces} from "./excerpt.ts";
import type {Found, Hit} from "./find.ts";
import {placeUrl} from "./siteUrls.ts";

/** Appends a text to `parent`, with the matches marked. */
function marked(parent: Element, text: string, words: ReadonlySet<string>) {
  for (const {text: piece, isMatch} of pieces(text, words)) {
    if (isMatch) make(parent, "mark", "", piece);
    else parent.append(piece);
  }
}

/** Where a hit is: "Table 4 · The paper’s data", "2 Low-rank matrices"; for a term, its symbol. */
const whereOf = ({group, place, names}: Entry): string =>
  [/Glossary|Paper/.test(group) ? names : "", place].filter((part) => part !== "").join(" · ");

function option(parent: Element, {entry, words}: Hit, id: string, group: string) {
  const link = make(parent, "a", "hit");
  link.id = id;
  link.href = placeUrl(parent.ownerDocument, entry.address);
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  link.tabIndex = -1;
  marked(make(link, "span", "what"), entry.title, words);
  const where = whereOf(entry);
  if (where) {
    link.append(" ");
    marked(make(link, "span", "where"), where, words);
  }
  const text = excerpt(entry.text, words);
  if (text) {
    link.append(" ");
    marked(make(link, "span", "text"), text, words);
  }
  // Without a label, a screen reader would say where each mark begins and ends.
  link.setAttribute("aria-label", [entry.title, where, text, group.toLowerCase()].filter(Boolean).join(", "));
}

/** Fills the listbox with the hits, grouped. */
export function drawResults(list: HTMLElement, {groups}: Found): void {
  list.replaceChildren();
  list.hidden = !groups.length;
  let count = 0;
  for (const {group, hits} of groups) {
    const box = make(list, "div", "group");
    const id = `found-${group.toLowerCase()}`;
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", id);
    const head = make(box, "p", "name", group);
    head.id = id;
    head.setAttribute("role", "presentation");
    for (const hit of hits) option(box, hit, `found-${++count}`, group);
  }
}
