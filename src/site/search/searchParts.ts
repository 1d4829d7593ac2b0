import {adoptSheet} from "../../figure/live/adoptSheet.ts";
import {make} from "../../figure/makeElement.ts";
import css from "./search.css?inline";

/** Adds the search dialog to the page, without any behavior but closing. */
export function searchParts(page: Document) {
  adoptSheet(page, css);
  const box = make(page.body, "dialog", "search-box");
  box.setAttribute("aria-label", "Search");
  const top = make(box, "div", "top");
  const field = make(top, "input");
  for (const [name, value] of Object.entries({
    type: "text",
    role: "combobox",
    "aria-label": "Search",
    placeholder: "A word, symbol or number",
    "aria-expanded": "false",
    "aria-controls": "found",
    "aria-autocomplete": "list",
    enterkeyhint: "go",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    maxlength: "200",
  }))
    field.setAttribute(name, value);
  const close = make(top, "button", "close", "Close");
  close.type = "button";
  close.addEventListener("click", () => box.close());
  const state = make(box, "p", "state");
  state.setAttribute("role", "status");
  const help = make(box, "div", "help");
  const list = make(box, "div", "found");
  list.id = "found";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "What was found");
  list.hidden = true;
  make(box, "p", "keys", "↑ ↓ choose · Enter opens · Esc closes");
  // A press beside the dialog has the dialog itself as its target.
  box.addEventListener("click", ({target}) => target === box && box.close());
  list.addEventListener("click", ({target, ctrlKey, metaKey}) => {
    if (!ctrlKey && !metaKey && (target as Element).closest("a")) box.close();
  });
  return {box, field, state, help, list};
}
