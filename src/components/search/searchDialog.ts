import {make} from "../../shell/take/share/make.ts";
import {combobox} from "./combobox.ts";
import type {Found, Index} from "./find.ts";
import {loadIndex} from "./loadIndex.ts";
import {drawResults} from "./results.ts";
import {searchParts} from "./searchParts.ts";

/** Searches for a reader who has nothing in mind. */
const examples = ["rank", "ΔW", "merge", "why B starts at zero", "optimizer memory", "Table 4", "GPT-3", "QLoRA"];

const plural = (count: number) => (count === 1 ? "1 place" : `${count} places`);

let dialog: HTMLDialogElement | undefined;

/** Opens the search dialog, with the last query selected. `version` is that of the index: a new one has a new address. */
export function openSearch(page: Document, version: string): void {
  dialog ??= startDialog(page, version);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input")!.select();
}

function startDialog(page: Document, version: string): HTMLDialogElement {
  const {box, field, state, help, list} = searchParts(page);
  const activateFirst = combobox(field, list);
  let index: Index | undefined;

  const addButton = (text: string, press: () => void) => {
    const button = make(help, "button", "", text);
    button.type = "button";
    button.addEventListener("click", press);
  };
  const search = (query: string) => {
    field.value = query;
    field.focus();
    update();
  };

  function update() {
    // Before the index is there, the state and the help are about loading it.
    if (!index) return;
    const query = field.value.trim();
    const found = index.find(query);
    const {text, offer} = statusOf(query, found, index);
    drawResults(list, found);
    activateFirst();
    box.scrollTop = 0;
    list.scrollTop = 0;
    state.textContent = text;
    help.replaceChildren();
    if (!offer) return;
    make(help, "p", "", offer.line);
    for (const words of offer.queries) addButton(words, () => search(words));
  }

  async function load() {
    help.replaceChildren();
    state.textContent = "The index is loading …";
    try {
      index = await loadIndex(page, version);
      update();
    } catch {
      state.textContent = failureText();
      addButton("Try again", () => {
        field.focus();
        void load();
      });
    }
  }

  field.addEventListener("input", update);
  void load();
  return box;
}

/** The line about a search, and the searches to offer instead when it found nothing. */
function statusOf(query: string, {count, shown}: Found, index: Index) {
  if (query === "") return {text: "", offer: {line: "For example", queries: examples}};
  if (count) return {text: `${plural(count)}${shown < count ? `, the best ${shown} of them below` : ""}`};
  const near = index.suggest(query);
  const offer = near.length ? {line: "Did you mean", queries: near} : {line: "For example", queries: examples};
  return {text: `Nothing was found for “${query}”.`, offer};
}

const failureText = (): string =>
  import.meta.env.DEV
    ? "The index comes from the last build: run npm run build, then try again."
    : "The index did not load. Are you online?";
