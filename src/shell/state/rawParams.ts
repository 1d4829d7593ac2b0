/** Parameters as they come from an address, an element's attributes, a message or a program: anything at all. */
export type Raw = Readonly<Record<string, unknown>>;

export type Attributes = Readonly<Record<string, string>>;

/** The attributes that may be parameters. `title` is one of HTML's own too: only as 0 or 1 does it speak to us. */
export const attributesOf = (host: Element): Attributes =>
  Object.fromEntries(
    Array.from(host.attributes, ({name, value}): [string, string] => [name, value]).filter(
      ([name, value]) => name !== "title" || /^[01]$/.test(value),
    ),
  );

/** The names in `options.ts`, which is loaded where one is asked for. */
export const isCommonOption = (name: string): boolean =>
  /^(theme|controls|lock|motion|predict|answers|links|title|caption|table)$/.test(name);

/** What came, with what is packed in `s` below it, and why that could not be read. */
export async function unpackedParams(raw: Raw): Promise<{raw: Raw; notes: readonly string[]}> {
  if (typeof raw.s !== "string") return {raw, notes: []};
  const {s} = raw;
  const {state, notes} = await import("./packed.ts").then((it) => it.unpack(s));
  return {raw: {...state, ...raw}, notes};
}
