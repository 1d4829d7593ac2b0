import {adoptSheet} from "../../figure/live/adoptSheet.ts";
import {make} from "../../figure/makeElement.ts";
import css from "./search.css?inline";

let dialog: HTMLDialogElement | undefined;

/** Opens the list of all keys, with the switch for single-letter keys. */
export function openKeyHelp(page: Document): void {
  dialog ??= build(page);
  if (!dialog.open) dialog.showModal();
}

/** Builds the dialog from the table of keys. */
function build(page: Document): HTMLDialogElement {
  adoptSheet(page, css);
  const box = make(page.body, "dialog", "search-box key-help");
  const top = make(box, "div", "top");
  const title = make(top, "h2", "title", "Keyboard");
  title.id = "key-help";
  box.setAttribute("aria-labelledby", title.id);
  const close = make(top, "button", "close", "Close");
  close.type = "button";
  close.addEventListener("click", () => box.close());

  const scroll = make(box, "div", "tables");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-labelledby", title.id);
  const label = make(scroll, "label", "switch");
  const field = make(label, "input");
  field.type = "checkbox";
  field.checked = page.documentElement.dataset.keys !== "off";
  field.addEventListener("change", () => switchKeys(page.documentElement, field.checked));
  label.append(" Keys of one letter: / and ?. Your choice stays on this device.");

  const mod = /^(Mac|iP)/.test(navigator.platform) ? "⌘" : "Ctrl";
  for (const {where, keys} of keyTable) {
    make(scroll, "h3", "", where);
    const list = make(scroll, "dl");
    for (const [key, does] of keys) {
      const row = make(list, "div");
      const term = make(row, "dt");
      for (const name of key) {
        if (term.hasChildNodes()) term.append(" ");
        make(term, "kbd", "", name === "Mod" ? mod : name);
      }
      make(row, "dd", "", does);
    }
  }
  box.addEventListener("click", ({target}) => target === box && box.close());
  return box;
}

/** A setting like the theme: stored without consent and not part of the kept entries. */
const KEYS = "lora-live:keys";

/** Switches single-letter keys on or off, for this page and, if it can be stored, this device (read by startSearch.ts). */
function switchKeys(root: HTMLElement, isOn: boolean): void {
  root.dataset.keys = isOn ? "on" : "off";
  try {
    if (isOn) localStorage.removeItem(KEYS);
    else localStorage.setItem(KEYS, "off");
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** Keys, by their labels, and what they do. "Mod" is Command on a Mac and Control elsewhere. */
type Keys = readonly [keys: readonly string[], does: string];

/** All keys of the site, by the place where they work. */
const keyTable: readonly {where: string; keys: readonly Keys[]}[] = [
  {
    where: "Anywhere",
    keys: [
      [["Mod", "K"], "opens the search"],
      [["/"], "opens it too, but not while you type in a field"],
      [["?"], "opens this list, but not while you type in a field"],
      [["Tab"], "goes to the next thing you can use; with Shift, to the one before"],
      [["Esc"], "closes what was opened: a dialog, the card of a term, a pinned symbol"],
    ],
  },
  {
    where: "In a figure",
    keys: [
      [["Left", "Right"], "moves a slider one step"],
      [["Page Up", "Page Down"], "moves a slider by more"],
      [["Home", "End"], "moves a slider to an end"],
      [["Up", "Down"], "goes through the choices of a control"],
      [["Space"], "presses a button: Play and Pause, Step, Reset"],
      [["Left", "Right", "Home", "End"], "goes along the tools below the figure, which are one stop of Tab"],
    ],
  },
  {
    where: "In some figures",
    keys: [
      [["Left", "Right"], "goes from symbol to symbol of a formula, or moves a wide table"],
      [["Up", "Down"], "goes along a line of years"],
      [["Left", "Right", "Up", "Down"], "moves over the field where you draw a matrix; Space paints"],
      [["Tab"], "leads to the sliders for row and column under More: they trace an entry of a heat map"],
    ],
  },
  {
    where: "In the inspector, once a file is open",
    keys: [
      [
        ["1", "2", "3", "4", "5", "6", "7"],
        "shows a screen: Will it load?, What it is, Against the base, Compare, Merge, Resize, Take home",
      ],
      [["Left", "Right", "Home", "End"], "goes along the screens, where one of their tabs has the focus"],
      [["A"], "adds a second adapter"],
      [["Left", "Right", "Up", "Down"], "goes over the map of modules; Enter chooses one"],
    ],
  },
  {
    where: "In questions and exercises",
    keys: [
      [["Up", "Down"], "chooses an answer; Enter checks it"],
      [["1", "2", "3"], "grades the card of the review that has the focus"],
      [["Mod", "Enter"], "runs the program you typed"],
      [["Esc", "Tab"], "leaves the field of a program: Tab alone indents there"],
    ],
  },
];
