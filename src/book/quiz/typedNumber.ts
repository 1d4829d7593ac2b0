/**
 * A number that a reader typed, or a sentence on why it cannot be read. `slack` is the rounding error: half a unit in the last
 * digit, if there are at least three digits and the size is given by a word, a power or a unit, as in "8.39 M". Otherwise 0.
 */
export type TypedNumber = {value: number; slack: number; problem?: undefined} | {value?: undefined; problem: string};

/** A sign, digits, a power of ten in two spellings, and the unit. */
const PARTS = /^([+-]?)([\d.,]*\d\.?)(?:e([+-]?\d+))?(?:[×x*·]10(?:\^|\*\*)([+-]?\d+))?(.*)$/i;
const PLAIN_DIGITS = /^(?:\d+(?:\.\d*)?|\.\d+)$/;
const GROUPED_DIGITS = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const WORD = /^[\p{L}%×/-]*$/u;
/** A number with at least this many digits may be rounded. */
const MIN_ROUNDED_DIGITS = 3;

const RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** Rewrites "10⁻⁵", the form on our pages, as "10^-5". */
const ordinaryPower = (text: string): string =>
  text.replace(
    /10([⁻⁰¹²³⁴-⁹]+)/,
    (_, raised: string) => `10^${[...raised].map((c) => (c === "⁻" ? "-" : RAISED_DIGITS.indexOf(c))).join("")}`,
  );

/**
 * Reads numbers as people type them: "98,304", "98 304", "−0.5", "1,536×", "4.7e6", "4.7 × 10⁶", "≈ 4.7 million parameters",
 * "0.385 TB" for 385 GB, "87%" for 0.87. Nothing is guessed: for anything else it says what is wrong.
 */
