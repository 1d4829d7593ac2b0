import type {Keep} from "../keep.ts";

/** Milliseconds without a key before a draft is kept. */
const PAUSE = 800;

/** Fills a box with what was kept of it, and keeps what is typed from then on. */
export function keepDraft(box: HTMLTextAreaElement, id: string, keep: Keep): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const empty = box.defaultValue;
  const save = () => {
    clearTimeout(waiting);
    if (box.value !== (keep.get("draft", id) ?? empty)) keep.set("draft", id, box.value);
  };
  // What was typed before the script came is newer than what was kept.
  if (box.value === empty) box.value = keep.get("draft", id) ?? empty;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  box.addEventListener("change", save);
  box.ownerDocument.addEventListener("visibilitychange", save);
}
