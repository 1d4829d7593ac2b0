/** Elements that several screens use: sections, lists, tables, buttons, progress. */
import {copyText} from "../figure/export/clipboard.ts";
import {make} from "../figure/makeElement.ts";
import {unbroken} from "./format.ts";

/** A section with a heading. */
export function titledSection(root: Element, title: string, name = ""): HTMLElement {
  const section = make(root, "section", name);
  make(section, "h2", "", title);
  return section;
}

/** Names and values, each with its origin. */
export function factList(
  root: Element,
  rows: readonly [name: string, value: string, from?: string | undefined][],
): HTMLElement {
  const list = make(root, "dl", "inspect-facts");
  for (const [name, value, from] of rows) {
    make(list, "dt", "", name);
    const text = make(list, "dd", "", unbroken(value));
    if (from) make(text, "span", "from", unbroken(from));
  }
  return list;
}

/** Buttons of which one is pressed; `onChoose` gets its value. */
export function choiceButtons<T extends string>(
  root: Element,
  label: string,
  options: readonly [value: T, text: string][],
  chosen: T,
  onChoose: (value: T) => void,
): void {
  const group = make(root, "div", "inspect-choice");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label);
  for (const [value, text] of options) {
    const button = make(group, "button", "", text);
    button.type = "button";
    button.setAttribute("aria-pressed", String(value === chosen));
    button.addEventListener("click", () => {
      for (const other of group.querySelectorAll("button"))
        other.setAttribute("aria-pressed", String(other === button));
      onChoose(value);
    });
  }
}

/** A button; `name` is its class. */
export function pressButton(root: Element, text: string, onPress: () => void, name = ""): HTMLButtonElement {
  const made = make(root, "button", name, text);
  made.type = "button";
  made.addEventListener("click", onPress);
  return made;
}

/** A text with a button that copies it or, where the page may not copy, selects it. */
export function commandBox(root: Element, text: string, label: string): void {
  const box = make(root, "div", "inspect-command");
  const pre = make(box, "pre");
  pre.tabIndex = 0;
  pre.setAttribute("role", "region");
  pre.setAttribute("aria-label", label.replace(/^Copy /, ""));
  make(pre, "code", "", text);
  const button = pressButton(box, "Copy", async () => {
    if (await copyText(text)) button.textContent = "Copied";
    else pre.ownerDocument.getSelection()?.selectAllChildren(pre);
  });
  button.setAttribute("aria-label", label);
}

/** A table in its own box, which scrolls sideways. */
export function scrollingTable(
  root: Element,
  label: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLTableElement {
  const box = make(root, "div", "scroller");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", label);
  const made = make(box, "table", "inspect-table");
  const top = make(make(made, "thead"), "tr");
  for (const name of head) make(top, "th", "", name).scope = "col";
  const body = make(made, "tbody");
  for (const cells of rows) {
    const row = make(body, "tr");
    cells.forEach((text, i) => {
      if (i === 0) make(row, "th", "", text).scope = "row";
      else make(row, "td", "", text);
    });
  }
  return made;
}

/** A folded table, which is made when it is opened; `title` is what stands on the fold. */
export function foldedTable(
  root: Element,
  label: string,
  head: readonly string[],
  rows: () => readonly (readonly string[])[],
  title = "As a table",
): void {
  const details = make(root, "details", "inspect-as-table");
  make(details, "summary", "", title);
  details.addEventListener("toggle", () => {
    if (!details.querySelector("table")) scrollingTable(details, label, head, rows());
  });
}

/** The words for what goes wrong in a sentence on loading. */
const WRONG =
  /^(.*?)((?:[\d.,]+ × )?too (?:weak|strong)|refuses? it|’s converter stops|loads? nothing of it|none of the [\d,]+ modules|only a part of it)(.*)$/s;

/** Writes a sentence with its most important number in the color of ΔW, or with what goes wrong in red. */
export function writeSentence(element: HTMLElement, sentence: string): void {
  const wrong = WRONG.exec(sentence);
  const [before, number, after] =
    (
      wrong ?? /^(.*?)(\d[\d.,]*%? directions?|[\d.]+% of this change|\d+\.\d+%|cosine −?\d\.\d+)(.*)$/s.exec(sentence)
    )?.slice(1) ?? [];
  element.replaceChildren();
  if (number === undefined) {
    element.textContent = sentence;
    return;
  }
  element.append(before!);
  make(element, "span", wrong ? "wrong" : "accent", number);
  element.append(after!);
}

/** A progress bar with a button to cancel → a function that updates its text and its share, from 0 to 1. */
export function progressBar(root: Element, words: string, onCancel: () => void): (text: string, share: number) => void {
  const box = make(root, "div", "inspect-progress");
  const text = make(box, "span", "", words);
  const bar = make(box, "progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", words);
  pressButton(box, "Cancel", onCancel);
  return (said, share) => {
    text.textContent = said;
    bar.value = share;
  };
}
