import type {Store} from "../kept/store.ts";
import {chapterItems, isRead, markRead} from "./readMarks.ts";

/** Starts the home page: it marks the chapters that are read, says how many they are, and leads to the next one. */
export function startHomeProgress(root: Document, store: Store): void {
  const box = root.querySelector<HTMLElement>(".progress")!;
  const show = () => {
    markRead(root, store);
    box.hidden = store.consent !== "yes";
    if (box.hidden) return;
    const chapters = chapterItems(root);
    const readCount = chapters.filter((item) => isRead(store, item)).length;
    box.querySelector(".sofar")!.textContent = `You have read ${readCount} of ${chapters.length} chapters.`;
    offerNext(root, chapters, store);
  };
  show();
  // Another window, or a later page before the reader came back to this one, may have added something or erased it.
  for (const change of ["storage", "pageshow"]) window.addEventListener(change, show);
}

/** Points the first link of the home page to the chapter that was begun, or else to the one after the last that is read. */
function offerNext(root: Document, chapters: readonly HTMLElement[], store: Store) {
  const link = root.querySelector<HTMLAnchorElement>(".actions .first");
  const lastReadIndex = chapters.findLastIndex((item) => isRead(store, item));
  const isBegun = ({dataset}: HTMLElement) => store.get("chapter", dataset.chapter!) === "visited";
  const next = chapters.find(isBegun) ?? chapters[lastReadIndex + 1];
  if (!link || !next) return;
  link.href = next.querySelector("a")!.href;
  link.textContent = `Go on with chapter ${Number(next.querySelector(".order")!.textContent)}`;
}
