/** Fields in which a letter is a letter. */
const TYPED = "textarea, select, input:not([type=range], [type=radio], [type=checkbox])";

/**
 * Opens the search and the list of keys: by their buttons, the search by Control + K (on a Mac Command + K) and /, the keys
 * by ?. What they open is loaded then. Keys of one letter can be switched off there (WCAG 2.1.4, switchKeys.ts).
 */
export function startSearch(page: Document): void {
  const search = page.querySelector<HTMLButtonElement>("header .search")!;
  const keys = page.querySelector<HTMLButtonElement>("footer .keys")!;
  const {dataset} = page.documentElement;
  const open = (isSearch: boolean) =>
    void import("./dialogs.ts").then(
      (it) => (isSearch ? it.openSearch(page, search.dataset.version!) : it.openKeyHelp(page)),
      // Nothing of ours that could say it has come.
      () => alert("This did not load. Are you online?"),
    );
  try {
    dataset.keys = localStorage.getItem("lora-live:keys") ?? "on";
  } catch {
    // Storage is refused; the keys work.
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
