import {adoptSheet} from "../../figure/live/adoptSheet.ts";
import {make} from "../../figure/makeElement.ts";
import {siteRoot} from "../../figure/siteRoot.ts";
import {trustedUrl} from "../../figure/trustedUrl.ts";
import type {SearchKind} from "./query.ts";
import css from "./search.css?inline";
import type {Hit, SearchAnswer, SearchRequest, SearchResults} from "./searchWorker.ts";
import workerAddress from "./searchWorker.ts?worker&url";

/** Searches for a reader who has nothing in mind. */
const examples = ["rank", "ΔW", "merge", "why B starts at zero", "optimizer memory", "Table 4", "GPT-3", "QLoRA"];

const failureText = import.meta.env.DEV
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
  const {box, field, state, help, list} = buildDialog(page);
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
    state.textContent = failureText;
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

/**
 * Makes a field and the list below it an ARIA combobox: the field keeps the focus and names the active option. Returns a
 * function that activates the first option.
 */
function combobox(field: HTMLInputElement, list: HTMLElement) {
  const all = () => Array.from(list.querySelectorAll<HTMLAnchorElement>("[role=option]"));
  let active: HTMLAnchorElement | undefined;

  function activate(option: HTMLAnchorElement | undefined, isScrolledTo = true) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    field.setAttribute("aria-expanded", String(all().length > 0));
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    if (isScrolledTo) option.scrollIntoView({block: "nearest"});
  }

  field.addEventListener("keydown", (event) => {
    const options = all();
    const at = active ? options.indexOf(active) : -1;
    if (event.isComposing || !options.length) return;
    if (event.key === "Enter" && active) active.click();
    else if (event.key === "ArrowDown") activate(options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") activate(options.at(at < 0 ? -1 : at - 1));
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointermove", ({target, pointerType}) => {
    const option = (target as Element).closest<HTMLAnchorElement>("[role=option]");
    if (pointerType === "mouse" && option && option !== active) activate(option, false);
  });
  // Pressing the list would take the focus out of the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());

  return () => activate(all()[0]);
}

/** Adds the search dialog to the page, without any behavior but closing. */
function buildDialog(page: Document) {
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

/** A piece of Pagefind's excerpt, in which signs are escaped as in HTML, as plain text. */
const unescapeText = (text: string): string => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");

/** Where a hit is: "Table 4 · The paper’s data", "2 Low-rank matrices"; for a term, its symbol. */
const whereOf = (kind: SearchKind, {place, names}: Hit): string =>
  [/Glossary|Paper/.test(kind) ? names : "", place].filter((part) => part !== "").join(" · ");

/** Appends a hit as an option of the listbox. */
function appendHit(parent: Element, hit: Hit, id: string, kind: SearchKind) {
  const link = make(parent, "a", "hit");
  link.id = id;
  link.href = new URL(hit.address, siteRoot(parent.ownerDocument.documentElement.dataset.root, location)).href;
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  link.tabIndex = -1;
  make(link, "span", "what", hit.title);
  const where = whereOf(kind, hit);
  if (where) {
    link.append(" ");
    make(link, "span", "where", where);
  }
  const pieces = hit.excerpt.split(/<\/?mark>/).map(unescapeText);
  link.append(" ");
  const text = make(link, "span", "text");
  for (const [i, piece] of pieces.entries()) {
    if (i % 2) make(text, "mark", "", piece);
    else text.append(piece);
  }
  // Without a label, a screen reader would say where each mark begins and ends.
  link.setAttribute("aria-label", [hit.title, where, pieces.join(""), kind.toLowerCase()].filter(Boolean).join(", "));
}

/** Fills the listbox with the hits, grouped. */
function drawResults(list: HTMLElement, {groups}: SearchResults): void {
  list.replaceChildren();
  list.hidden = !groups.length;
  let count = 0;
  for (const {kind, hits} of groups) {
    const box = make(list, "div", "group");
    const id = `found-${kind.toLowerCase()}`;
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", id);
    const head = make(box, "p", "name", kind);
    head.id = id;
    head.setAttribute("role", "presentation");
    for (const hit of hits) appendHit(box, hit, `found-${++count}`, kind);
  }
}
