/** Elements that several screens use: sections, lists, tables, buttons, fields, progress, and what is said where nothing can be shown. */
import {copyText} from "../figure/export/clipboard.ts";
import {make} from "../figure/makeElement.ts";
import {unbroken} from "./format.ts";
import type {OpenAdapter, ScreenContext} from "./state.ts";

export const paragraph = (root: Element, text: string, className = ""): HTMLElement => make(root, "p", className, text);
/** A paragraph in small, gray letters. */
export const aside = (root: Element, text: string): HTMLElement => paragraph(root, text, "inspect-aside");
/** A paragraph on what a reader should not miss. */
export const note = (root: Element, text: string): HTMLElement => paragraph(root, text, "inspect-note");

/** A section with a heading. */
export function titledSection(root: Element, title: string, className = ""): HTMLElement {
  const section = make(root, "section", className);
  make(section, "h2", "", title);
  return section;
}

/** A fact as a list shows it; below the value stands where it is from, or what it means. */
export type FactRow = [name: string, value: string, from?: string | undefined];

export function factList(root: Element, rows: readonly FactRow[]): void {
  const list = make(root, "dl", "inspect-facts");
  for (const [name, value, from] of rows) {
    make(list, "dt", "", name);
    const text = make(list, "dd", "", unbroken(value));
    if (from) make(text, "span", "from", unbroken(from));
  }
}

/** Buttons of which one is pressed; `onChoose` gets the value of one that the reader presses. */
export function choiceButtons<T extends string>(
  root: Element,
  label: string,
  options: readonly (readonly [value: T, text: string])[],
  chosen: T,
  onChoose: (value: T) => void,
): void {
  const group = make(root, "div", "inspect-buttons inspect-choice");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label);
  for (const [value, text] of options) {
    const button = pressButton(group, text, () => {
      for (const other of group.querySelectorAll("button"))
        other.setAttribute("aria-pressed", String(other === button));
      onChoose(value);
    });
    button.setAttribute("aria-pressed", String(value === chosen));
  }
}

export function pressButton(root: Element, text: string, onPress: () => void, className = ""): HTMLButtonElement {
  const button = make(root, "button", className, text);
  button.type = "button";
  button.addEventListener("click", onPress);
  return button;
}

/** The main button of a screen or a part, in a row of its own. */
export const mainButton = (root: Element, text: string, onPress: () => void): HTMLButtonElement =>
  pressButton(make(root, "div", "inspect-buttons"), text, onPress, "main");

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

/** A box that scrolls sideways, with the keyboard too. */
export function scrollBox(root: Element, label: string): HTMLElement {
  const box = make(root, "div", "scroller");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", label);
  return box;
}

/** A table in its own box, which scrolls sideways. */
export function scrollingTable(
  root: Element,
  label: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLTableElement {
  const table = make(scrollBox(root, label), "table", "inspect-table");
  const top = make(make(table, "thead"), "tr");
  for (const name of head) make(top, "th", "", name).scope = "col";
  const body = make(table, "tbody");
  for (const cells of rows) {
    const row = make(body, "tr");
    cells.forEach((text, i) => {
      if (i === 0) make(row, "th", "", text).scope = "row";
      else make(row, "td", "", text);
    });
  }
  return table;
}

/** A folded table, which is made when it is first opened; `title` is written on the fold. */
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

/** What goes wrong, in a sentence on loading. */
const FAULT =
  /(?:[\d.,]+ × )?too (?:weak|strong)|refuses? it|’s converter stops|loads? nothing of it|none of the [\d,]+ modules|only a part of it/;
/** The number that a sentence on an adapter is about. */
const MAIN_NUMBER = /\d[\d.,]*%? directions?|[\d.]+% of this change|\d+\.\d+%|cosine −?\d\.\d+/;

/** Writes a sentence, with what goes wrong in red or else with its main number in the color of ΔW. */
export function writeSentence(element: HTMLElement, sentence: string): void {
  const fault = FAULT.exec(sentence);
  const marked = fault ?? MAIN_NUMBER.exec(sentence);
  const end = marked ? marked.index + marked[0].length : 0;
  element.replaceChildren(sentence.slice(0, marked?.index ?? 0));
  if (marked) make(element, "span", fault ? "wrong" : "accent", marked[0]);
  element.append(sentence.slice(end));
}

/** Draws a progress bar with a button to cancel. Returns a function that updates its text and its share, from 0 to 1. */
export function progressBar(root: Element, label: string, onCancel: () => void): (text: string, share: number) => void {
  const box = make(root, "div", "inspect-progress");
  const text = make(box, "span", "", label);
  const bar = make(box, "progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", label);
  pressButton(box, "Cancel", onCancel);
  return (words, share) => {
    text.textContent = words;
    bar.value = share;
  };
}

/** Says why where a screen has nothing to show for an adapter. Returns whether that is so. */
export function sayIfUnavailable(
  {panel, sentence}: ScreenContext,
  {opened, verdict, isStopped, modules}: OpenAdapter,
): boolean {
  const say = (words: string) => {
    writeSentence(sentence, words);
    return true;
  };
  if (opened.isTooLarge) return say("The file is too large for a tab, so its tensors are not read here.");
  if (isStopped) return say("The reading was stopped. Open the file again for this.");
  if (!verdict) return say("Reading spectra…");
  if (modules.size > 0) return false;
  paragraph(panel, "Will it load? has the names of its tensors.");
  return say("There is no update in this file that could be measured.");
}

/** Says why where a screen that needs two adapters has nothing to show, or asks for the second. Returns whether that is so. `what` begins a sentence. */
export function sayIfPairUnavailable(screen: ScreenContext, what: string): boolean {
  const {state, panel, sentence} = screen;
  if (state.adapters[1])
    return sayIfUnavailable(screen, state.adapters[0]!) || sayIfUnavailable(screen, state.adapters[1]);
  writeSentence(sentence, `${what} needs a second adapter.`);
  paragraph(
    panel,
    "Drop it anywhere on this page, or choose it. It should belong to the same base model; which one that is does not matter here.",
  );
  mainButton(panel, "Add a second adapter", () => screen.chooseFiles(1));
  return true;
}

/**
 * Shows a progress bar on a screen and runs what it can cancel; `onEnd` gets the result or a sentence, which is `stopped` after
 * the reader cancelled. Leaving the screen cancels too, and `onEnd` is not called: that is no result to keep.
 */
export function runWithProgress<T>(
  screen: ScreenContext,
  {label, stopped}: {label: string; stopped: string},
  run: (signal: AbortSignal, show: (text: string, share: number) => void) => Promise<T>,
  onEnd: (result: T | string) => void,
): void {
  writeSentence(screen.sentence, `${label}…`);
  const stop = new AbortController();
  const show = progressBar(screen.panel, label, () => stop.abort());
  let isLeft = false;
  const end = (result: T | string) => {
    if (!isLeft) onEnd(result);
  };
  run(stop.signal, show).then(end, (error: Error) => end(stop.signal.aborted ? stopped : error.message));
  screen.onLeave = () => {
    isLeft = true;
    stop.abort();
  };
}
