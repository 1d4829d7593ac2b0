/**
 * An address on this site under the base path it is built for: href("glossary/#rank") → "/lora/glossary/#rank" when
 * the base is "/lora/". Leading slashes are ignored; fragments on the same page and addresses elsewhere stay as they are.
 */
export function href(path: string, base: string = import.meta.env.BASE_URL): string {
  if (path.startsWith("#") || /^[a-z][a-z0-9+.-]*:/i.test(path)) return path;
  return `${base.replace(/\/*$/, "/")}${path.replace(/^\/+/, "")}`;
}
