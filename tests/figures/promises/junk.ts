import fc from "fast-check";

/** Whatever may stand where a parameter was due. */
export const junk = fc.oneof(
  fc.string(),
  // Any code points; fast-check's own strings of them take it seconds to prepare.
  fc.array(fc.integer({min: 0, max: 0x10_ff_ff})).map((points) => String.fromCodePoint(...points)),
  fc.constantFrom("9", "é", "a", ",", "]", "👩‍🔬").map((one) => one.repeat(10_000 / one.length)),
  fc.double(),
  fc.integer().map(String),
  fc.bigInt(),
  fc.anything({withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withTypedArray: true}),
  fc.constantFrom(
    "NaN",
    "Infinity",
    "-0",
    "1e999",
    "0x10",
    " 4 ",
    "4.5",
    "٤",
    "__proto__",
    "constructor",
    Symbol("r"),
    () => 1,
  ),
  fc.constantFrom("own", "custom", "4.48x48.1.", "8.2x2.1e999.AAAA", "4.99x99.1.AA", "1,2;3", ";;;", ",", "1,NaN"),
  fc.constant({toString: 1, valueOf: 1}),
  fc.constant({
    toString() {
      throw new Error("a trap");
    },
  }),
);

let pieces: unknown[] | undefined;

/**
 * Lists of raw values for these controls and for names that are no control's, ten thousand at most. The values are the same for
 * every widget: making them takes far longer than refusing them.
 */
export function* junkFor(names: readonly string[], lists: number): Generator<Record<string, unknown>> {
  pieces ??= fc.sample(junk, {seed: 8, numRuns: 10_000});
  const keys = [...names, "__proto__", "constructor", "toString", "zz"];
  for (let start = 0; start < lists; start++) {
    // About half of the names have a value; which ones changes from list to list.
    const given = keys.filter((_, i) => i === start % keys.length || (start >> (i % 8)) % 2 === 0);
    const values = Object.fromEntries(given.map((key, i) => [key, pieces![(start + i * 7919) % pieces!.length]]));
    yield start % 2 ? values : Object.assign(Object.create(null), values);
  }
}
