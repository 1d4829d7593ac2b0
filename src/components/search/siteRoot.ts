/**
 * Where the site begins, from the link that every page has to its first: right under any base path, and where links are
 * relative because nobody knew the path.
 */
const home = (page: Document) => page.querySelector<HTMLAnchorElement>("header.site .home")!.href;

export const siteRoot = (page: Document): URL => new URL(".", home(page));

/** The address of a place on the site: "glossary/#rank". Links name the files themselves where the one to the first page does. */
export function addressOn(page: Document, address: string): string {
  const isFile = home(page).endsWith("index.html");
  return new URL(isFile ? address.replace(/(^|\/)(?=#|$)/, "$1index.html") : address, siteRoot(page)).href;
}
