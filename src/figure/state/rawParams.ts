/** Parameters before they are checked: from an address, an element's attributes, a message or a program. */
import {unpack} from "./packed.ts";

/** Names with any values. */
export type RawParams = Readonly<Record<string, unknown>>;

/** An element's attributes by name. */
export type Attributes = Readonly<Record<string, string>>;

/** The attributes that may be parameters. HTML has a `title` too, so ours counts only as 0 or 1. */
export const attributesOf = (host: Element): Attributes =>
  Object.fromEntries(
    Array.from(host.attributes, ({name, value}): [string, string] => [name, value]).filter(
      ([name, value]) => name !== "title" || /^[01]$/.test(value),
    ),
  );

/** The raw values on top of those packed in `s`, with a note if `s` could not be read. */
export function unpackedParams(raw: RawParams): {raw: RawParams; notes: readonly string[]} {
  if (typeof raw.s !== "string") return {raw, notes: []};
  const {state, notes} = unpack(raw.s);
  return {raw: {...state, ...raw}, notes};
}
