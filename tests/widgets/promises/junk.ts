import fc from "fast-check";

/** Whatever may stand where a parameter was due. */
export const junk = fc.oneof(
  fc.string(),
  fc.string({unit: "binary"}),
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
