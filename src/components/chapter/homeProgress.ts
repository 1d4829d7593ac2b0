import {confirmed} from "../kept/confirmButton.ts";
import {saveCopy} from "../kept/saveBackup.ts";
import type {Keep} from "../kept/store.ts";
import {isRead, listed, markRead} from "./readMarks.ts";

/** The home page says how far the reader is, leads on from there, and can save or erase what is kept. */
export function startReadSoFar(root: Document, keep: Keep): void {
  const box = root.querySelector<HTMLElement>(".progress")!;
  const show = () => {
    markRead(root, keep);
    // Once it said that all is erased, there is nothing more to say.
    if (box.querySelector(".sofar")) tell(root, box, keep);
  };
  show();
  // Another window, or a page in front of this one, may have added to it or erased it.
  for (const change of ["storage", "pageshow"]) window.addEventListener(change, show);
}

/** The first door of the home page leads on: to the chapter that was begun, or to the next one. */
function resume(root: Document, all: readonly HTMLElement[], keep: Keep) {
  const first = root.querySelector<HTMLAnchorElement>(".actions .first");
  const last = all.findLastIndex((item) => isRead(keep, item));
  const begun = all.find(({dataset}) => keep.get("chapter", dataset.chapter!) === "visited") ?? all[last + 1];
  if (!first || !begun || keep.consent !== "yes") return;
  first.href = begun.querySelector("a")!.href;
  first.textContent = `Go on with chapter ${Number(begun.querySelector(".order")!.textContent)}`;
}

function tell(root: Document, box: HTMLElement, keep: Keep) {
  const all = listed(root);
  const read = all.filter((item) => isRead(keep, item)).length;
  resume(root, all, keep);
  box.hidden = keep.consent !== "yes";
  box.querySelector(".sofar")!.textContent =
    `You have read ${read} of ${all.length} chapters. This, your answers and your predictions are kept on this device only.`;
  box.querySelector("button")!.onclick = () => saveCopy(root, keep);
  confirmed(
    box.querySelector(".erase")!,
    "Erase it all",
    "Erase everything this site keeps of you on this device?",
    () => {
      keep.forget();
      markRead(root, keep);
      box.textContent = keep.trouble() ?? "Everything that was kept on this device is erased.";
    },
  );
}
