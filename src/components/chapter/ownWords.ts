import {askToKeep} from "../kept/askToKeep.ts";
import {keepText} from "../kept/keepText.ts";
import type {Keep} from "../kept/store.ts";

/** The boxes for the reader's own words: filled with what was kept, kept while typing, and asked about once left. */
export function startWords(root: Document, keep: Keep): void {
  for (const box of root.querySelectorAll<HTMLTextAreaElement>("[data-words]")) {
    const chapter = box.dataset.words!;
    const section = box.closest(".own-words")!;
    const state = section.querySelector(".words-state")!;
    const say = () => {
      const isKept = keep.isKept("words", chapter) && keep.get("words", chapter) === box.value;
      state.textContent =
        box.value === "" ? "" : isKept ? "Kept on this device." : "Not kept: gone when you leave this page.";
    };
    keepText(box, "words", chapter, keep, say);
    say();
    box.addEventListener("change", () => askToKeep(keep, section, say));
  }
}
