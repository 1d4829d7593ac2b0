/** Parameters from an address, an element's attributes, a message or a program: names with any values. */
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

/** Whether a common option has this name. The names are repeated here, because commonOptions.ts is loaded only where one is used. */
export const isCommonOption = (name: string): boolean =>
  /^(theme|background|border|layout|controls|lock|hide|motion|predict|answers|links|title|caption|table)$/.test(name);

/** The raw values on top of those packed in `s`, with a note if `s` could not be read. */
export async function unpackedParams(raw: RawParams): Promise<{raw: RawParams; notes: readonly string[]}> {
  if (typeof raw.s !== "string") return {raw, notes: []};
  const {s} = raw;
  const {state, notes} = (await import("./packed.ts")).unpack(s);
  return {raw: {...state, ...raw}, notes};
}
