/**
 * The address of a path under the base path of the site: href("glossary/#rank") → "/lora/glossary/#rank" when the base is
 * "/lora/". A leading slash makes no difference; fragments on the same page and addresses of other sites are returned as is.
 */
export function href(path: string, base: string = import.meta.env.BASE_URL): string {
  if (path.startsWith("#") || /^[a-z][a-z0-9+.-]*:/i.test(path)) return path;
  return `${base.replace(/\/*$/, "/")}${path.replace(/^\/+/, "")}`;
}
