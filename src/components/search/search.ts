import {adoptSheet} from "../../shell/figure/adoptSheet.ts";
import {make} from "../../shell/take/share/make.ts";
import css from "../../styles/pages/search.css?inline";
import {chooser} from "./choose.ts";
import type {Index} from "./find.ts";
import {loadIndex} from "./loadIndex.ts";
import {drawResults} from "./results.ts";

/** What a reader who has nothing in mind may look for. */
const ideas = ["rank", "ΔW", "merge", "why B starts at zero", "optimizer memory", "Table 4", "GPT-3", "QLoRA"];

const plural = (count: number) => (count === 1 ? "1 place" : `${count} places`);

let dialog: HTMLDialogElement | undefined;

/** Opens the search, with what was looked for last. `version` is of the index; a new one has another address. */
export function openSearch(page: Document, version: string): void {
  dialog ??= build(page, version);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input")!.select();
}

function build(page: Document, version: string): HTMLDialogElement {
  adoptSheet(page, css);
  const box = make(page.body, "dialog", "search-box");
  box.setAttribute("aria-label", "Search");
  const top = make(box, "div", "top");
  const field = make(top, "input");
  for (const [name, value] of Object.entries({
    ...{type: "text", role: "combobox", "aria-label": "Search", placeholder: "A word, symbol or number"},
    ...{"aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list", enterkeyhint: "go"},
    ...{autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: "200"},
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
  const start = chooser(field, list);

  let index: Index | undefined;
  const button = (text: string, act: () => void) => {
    const one = make(help, "button", "", text);
    one.type = "button";
    one.addEventListener("click", act);
  };
  /** A line above buttons, each of which puts its words into the field. */
  const offer = (line: string, words: readonly string[]) => {
    make(help, "p", "", line);
    for (const word of words)
      button(word, () => {
        field.value = word;
        field.focus();
        look();
      });
  };

  function look() {
    // What is offered instead of an index stays until there is one.
    if (!index) return;
    help.replaceChildren();
    const query = field.value.trim();
    const found = index.find(query);
    drawResults(list, found);
    start();
    box.scrollTop = 0;
    list.scrollTop = 0;
    if (query === "") {
      state.textContent = "";
      offer("For example", ideas);
    } else if (found.count) {
      const best = found.shown < found.count ? `, the best ${found.shown} of them below` : "";
      state.textContent = `${plural(found.count)}${best}`;
    } else {
      state.textContent = `Nothing here speaks of “${query}”.`;
      const near = index.near(query);
      offer(near.length ? "Did you mean" : "For example", near.length ? near : ideas);
    }
  }

  async function load() {
    help.replaceChildren();
    state.textContent = "The index is loading …";
    try {
      index = await loadIndex(page, version);
      look();
    } catch {
      state.textContent = import.meta.env.DEV
        ? "The index comes from the last build: run npm run build, then try again."
        : page.location.protocol === "file:"
          ? "The index did not load. Is the whole folder of the site here?"
          : "The index did not load. Are you online?";
      button("Try again", () => {
        field.focus();
        void load();
      });
    }
  }

  field.addEventListener("input", look);
  // A press beside the dialog is one on the dialog itself.
  box.addEventListener("click", ({target}) => target === box && box.close());
  list.addEventListener("click", ({target, ctrlKey, metaKey}) => {
    if (!ctrlKey && !metaKey && (target as Element).closest("a")) box.close();
  });
  void load();
  return box;
}
