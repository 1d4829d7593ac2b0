/** Text boxes whose drafts are kept. */
import {storageKey} from "./entries.ts";
import type {Store} from "./store.ts";

/** Milliseconds without a key before a text is stored. */
const PAUSE = 800;

/**
 * A draft that the tab remembers over a reload, until the reader has said whether to keep things. The browser forgets it with the
 * tab; where it denies storage, nothing is remembered.
 */
function tabText(id: string, store: Store) {
  const key = storageKey("draft", id);
  const attempt = <T>(use: (tab: Storage) => T): T | undefined => {
    try {
      return use(sessionStorage);
    } catch {
      return undefined;
    }
  };
  return {
    get: () => attempt((tab) => tab.getItem(key)) ?? undefined,
    set: (text: string) =>
      attempt((tab) => (store.consent === "unasked" ? tab.setItem(key, text) : tab.removeItem(key))),
  };
}

/**
 * Fills a text box with the draft of this id from the store, and stores what is typed into it. `onChange` is called whenever either
 * may have changed. A text that the reader has not touched follows what another window stores, and is not stored again: the other
 * window may have erased it.
 */
export function keepText(box: HTMLTextAreaElement, id: string, store: Store, onChange: () => void): void {
  const root = box.ownerDocument;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tab = tabText(id, store);
  /** The text that was last filled in or stored. */
  let lastText = store.get("draft", id) ?? tab.get() ?? box.defaultValue;
  const save = () => {
    clearTimeout(timer);
    if (box.value !== lastText) store.set("draft", id, box.value);
    if (box.value !== box.defaultValue) tab.set(box.value);
    lastText = box.value;
    onChange();
  };
  const fill = () => {
    const storedText = store.get("draft", id) ?? lastText;
    if (box.value === lastText && storedText !== lastText) {
      box.value = lastText = storedText;
      box.dispatchEvent(new Event("input"));
    }
    onChange();
  };
  // Text typed before this script arrived is newer than the stored one.
  if (box.value === box.defaultValue) box.value = lastText;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  box.addEventListener("change", save);
  root.addEventListener("visibilitychange", () => (root.hidden ? save() : fill()));
  // Before a reload some browsers send only this event.
  addEventListener("pagehide", save);
}
