import {askToKeep} from "../kept/askToKeep.ts";
import {keepText} from "../kept/keepText.ts";
import type {Store} from "../kept/store.ts";

/** The boxes for a chapter in the reader's own words: filled from the store, and stored while the reader types. */
export function startOwnWords(root: Document, store: Store): void {
  for (const box of root.querySelectorAll<HTMLTextAreaElement>("[data-words]")) {
    const chapter = box.dataset.words!;
    const section = box.closest(".own-words")!;
    const state = section.querySelector(".words-state")!;
    const say = () => {
      const isKept = store.isKept("words", chapter) && store.get("words", chapter) === box.value;
      state.textContent =
        box.value === "" ? "" : isKept ? "Kept on this device." : "Not kept: gone when you leave this page.";
    };
    keepText(box, "words", chapter, store, say);
    say();
    box.addEventListener("change", () => askToKeep(store, section, say));
  }
}
