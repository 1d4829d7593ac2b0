/** Where the choice is kept: beside the theme, outside of what the reader is asked about. */
const KEYS = "lora-live:keys";

/** Whether keys of one letter work, for this page and, where it may be kept, for this device (startSearch.ts reads it). */
export function switchKeys(root: HTMLElement, isOn: boolean): void {
  root.dataset.keys = isOn ? "on" : "off";
  try {
    if (isOn) localStorage.removeItem(KEYS);
    else localStorage.setItem(KEYS, "off");
  } catch {
    // Storage is refused; the choice holds for this page.
  }
}
