import {copy} from "../../figure/export/clipboard.ts";

/** Milliseconds for which "copied" is shown beside a link: long enough for a busy page to show it, and for a reader to see it. */
const A_WHILE = 4000;

/** Links to a place on the page also copy its address to the clipboard, and say so. */
export function startCopyLinks(root: Document): void {
  const said = root.createElement("p");
  said.className = "spoken";
  said.setAttribute("role", "status");
  root.body.append(said);
  let marked: Element | undefined;
  let ending: ReturnType<typeof setTimeout>;
  const end = () => {
    said.textContent = "";
    marked?.removeAttribute("data-copied");
  };
  root.addEventListener("click", async ({target}) => {
    const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[aria-label^="Link to "]');
    if (!link) return;
    // The same words are only spoken again when they were gone in between.
    said.textContent = "";
    const isCopied = await copy(link.href);
    // If two links are pressed in a row, the first must not clear the second's message.
    clearTimeout(ending);
    end();
    said.textContent = isCopied
      ? "The link is copied."
      : "This page cannot copy by itself. The link is in the address bar.";
    link.toggleAttribute("data-copied", isCopied);
    marked = link;
    ending = setTimeout(end, A_WHILE);
  });
}
