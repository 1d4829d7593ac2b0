import {make} from "../../figure/makeElement.ts";
import {siteRoot} from "../../figure/siteRoot.ts";
import {trustedUrl} from "../../figure/trustedUrl.ts";
import {combobox} from "./combobox.ts";
import {drawResults} from "./results.ts";
import {searchParts} from "./searchParts.ts";
import type {SearchAnswer, SearchRequest, SearchResults} from "./searchWorker.ts";
import workerAddress from "./searchWorker.ts?worker&url";

/** Searches for a reader who has nothing in mind. */
const examples = ["rank", "ΔW", "merge", "why B starts at zero", "optimizer memory", "Table 4", "GPT-3", "QLoRA"];

const failure = import.meta.env.DEV
  ? "The index comes from the last build: run npm run build, then reload this page."
  : "The search did not load. Are you online?";

let dialog: HTMLDialogElement | undefined;

/** Opens the search dialog, with the last query selected. */
export function openSearch(page: Document): void {
  dialog ??= startDialog(page);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input")!.select();
}

/** Builds the dialog, and starts the worker that searches. */
function startDialog(page: Document): HTMLDialogElement {
  const {box, field, state, help, list} = searchParts(page);
  const activateFirst = combobox(field, list);
  const worker = new Worker(trustedUrl(workerAddress), {type: "module"});
  const folder = new URL("pagefind/", siteRoot(page.documentElement.dataset.root, location)).href;
  let lastId = 0;

  const ask = () => worker.postMessage({id: ++lastId, folder, query: field.value} satisfies SearchRequest);
  const addButton = (text: string, press: () => void) => {
    const button = make(help, "button", "", text);
    button.type = "button";
    button.addEventListener("click", press);
  };

  function show(found: SearchResults) {
    drawResults(list, found);
    activateFirst();
    box.scrollTop = 0;
    list.scrollTop = 0;
    state.textContent = statusOf(field.value.trim(), found);
    help.replaceChildren();
    if (found.count) return;
    make(help, "p", "", "For example");
    for (const example of examples)
      addButton(example, () => {
        field.value = example;
        field.focus();
        ask();
      });
  }

  function fail() {
    drawResults(list, {groups: [], count: 0});
    state.textContent = failure;
    help.replaceChildren();
    addButton("Reload", () => location.reload());
  }

  worker.addEventListener("message", ({data: {id, found}}: MessageEvent<SearchAnswer>) => {
    if (!found) fail();
    else if (id === lastId) show(found);
  });
  worker.addEventListener("error", fail);
  field.addEventListener("input", ask);
  state.textContent = "The index is loading …";
  ask();
  return box;
}

/** The line about a search. */
function statusOf(query: string, {count, groups}: SearchResults): string {
  if (query === "") return "";
  if (!count) return `Nothing was found for “${query}”.`;
  const shownCount = groups.reduce((sum, {hits}) => sum + hits.length, 0);
  const places = count === 1 ? "1 place" : `${count} places`;
  return shownCount < count ? `${places}, the best ${shownCount} of them below` : places;
}
