import {askToKeep} from "./asking.ts";
import type {Keep} from "./keep.ts";

/** Milliseconds without a key before the words are kept. */
const PAUSE = 800;

/** The boxes for the reader's own words: filled with what was kept, kept while typing, and asked about once left. */
export function startWords(root: Document, keep: Keep): void {
  for (const box of root.querySelectorAll<HTMLTextAreaElement>("[data-words]")) {
    const chapter = box.dataset.words!;
    const section = box.closest(".own-words")!;
    const state = section.querySelector(".words-state")!;
    let waiting: ReturnType<typeof setTimeout> | undefined;

    const say = () => {
      const isKept = keep.consent === "yes" && keep.get("words", chapter) === box.value;
      state.textContent =
        box.value === "" ? "" : isKept ? "Kept on this device." : "Not kept: gone when you leave this page.";
    };
    const save = () => {
      clearTimeout(waiting);
      if (box.value === (keep.get("words", chapter) ?? "")) return;
      keep.set("words", chapter, box.value);
      say();
    };

    if (box.value === "") box.value = keep.get("words", chapter) ?? "";
    say();
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(save, PAUSE);
    });
    box.addEventListener("change", () => {
      save();
      askToKeep(keep, section, say);
    });
    root.addEventListener("visibilitychange", save);
  }
}
