/** The progress page: what is kept, and the buttons that save, load and erase it. */
import {newButton} from "../../site/newButton.ts";
import {markRead} from "../chapter/readMarks.ts";
import {saveBackup, startLoading} from "./backup.ts";
import type {KeptEntry, KeptKind} from "./entries.ts";
import {entryList} from "./entryList.ts";
import {countedAll, countedEntries, kindsOf} from "./kindNames.ts";
import type {Store} from "./store.ts";

/** Milliseconds without an event of another window before the page shows what changed. */
const PAUSE = 50;

/** How much is kept, and where, in a sentence or two. */
function stateText(store: Store, entries: readonly KeptEntry[]): string {
  if (!entries.length)
    return store.consent === "yes"
      ? "You agreed to keep things here, but nothing is kept yet."
      : "Nothing of yours is kept.";
  const keptEntries: KeptEntry[] = [];
  const unsavedEntries: KeptEntry[] = [];
  for (const entry of entries) (store.isKept(entry.kind, entry.id) ? keptEntries : unsavedEntries).push(entry);
  return [
    ...(keptEntries.length ? [`Kept on this device: ${countedAll(keptEntries)}.`] : []),
    ...(unsavedEntries.length
      ? [`Held for this page, and gone when you leave it: ${countedAll(unsavedEntries)}.`]
      : []),
  ].join(" ");
}

/** Starts the progress page, which lists what is kept, saves and loads backups, and erases one kind or everything. */
export function startProgressPage(root: Document, store: Store): void {
  const state = root.querySelector<HTMLElement>(".own-state")!;
  const idTemplate = root.querySelector<HTMLTemplateElement>(".own-data template")!.content;
  const saveButton = root.querySelector<HTMLButtonElement>(".own-data .save")!;

  /** Erases one kind of entries, or everything, and says what was done. */
  function erase(message: string, kind?: KeptKind) {
    store.forget(kind);
    for (const part of root.querySelectorAll(".loaded > *")) part.replaceChildren();
    show(store.trouble() ?? message);
    state.tabIndex = -1;
    state.focus();
  }

  /** Draws the page anew. It says the message first, then what the store holds. */
  function show(message?: string) {
    const entries = store.entries();
    state.textContent = [message, stateText(store, entries)].filter(Boolean).join(" ");
    // Before the lists, so that the reader can erase everything whatever they hold.
    const eraseAll = root.querySelector(".erase-all")!;
    if (entries.length || store.consent === "yes")
      addEraseButton(eraseAll, "it all", () => erase("Everything that was kept is erased."));
    else eraseAll.textContent = "There is nothing to erase.";
    saveButton.disabled = !entries.length;
    showReadChapters(root, store, entries, erase);
    showLists(root, idTemplate, entries, erase);
  }

  saveButton.onclick = () => saveBackup(root, store);
  startLoading(root, store, idTemplate, show);
  show(store.trouble());
  // Another window may store or erase something, and each entry sends an event. A later page may too, before the reader comes back.
  let timer: ReturnType<typeof setTimeout> | undefined;
  window.addEventListener("storage", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  window.addEventListener("pageshow", ({persisted}) => persisted && show());
}

/** Erases the entries of one kind; the page then says the message. */
type Erase = (message: string, kind: KeptKind) => void;

/** Makes a button the content of `place`; it erases something, which `what` names, once the reader has confirmed that. */
function addEraseButton(place: Element, what: string, erase: () => void) {
  const question = `Erase ${what} from this device? Only a saved copy can bring back what is erased.`;
  place.replaceChildren(newButton(place.ownerDocument, `Erase ${what}`, () => confirm(question) && erase()));
}

/** A list for each kind but chapters, which the page lists itself. */
function showLists(root: Document, idTemplate: ParentNode, entries: readonly KeptEntry[], erase: Erase) {
  const kinds = kindsOf(entries).filter((kind) => kind !== "chapter");
  const lists = kinds.map((kind) => {
    const entriesOfKind = entries.filter((entry) => entry.kind === kind);
    const list = entryList(root, idTemplate, kind, entriesOfKind);
    const counted = countedEntries(kind, entriesOfKind.length);
    addEraseButton(list.appendChild(root.createElement("div")), counted, () => erase(`Erased: ${counted}.`, kind));
    return list;
  });
  root.querySelector(".own-lists")!.replaceChildren(...lists);
}

/** Marks the chapters that are read or opened, with a button that erases these marks. */
function showReadChapters(root: Document, store: Store, entries: readonly KeptEntry[], erase: Erase) {
  const n = entries.filter(({kind}) => kind === "chapter").length;
  const place = root.querySelector(".erase-read")!;
  const counted = countedEntries("chapter", n);
  if (n) addEraseButton(place, counted, () => erase(`Erased: ${counted}.`, "chapter"));
  else place.replaceChildren();
  markRead(root, store);
  for (const item of root.querySelectorAll<HTMLElement>(".own-data .read li"))
    item.toggleAttribute("data-opened", store.get("chapter", item.dataset.chapter!) === "visited");
}
