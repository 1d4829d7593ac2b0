/**
 * Runs in <head> of a portable site's page for wrong addresses. A host shows that page at any depth, where its relative links
 * and style sheets lead nowhere. This script looks for the site's root and makes them start there; without scripts the page
 * stays plain.
 */
export {};

/** The nearest folder above the address that holds the site's mark. */
async function siteRoot(): Promise<string | undefined> {
  const parts = location.pathname.split("/");
  for (let depth = parts.length - 1; depth > 0; depth--) {
    const folder = `${location.origin}${parts.slice(0, depth).join("/")}/`;
    const mark = await fetch(`${folder}lora-live.txt`).then(
      (answer) => (answer.ok ? answer.text() : ""),
      () => "",
    );
    if (mark.startsWith("LoRA, live")) return folder;
  }
  return undefined;
}

document.addEventListener("DOMContentLoaded", async () => {
  const root = await siteRoot();
  if (root === undefined) return;
  for (const element of document.querySelectorAll("[href]")) {
    const link = element.getAttribute("href")!;
    if (!/^([a-z]+:|#)/i.test(link)) element.setAttribute("href", root + link);
  }
});
