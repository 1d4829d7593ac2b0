import {storageKey} from "./entries.ts";
import type {Store} from "./store.ts";

/** Milliseconds without a key before a text is stored. */
const PAUSE = 800;

/**
 * A text that the tab remembers over a reload until the reader has said whether to keep things. The browser forgets it with the
 * tab; where it denies storage, nothing is remembered.
 */
function tabText(kind: "draft", id: string, store: Store) {
  const key = storageKey(kind, id);
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
 * Fills a text box from the store and stores what is typed into it. `changed` is called whenever either may have changed.
 * A text the reader has not touched follows what another window stores, and is not stored again: there it may have been
 * erased.
 */
export function keepText(
  box: HTMLTextAreaElement,
  kind: "draft",
  id: string,
  store: Store,
  changed: () => void = () => {},
): void {
  const root = box.ownerDocument;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const tab = tabText(kind, id, store);
  let last = store.get(kind, id) ?? tab.get() ?? box.defaultValue;
  const save = () => {
    clearTimeout(waiting);
    if (box.value !== last) store.set(kind, id, box.value);
    if (box.value !== box.defaultValue) tab.set(box.value);
    last = box.value;
    changed();
  };
  const fill = () => {
    const stored = store.get(kind, id) ?? last;
    if (box.value === last && stored !== last) {
      box.value = last = stored;
      box.dispatchEvent(new Event("input"));
    }
    changed();
  };
  // Text typed before this script arrived is newer than the stored one.
  if (box.value === box.defaultValue) box.value = last;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  box.addEventListener("change", save);
  root.addEventListener("visibilitychange", () => (root.hidden ? save() : fill()));
  // Some browsers tell of a reload in this way only.
  addEventListener("pagehide", save);
}
