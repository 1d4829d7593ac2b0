/** Opens the search: by its button, and by Control + K, or Command + K on a Mac. The dialog is loaded when it is first opened. */
export function startSearch(page: Document): void {
  const button = page.querySelector<HTMLButtonElement>("header .search")!;
  const open = () =>
    void import("./searchDialog.ts").then(
      ({openSearch}) => openSearch(page),
      // `confirm`, because our own dialog has not loaded.
      () => confirm("The search did not load. Are you online? OK reloads the page.") && location.reload(),
    );
  button.disabled = false;
  button.onclick = open;
  page.addEventListener("keydown", (event) => {
    const {key, altKey, ctrlKey, metaKey} = event;
    const isMac = /^(Mac|iP)/.test(navigator.platform);
    if (key.toLowerCase() !== "k" || altKey || !(isMac ? metaKey : ctrlKey) || page.querySelector("dialog:modal"))
      return;
    event.preventDefault();
    open();
  });
}
