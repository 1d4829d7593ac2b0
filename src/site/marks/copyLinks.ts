import {copy} from "../../figure/export/clipboard.ts";

/** Milliseconds for which "copied" stays beside a link, long enough to be seen even on a busy page. */
const SHOWN_FOR = 4000;

/** Links to a place on the page also copy its address to the clipboard, and say so. */
export function startCopyLinks(root: Document): void {
  const status = root.createElement("p");
  status.className = "spoken";
  status.setAttribute("role", "status");
  root.body.append(status);
  let markedLink: Element | undefined;
  let endTimer: ReturnType<typeof setTimeout>;
  const end = () => {
    status.textContent = "";
    markedLink?.removeAttribute("data-copied");
  };
  root.addEventListener("click", async ({target}) => {
    const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[aria-label^="Link to "]');
    if (!link) return;
    // Screen readers speak the same words again only after the status was empty.
    status.textContent = "";
    const isCopied = await copy(link.href);
    // If two links are pressed in a row, the first must not clear the second's message.
    clearTimeout(endTimer);
    end();
    status.textContent = isCopied
      ? "The link is copied."
      : "This page cannot copy by itself. The link is in the address bar.";
    link.toggleAttribute("data-copied", isCopied);
    markedLink = link;
    endTimer = setTimeout(end, SHOWN_FOR);
  });
}
