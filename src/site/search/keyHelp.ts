import {adoptSheet} from "../../figure/live/adoptSheet.ts";
import {make} from "../../figure/makeElement.ts";
import {keyTable} from "./keyTable.ts";
import css from "./search.css?inline";
import {switchKeys} from "./switchKeys.ts";

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
