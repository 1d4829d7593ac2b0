import type {KeptEntry, KeptKind} from "./entries.ts";
import {kindNames, valueText} from "./kindNames.ts";

/**
 * The entries of one kind as a section of the progress page. `idTemplate` has an element for each id of the site, which names the
 * question, card or chapter; an id without an element is shown as it is.
 */
export function entryList(
  root: Document,
  idTemplate: ParentNode,
  kind: KeptKind,
  entries: readonly KeptEntry[],
): Element {
  const section = root.createElement("section");
  const title = Object.assign(root.createElement("h2"), {id: `kind-${kind}`, textContent: kindNames[kind].title});
  section.setAttribute("aria-labelledby", title.id);
  const items = Object.assign(root.createElement("ul"), {className: "own-items"});
  section.append(title, items);
  for (const entry of entries) {
    const value = Object.assign(root.createElement("div"), {className: "own-given", textContent: valueText(entry)});
    const item = root.createElement("li");
    item.append(idLabel(root, idTemplate, entry.id), value);
    items.append(item);
  }
  return section;
}

/** An element that names what an id stands for: its chapter, and the link to the question, card or chapter. */
export function idLabel(root: Document, idTemplate: ParentNode, id: string): Element {
  const label = Object.assign(root.createElement("div"), {className: "own-what"});
  const source = idTemplate.querySelector<HTMLElement>(`[data-id="${id}"]`);
  if (!source) label.textContent = id;
  else {
    const from = Object.assign(root.createElement("span"), {className: "own-from", textContent: source.dataset.from});
    label.append(from, " ", ...[...source.childNodes].map((node) => root.importNode(node, true)));
  }
  return label;
}
