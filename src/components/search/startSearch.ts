import {keptSwitch} from "./singleKeys.ts";

/** Fields in which a letter is a letter. */
const TYPED = "textarea, select, [contenteditable], input:not([type=range], [type=radio], [type=checkbox])";

/**
 * Opens the search and the list of keys: by their buttons, the search by Control + K (on a Mac Command + K) and /, the keys
 * by ?. What they open is loaded then. Keys of one letter can be switched off there (WCAG 2.1.4).
 */
export function startSearch(page: Document): void {
  const search = page.querySelector<HTMLButtonElement>("header.site .search")!;
  const keys = page.querySelector<HTMLButtonElement>("footer.site .keys")!;
  const fail = () => {
    search.title = "The search did not load. Try again.";
  };
  const find = () =>
    void import("./search.ts").then(({openSearch}) => openSearch(page, search.dataset.version!)).catch(fail);
  const help = () => void import("./keyHelp.ts").then(({openKeyHelp}) => openKeyHelp(page)).catch(fail);
  const isMac = /^(Mac|iP)/.test(navigator.platform);
  keptSwitch(page.documentElement);
  search.disabled = keys.disabled = false;
  search.addEventListener("click", find);
  keys.addEventListener("click", help);
  page.addEventListener("keydown", (event) => {
    const {key, altKey, shiftKey, target} = event;
    const [command, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
    if (altKey || other || page.querySelector("dialog:modal")) return;
    const isSingle = !command && page.documentElement.dataset.keys !== "off" && !(target as Element).closest?.(TYPED);
    if ((command && !shiftKey && key.toLowerCase() === "k") || (isSingle && key === "/")) find();
    else if (isSingle && key === "?") help();
    else return;
    event.preventDefault();
  });
}
