import {copyText} from "../../figure/export/clipboard.ts";

/** Starts the copy button of every `.copy-text`. Where the page may not copy, it selects the text and says so. */
export function startCopies(root: Document): void {
  for (const box of root.querySelectorAll(".copy-text")) {
    const text = box.querySelector("pre")!;
    const status = box.querySelector("[role=status]")!;
    const button = box.querySelector("button")!;
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (await copyText(text.textContent)) {
        status.textContent = "Copied.";
        return;
      }
      text.focus();
      root.getSelection()?.selectAllChildren(text);
      status.textContent = "This page cannot copy by itself. The text is selected: copy it with the keyboard.";
    });
  }
}
