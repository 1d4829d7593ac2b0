import {copy} from "../../shell/take/clipboard.ts";

/** Milliseconds for which "copied" is shown beside a link. */
const A_WHILE = 2000;

/** Links to a place on the page also copy its address to the clipboard, and say so. */
export function startCopyLinks(root: Document): void {
  const said = root.createElement("p");
  said.className = "spoken";
  said.setAttribute("role", "status");
  root.body.append(said);
  root.addEventListener("click", async ({target}) => {
    const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[aria-label^="Link to "]');
    if (!link) return;
    const isCopied = await copy(link.href);
    said.textContent = isCopied
      ? "The link is copied."
      : "This page cannot copy by itself. The link is in the address bar.";
    link.toggleAttribute("data-copied", isCopied);
    setTimeout(() => {
      said.textContent = "";
      link.removeAttribute("data-copied");
    }, A_WHILE);
  });
}
