const KEY = "lora-live:keys";

/** Takes up what this device keeps: `data-keys` of the page's root is "off" where keys of one letter do nothing. */
export function keptSwitch(root: HTMLElement): void {
  try {
    if (localStorage.getItem(KEY) === "off") root.dataset.keys = "off";
  } catch {
    // Storage is refused; the keys work.
  }
}

/** The reader's choice, for this page and, where it may be kept, for this device. */
export function switchKeys(root: HTMLElement, isOn: boolean): void {
  root.dataset.keys = isOn ? "on" : "off";
  try {
    if (isOn) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "off");
  } catch {
    // Storage is refused; the choice holds for this page.
  }
}
