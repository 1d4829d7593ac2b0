/** Fields in which letters are typed, so that they are no shortcuts. */
const TYPED = "textarea, select, input:not([type=range], [type=radio], [type=checkbox])";

/**
 * Opens the search (button, / and Control + K, or Command + K on a Mac) and the list of keys (button and ?). The dialogs are
 * loaded when they are first opened. Single-letter keys can be switched off in the list (WCAG 2.1.4, keyHelp.ts).
 */
export function startSearch(page: Document): void {
  const search = page.querySelector<HTMLButtonElement>("header .search")!;
  const keys = page.querySelector<HTMLButtonElement>("footer .keys")!;
  const {dataset} = page.documentElement;
  const open = (isSearch: boolean) =>
    void import("./dialogs.ts").then(
      (it) => (isSearch ? it.openSearch(page) : it.openKeyHelp(page)),
      // `confirm`, because our own dialogs have not loaded.
      () => confirm("This did not load. Are you online? OK reloads the page.") && location.reload(),
    );
  try {
    dataset.keys = localStorage.getItem("lora-live:keys") ?? "on";
  } catch {
    // Without storage the keys stay on.
  }
  search.disabled = keys.disabled = false;
  search.onclick = () => open(true);
  keys.onclick = () => open(false);
  page.addEventListener("keydown", (event) => {
    const {key, altKey, ctrlKey, metaKey, target} = event;
    const isMac = /^(Mac|iP)/.test(navigator.platform);
    const isK = key.toLowerCase() === "k" && (isMac ? metaKey : ctrlKey);
    const isSingle =
      /^[/?]$/.test(key) && !ctrlKey && !metaKey && dataset.keys !== "off" && !(target as Element).closest(TYPED);
    if (altKey || !(isK || isSingle) || page.querySelector("dialog:modal")) return;
    event.preventDefault();
    open(key !== "?");
  });
}
