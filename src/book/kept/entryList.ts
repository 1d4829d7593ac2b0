import {newButton} from "../../site/newButton.ts";
import type {KeptEntry} from "./entries.ts";
import {namesOfKind} from "./kindNames.ts";

/** Entries of a list that are shown at once: a saved file may hold many. */
const BATCH = 50;
/** Characters of a text that are shown at once: a saved file may hold long ones. */
const SHOWN_CHARACTERS = 300;

/** Puts the focus on something new that took the place of the pressed button. */
function focus(element: HTMLElement) {
  element.tabIndex = -1;
  element.focus();
}

/**
 * The entries of one kind as a section of the progress page, the first fifty of them and a button for more. `idTemplate` has an
 * element for each id of the site, which names the question, card or chapter; an id without an element is shown as it is.
 */
export function entryList(
  root: Document,
  idTemplate: ParentNode,
  kind: KeptEntry["kind"],
  entries: readonly KeptEntry[],
): Element {
  const section = root.createElement("section");
  const title = Object.assign(root.createElement("h2"), {id: `kind-${kind}`, textContent: namesOfKind(kind).title});
  section.setAttribute("aria-labelledby", title.id);
  const items = Object.assign(root.createElement("ul"), {className: "own-items"});
  const more = newButton(root, "");
  section.append(title, items, more);
  const showMore = () => {
    const next = entries.slice(items.children.length, items.children.length + BATCH);
    const newItems = next.map((entry) => entryItem(root, idTemplate, entry));
    items.append(...newItems);
    const left = entries.length - items.children.length;
    more.textContent = `Show ${Math.min(left, BATCH)} more (${left.toLocaleString("en-US")} are not shown)`;
    if (left === 0) more.remove();
    return newItems;
  };
  more.onclick = () => focus(showMore()[0]!);
  showMore();
  return section;
}

/** An entry as an item of the list: what it belongs to, and its value. */
function entryItem(root: Document, idTemplate: ParentNode, {kind, id, value}: KeptEntry): HTMLElement {
  const item = root.createElement("li");
  item.append(idLabel(root, idTemplate, id), valueElement(root, namesOfKind(kind).text(value)));
  return item;
}

/** A value as text; of a long one only the beginning, with a button that shows the rest. */
function valueElement(root: Document, text: string): Element {
  const element = Object.assign(root.createElement("div"), {className: "own-given"});
  if (text.length <= SHOWN_CHARACTERS) element.textContent = text;
  else {
    // A surrogate pair must not be cut in half.
    const start = text.slice(0, SHOWN_CHARACTERS).replace(/[\uD800-\uDBFF]$/, "");
    const whole = newButton(root, `Show all ${text.length.toLocaleString("en-US")} characters`, () => {
      element.textContent = text;
      focus(element);
    });
    element.setAttribute("data-long", "");
    element.append(`${start} … `, whole);
  }
  return element;
}

/**
 * An element that names what an id stands for: its chapter, and the link to the question, card or chapter. An unknown id
 * is shown as it is.
 */
export function idLabel(root: Document, idTemplate: ParentNode, id: string): Element {
  const what = Object.assign(root.createElement("div"), {className: "own-what"});
  const found = idTemplate.querySelector<HTMLElement>(`[data-id="${id}"]`);
  if (!found) what.textContent = id;
  else {
    const from = Object.assign(root.createElement("span"), {className: "own-from", textContent: found.dataset.from});
    what.append(from, " ", ...[...found.childNodes].map((node) => root.importNode(node, true)));
  }
  return what;
}
