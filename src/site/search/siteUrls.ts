/**
 * The address of the home page, taken from the link to it that every page has. That is right under any base path, also where
 * links are relative because the path was unknown at build, and on a 404 page of such a site.
 */
const homeUrl = (page: Document) => page.querySelector<HTMLAnchorElement>("header.site .home")!.href;

/** A file of the site by its path from the root. */
export const fileUrl = (page: Document, path: string): string => new URL(path, new URL(".", homeUrl(page))).href;

/** The address of a place on the site, such as "glossary/#rank". Where the link home ends in index.html, so do the others. */
export function placeUrl(page: Document, address: string): string {
  const isFile = homeUrl(page).endsWith("index.html");
  return new URL(isFile ? address.replace(/(^|\/)(?=#|$)/, "$1index.html") : address, new URL(".", homeUrl(page))).href;
}
