import {confirmButton} from "../kept/confirmButton.ts";
import {saveBackup} from "../kept/saveBackup.ts";
import type {Store} from "../kept/store.ts";
import {chapterItems, isRead, markRead} from "./readMarks.ts";

/** Starts the home page: it says how far the reader has come, leads to the next chapter, and can save or erase what is kept. */
export function startHomeProgress(root: Document, store: Store): void {
  const box = root.querySelector<HTMLElement>(".progress")!;
  const show = () => {
    markRead(root, store);
    // After erasing, the box only says that everything is erased.
    if (!box.querySelector(".sofar")) return;
    offerNext(root, chapterItems(root), store);
    showBox(root, box, store);
  };
  show();
  // Another window, or a later page before the reader came back to this one, may have added something or erased it.
  for (const change of ["storage", "pageshow"]) window.addEventListener(change, show);
}

/** Points the first link of the home page to the chapter that was begun, or else to the next one. */
function offerNext(root: Document, chapters: readonly HTMLElement[], store: Store) {
  const first = root.querySelector<HTMLAnchorElement>(".actions .first");
  const lastRead = chapters.findLastIndex((item) => isRead(store, item));
  const isBegun = ({dataset}: HTMLElement) => store.get("chapter", dataset.chapter!) === "visited";
  const next = chapters.find(isBegun) ?? chapters[lastRead + 1];
  if (!first || !next || store.consent !== "yes") return;
  first.href = next.querySelector("a")!.href;
  first.textContent = `Go on with chapter ${Number(next.querySelector(".order")!.textContent)}`;
}

/** Shows how much is read, with the buttons that save and erase what is kept. */
function showBox(root: Document, box: HTMLElement, store: Store) {
  const chapters = chapterItems(root);
  const read = chapters.filter((item) => isRead(store, item)).length;
  box.hidden = store.consent !== "yes";
  box.querySelector(".sofar")!.textContent =
    `You have read ${read} of ${chapters.length} chapters. This, your answers and your predictions are kept on this device only.`;
  box.querySelector("button")!.onclick = () => saveBackup(root, store);
  confirmButton(
    box.querySelector(".erase")!,
    "Erase it all",
    "Erase everything this site keeps about you on this device?",
    () => {
      store.forget();
      markRead(root, store);
      box.textContent = store.trouble() ?? "Everything that was kept on this device is erased.";
    },
  );
}
