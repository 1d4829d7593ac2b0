/** Where the site is, as its own pages know it. */
export interface SiteRoot {
  /** Address of the site's root, with a slash at its end. */
  home: string;
  /**
   * What links to pages end with: `index.html` if this page was opened by that name, as on a disk or on a host that does
   * not add it; else nothing.
   */
  index: string;
}

/** The root from the page's `<html data-root>`, which is relative in a portable build. */
export const siteRoot = (
  root: string | undefined,
  {href, pathname}: Pick<Location, "href" | "pathname">,
): SiteRoot => ({
  home: new URL(root ?? "./", href).href,
  index: indexOf(pathname),
});

export const indexOf = (pathname: string): string => (pathname.endsWith("/index.html") ? "index.html" : "");
