import type {Keep} from "./store.ts";

/** Milliseconds without a key before a text is kept. */
const PAUSE = 800;

/**
 * Fills a box with what was kept of it, and keeps what is typed from then on; `changed` hears when it may have changed. What nobody has touched
 * since follows what another window kept, and is not written again: it may have been erased there.
 */
export function keepText(
  box: HTMLTextAreaElement,
  kind: "words" | "draft",
  id: string,
  keep: Keep,
  changed: () => void = () => {},
): void {
  const root = box.ownerDocument;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let last = keep.get(kind, id) ?? box.defaultValue;
  const save = () => {
    clearTimeout(waiting);
    if (box.value !== last) keep.set(kind, id, box.value);
    last = box.value;
    changed();
  };
  const fill = () => {
    const kept = keep.get(kind, id) ?? last;
    if (box.value === last && kept !== last) {
      box.value = last = kept;
      box.dispatchEvent(new Event("input"));
    }
    changed();
  };
  // What was typed before the script came is newer than what was kept.
  if (box.value === box.defaultValue) box.value = last;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  box.addEventListener("change", save);
  root.addEventListener("visibilitychange", () => (root.hidden ? save() : fill()));
}
