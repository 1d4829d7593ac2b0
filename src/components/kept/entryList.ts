import type {Entry} from "./entries.ts";
import {namesOf} from "./kindNames.ts";

/**
 * The entries of one kind as a section of the progress page. `known` has an element for each id of the site, which says
 * what it is and in which chapter; an id without one is shown as it is.
 */
export function entryList(root: Document, known: ParentNode, kind: Entry["kind"], entries: readonly Entry[]): Element {
  const section = root.createElement("section");
  const title = Object.assign(root.createElement("h2"), {id: `kind-${kind}`, textContent: namesOf(kind).title});
  section.setAttribute("aria-labelledby", title.id);
  const items = Object.assign(root.createElement("ul"), {className: "own-items"});
  items.append(...entries.map((entry) => entryItem(root, known, entry)));
  section.append(title, items);
  return section;
}

function entryItem(root: Document, known: ParentNode, {kind, id, value}: Entry): Element {
  const what = Object.assign(root.createElement("div"), {className: "own-what"});
  what.append(...whatIs(root, known, id));
  const textContent = namesOf(kind).text(value);
  const item = root.createElement("li");
  item.append(what, Object.assign(root.createElement("div"), {className: "own-given", textContent}));
  return item;
}

function whatIs(root: Document, known: ParentNode, id: string): Node[] {
  const found = known.querySelector<HTMLElement>(`[data-id="${id}"]`);
  if (!found) return [root.createTextNode(id)];
  const from = Object.assign(root.createElement("span"), {className: "own-from", textContent: found.dataset.from});
  return [from, root.createTextNode(" "), ...[...found.childNodes].map((node) => root.importNode(node, true))];
}
