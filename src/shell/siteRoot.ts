/** Where the site stands, as a page of ours says it. */
export interface SiteRoot {
  /** Address of the site's root, with its slash. */
  home: string;
  /**
   * What the address of a page ends with: `index.html` where this page was asked for by that name (a disk, a host that
   * looks for no index), so that the next one is found too.
   */
  index: string;
}

/** Reads it from the page's `<html data-root>`, which a portable build makes relative. */
export const siteRoot = (
  root: string | undefined,
  {href, pathname}: Pick<Location, "href" | "pathname">,
): SiteRoot => ({
  home: new URL(root ?? "./", href).href,
  index: indexOf(pathname),
});

export const indexOf = (pathname: string): string => (pathname.endsWith("/index.html") ? "index.html" : "");
