import {copy} from "../../shell/take/clipboard.ts";

/** How long "copied" stands beside a link, ms. */
const A_WHILE = 2000;

/** A link to a place on its page leads there, and puts the address on the clipboard; that is said. */
export function startCopyLinks(root: Document): void {
  const said = root.createElement("p");
  said.className = "spoken";
  said.setAttribute("role", "status");
  root.body.append(said);
  root.addEventListener("click", async ({target}) => {
    const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[aria-label^="Link to "]');
    if (!link) return;
    const isCopied = await copy(link.href);
    said.textContent = isCopied ? "The link is copied." : "This page may not copy. The link is in the address bar.";
    link.toggleAttribute("data-copied", isCopied);
    setTimeout(() => {
      said.textContent = "";
      link.removeAttribute("data-copied");
    }, A_WHILE);
  });
}
