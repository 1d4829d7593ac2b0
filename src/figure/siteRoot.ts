/** Address of the site's root, with a slash at its end, from the page's `<html data-root>`. */
export const siteRoot = (root: string | undefined, {href}: Pick<Location, "href">): string =>
  new URL(root ?? "./", href).href;
