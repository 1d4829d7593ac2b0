/**
 * The first page, from the link that every page has to it: right under any base path, and where links are relative because
 * nobody knew the path, on a 404 page of such a site too.
 */
const home = (page: Document) => page.querySelector<HTMLAnchorElement>("header.site .home")!.href;

/** A file of the site by its path from the root. */
export const fileOn = (page: Document, path: string): string => new URL(path, new URL(".", home(page))).href;

/** The address of a place on the site: "glossary/#rank". Links name the files themselves where the one to the first page does. */
export function addressOn(page: Document, address: string): string {
  const isFile = home(page).endsWith("index.html");
  return new URL(isFile ? address.replace(/(^|\/)(?=#|$)/, "$1index.html") : address, new URL(".", home(page))).href;
}
