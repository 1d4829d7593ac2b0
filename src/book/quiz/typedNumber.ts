import {type Expected, expectedText, typedUnit} from "./typedUnit.ts";

/**
 * A number that a reader typed, or a sentence on why it cannot be read. `slack` is the rounding error: half a unit in the last
 * digit, if there are at least three digits and the size is given by a word, a power or a unit, as in "8.39 M". Otherwise 0.
 */
export type TypedNumber = {value: number; slack: number; problem?: undefined} | {value?: undefined; problem: string};

/** A sign, digits, a power of ten in two spellings, and the unit. */
const PARTS = /^([+-]?)([\d.,]*\d\.?)(?:e([+-]?\d+))?(?:[×x*·]10(?:\^|\*\*)([+-]?\d+))?(.*)$/i;
const PLAIN = /^(?:\d+(?:\.\d*)?|\.\d+)$/;
const GROUPED = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const WORD = /^[\p{L}%×/-]*$/u;
/** A number with at least this many digits may be rounded. */
const MIN_ROUNDED_DIGITS = 3;

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** Rewrites "10⁻⁵", the form on our pages, as "10^-5". */
const ordinaryPower = (text: string): string =>
  text.replace(
    /10([⁻⁰¹²³⁴-⁹]+)/,
    (_, raised: string) => `10^${[...raised].map((c) => (c === "⁻" ? "-" : RAISED.indexOf(c))).join("")}`,
  );

/**
 * Reads numbers as people type them: "98,304", "98 304", "−0.5", "1,536×", "4.7e6", "4.7 × 10⁶", "≈ 4.7 million parameters",
 * "0.385 TB" for 385 GB, "87%" for 0.87. Nothing is guessed: for anything else it says what is wrong.
 */
export function typedNumber(text: string, expected: Expected = {}): TypedNumber {
  const shortText = text.trim().slice(0, 40);
  if (shortText === "") return {problem: "Type a number first."};
  const rest = ordinaryPower(
    text
      .replace(/[\s_’']/g, "")
      .replace(/[−–]/g, "-")
      .replace(/^[=≈~]/, ""),
  );
  const [, sign, digits = "", e, power, unit = ""] = PARTS.exec(rest) ?? [];
  if (/^\d+,\d+$/.test(digits) && !GROUPED.test(digits) && WORD.test(unit))
    return {
      problem: `In “${shortText}” the comma parts no thousands. Write decimals with a point: ${shortText.replace(",", ".")}.`,
    };
  if (!(PLAIN.test(digits) || GROUPED.test(digits)) || !WORD.test(unit))
    return {problem: `“${shortText}” cannot be read as a number. Write it in digits, such as 1,234 or 0.25.`};
  const scale = typedUnit(unit, expected);
  if (scale.problem !== undefined)
    return {problem: `“${shortText}” ${scale.problem}. This question asks for ${expectedText(expected)}.`};
  const exponent = Number(e ?? 0) + Number(power ?? 0) + scale.ten;
  const times = 1024 ** scale.binary;
  const value = Number(`${sign}${digits.replaceAll(",", "")}e${exponent}`) * times;
  if (!Number.isFinite(value)) return {problem: `“${shortText}” is too large to be read as a number.`};
  const decimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
  const isSized = scale.isSized || e !== undefined || power !== undefined;
  const isRounded = isSized && digits.replace(/^[0.,]+|[.,]/g, "").length >= MIN_ROUNDED_DIGITS;
  return {value, slack: isRounded ? Number(`5e${exponent - decimals - 1}`) * times : 0};
}