export function typedNumber(text: string, expected: ExpectedUnit = {}): TypedNumber {
  const shortText = text.trim().slice(0, 40);
  if (shortText === "") return {problem: "Type a number first."};
  const rest = ordinaryPower(
    text
      .replace(/[\s_’']/g, "")
      .replace(/[−–]/g, "-")
      .replace(/^[=≈~]/, ""),
  );
  const [, sign, digits = "", e, power, unit = ""] = PARTS.exec(rest) ?? [];
  if (/^\d+,\d+$/.test(digits) && !GROUPED_DIGITS.test(digits) && WORD.test(unit))
    return {
      problem: `In “${shortText}” the comma parts no thousands. Write decimals with a point: ${shortText.replace(",", ".")}.`,
    };
  if (!(PLAIN_DIGITS.test(digits) || GROUPED_DIGITS.test(digits)) || !WORD.test(unit))
    return {problem: `“${shortText}” cannot be read as a number. Write it in digits, such as 1,234 or 0.25.`};
  const scale = typedUnit(unit, expected);
  if (scale.problem !== undefined)
    return {problem: `“${shortText}” ${scale.problem}. This question asks for ${expectedText(expected)}.`};
  const exponent = Number(e ?? 0) + Number(power ?? 0) + scale.power;
  const value = Number(`${sign}${digits.replaceAll(",", "")}e${exponent}`);
  if (!Number.isFinite(value)) return {problem: `“${shortText}” is too large to be read as a number.`};
  const decimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
  const isSized = scale.isSized || e !== undefined || power !== undefined;
  const isRounded = isSized && digits.replace(/^[0.,]+|[.,]/g, "").length >= MIN_ROUNDED_DIGITS;
  return {value, slack: isRounded ? Number(`5e${exponent - decimals - 1}`) : 0};
}

/** The unit that a question expects, shown next to its field, or what its number counts. */
interface ExpectedUnit {
  unit?: string | undefined;
  counts?: string | undefined;
}

/** The power of ten that the text after a number stands for, and whether it names a size; or why it cannot be used. */
type Scale = {power: number; isSized: boolean; problem?: undefined} | {problem: string};

/** Sizes in words or letters. "m" is left out because it might mean milli. */
const SIZES: readonly (readonly [size: RegExp, power: number])[] = [
  [/^thousands?/i, 3],
  [/^millions?/i, 6],
  [/^(?:billions?|bn)/i, 9],
  [/^trillions?/i, 12],
  [/^[kK]/, 3],
  [/^M/, 6],
  [/^[GBb]/, 9],
  [/^T/, 12],
];

const PERCENT = /^(?:%|percent|pct)$/i;
/** Also "times fewer" and "-fold". */
const TIMES = /^(?:[×x]|(?:times|-?fold)[a-z]*)$/i;
/** "Gb" means gigabits, but people type "gb" for gigabytes. */
const BITS = /^[KMGTP]?i?b$|bits?$/;
const BYTES = /^(?:([kmgtp]?)(?:b|bytes?)|([kmgtp])(?:ilo|ega|iga|era|eta)bytes?)$/i;
/** Words for things that are counted. */
const NUMBERS = /^(?:trained|trainable)?(?:numbers?|parameters?|params?|weights?|entry|entries|values?)$/i;
const THINGS: Readonly<Record<string, RegExp>> = {numbers: NUMBERS, parameters: NUMBERS, ranks: /^ranks?$/i};

/** A size in bytes as a power of ten, as on our pages: 1 GB is 10⁹ bytes. Undefined for another unit. */
function bytePower(unit: string): number | undefined {
  const [found, letter, word] = (!BITS.test(unit) && BYTES.exec(unit)) || [];
  return found === undefined ? undefined : 3 * " kmgtp".indexOf((letter || word || " ").toLowerCase());
}

/** The power of ten that converts a unit into the expected one; undefined if it does not fit. */
function conversion(unit: string, {unit: expectedUnit = "", counts}: ExpectedUnit): number | undefined {
  if (unit === "" || unit === expectedUnit.replace(/\s/g, "")) return 0;
  const [from, to] = [bytePower(unit), bytePower(expectedUnit)];
  if (from !== undefined && to !== undefined) return from - to;
  if (counts !== undefined) return THINGS[counts]?.test(unit) ? 0 : undefined;
  const isNumber = expectedUnit === "" || TIMES.test(expectedUnit);
  if (PERCENT.test(unit)) return isNumber ? -2 : PERCENT.test(expectedUnit) ? 0 : undefined;
  return isNumber && TIMES.test(unit) ? 0 : undefined;
}

/** What kind of unit this is, to follow its name in a sentence; undefined for an unknown one. */
function kindText(unit: string): string | undefined {
  if (bytePower(unit) !== undefined) return "is a size in bytes";
  if (BITS.test(unit)) return "is in bits";
  if (PERCENT.test(unit)) return "is a percentage";
  if (TIMES.test(unit)) return "is a number of times";
  return NUMBERS.test(unit) ? "is a count" : undefined;
}

/** What the question expects, with an example. */
function expectedText({unit = "", counts}: ExpectedUnit): string {
  if (counts !== undefined) return `a count of ${counts}, such as 1,234 or 1.2 million`;
  if (unit === "") return "a plain number, such as 1,234 or 0.25";
  if (bytePower(unit) !== undefined) return `a size in ${unit}, such as 12 GB or 1.2 TB`;
  if (PERCENT.test(unit)) return "a percentage, such as 12%";
  return TIMES.test(unit) ? "a number of times, such as 12×" : `a number in ${unit}`;
}

/** Reads the text after a number, without spaces: "TB", "%", "M", "millionparameters". Nothing is guessed. */
function typedUnit(text: string, expected: ExpectedUnit): Scale {
  const whole = conversion(text, expected);
  if (whole !== undefined) return {power: whole, isSized: whole !== 0 && bytePower(text) !== undefined};
  const [size, power] = SIZES.find(([one]) => one.test(text)) ?? [/^/, 0];
  const unit = text.replace(size, "");
  // "385 million" does not say how many bytes each of them has.
  if (unit === "" && bytePower(expected.unit ?? "") !== undefined) return {problem: "does not say of what"};
  const rest = conversion(unit, expected);
  if (rest !== undefined) return {power: rest + power, isSized: true};
  return {problem: kindText(text) ?? kindText(unit) ?? "has an unknown unit"};
}
