import {type BuiltFor, relativeLink} from "./relativeLink.ts";

/**
 * JSON with the site's addresses made relative to the file. A key whose address leads to a path that `isGone` from a portable
 * site is left out.
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
