import {type BuiltFor, relativeLink} from "./relativeLink.ts";

/**
 * JSON whose addresses of the site are counted from where the file stands. A key whose address leads to what a site without an
 * address leaves out, as `isGone` says of its path, is left out too.
 */
export function relativeJson(text: string, file: string, built: BuiltFor, isGone: (path: string) => boolean): string {
  const {origin, base} = built;
  if (origin === undefined || !text.includes(origin)) return text;
  const value = JSON.parse(text, (_, one: unknown) => {
    if (typeof one !== "string" || !one.startsWith(`${origin}${base}`)) return one;
    return isGone(one.slice(origin.length + base.length)) ? undefined : relativeLink(one, file, built);
  });
  return JSON.stringify(value);
}
