/** A setting like the theme: stored without consent and not part of the kept entries. */
const KEYS = "lora-live:keys";

/** Switches single-letter keys on or off, for this page and, if it can be stored, this device (read by startSearch.ts). */
export function switchKeys(root: HTMLElement, isOn: boolean): void {
  root.dataset.keys = isOn ? "on" : "off";
  try {
    if (isOn) localStorage.removeItem(KEYS);
    else localStorage.setItem(KEYS, "off");
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
