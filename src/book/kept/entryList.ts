import type {KeptEntry} from "./entries.ts";
import {namesOfKind} from "./kindNames.ts";

/** How many entries of a list are shown at once, and how many characters of a text: a saved file may hold many, and long ones. */
const AT_ONCE = 50;
const SHORT = 300;

const pressable = (root: Document, textContent: string): HTMLButtonElement =>
  Object.assign(root.createElement("button"), {type: "button", textContent});

/** Puts the focus on something new that took the place of the pressed button. */
function focus(element: HTMLElement) {
  element.tabIndex = -1;
  element.focus();
}

/**
 * The entries of one kind as a section of the progress page, the first fifty of them and a button for more. `known` has an
 * element for each id of the site, which says what it is and in which chapter; an id without one is shown as it is.
 */
export function entryList(
  root: Document,
  known: ParentNode,
  kind: KeptEntry["kind"],
  entries: readonly KeptEntry[],
): Element {
  const section = root.createElement("section");
  const title = Object.assign(root.createElement("h2"), {id: `kind-${kind}`, textContent: namesOfKind(kind).title});
  section.setAttribute("aria-labelledby", title.id);
  const items = Object.assign(root.createElement("ul"), {className: "own-items"});
  const more = pressable(root, "");
  section.append(title, items, more);
  const showMore = () => {
    const next = entries.slice(items.children.length, items.children.length + AT_ONCE);
    const added = next.map((entry) => entryItem(root, known, entry));
    items.append(...added);
    const left = entries.length - items.children.length;
    more.textContent = `Show ${Math.min(left, AT_ONCE)} more (${left.toLocaleString("en-US")} are not shown)`;
    if (left === 0) more.remove();
    return added;
  };
  more.onclick = () => focus(showMore()[0]!);
  showMore();
  return section;
}

function entryItem(root: Document, known: ParentNode, {kind, id, value}: KeptEntry): HTMLElement {
  const item = root.createElement("li");
  item.append(whatIs(root, known, id), givenText(root, namesOfKind(kind).text(value)));
  return item;
}

/** A text; of a long one only the beginning, with a button that shows the rest. */
function givenText(root: Document, text: string): Element {
  const given = Object.assign(root.createElement("div"), {className: "own-given"});
  if (text.length <= SHORT) given.textContent = text;
  else {
    // A surrogate pair must not be cut in half.
    const start = text.slice(0, SHORT).replace(/[\uD800-\uDBFF]$/, "");
    const whole = pressable(root, `Show all ${text.length.toLocaleString("en-US")} characters`);
    whole.onclick = () => {
      given.textContent = text;
      focus(given);
    };
    given.setAttribute("data-long", "");
    given.append(`${start} … `, whole);
  }
  return given;
}

/** What an id stands for: its chapter, and the question or card. */
export function whatIs(root: Document, known: ParentNode, id: string): Element {
  const what = Object.assign(root.createElement("div"), {className: "own-what"});
  const found = known.querySelector<HTMLElement>(`[data-id="${id}"]`);
  if (!found) what.textContent = id;
  else {
    const from = Object.assign(root.createElement("span"), {className: "own-from", textContent: found.dataset.from});
    what.append(from, " ", ...[...found.childNodes].map((node) => root.importNode(node, true)));
  }
  return what;
}
