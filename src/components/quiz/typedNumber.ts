import {type Asked, dueText, typedUnit} from "./typedUnit.ts";

/**
 * A number as a reader typed it, or why it cannot be read, in words. `slack` is half of its last digit where it was rounded to
 * three digits or more and a word, a power or another unit tells its size: "8.39 M" stands for all that rounds to it.
 */
export type Typed = {value: number; slack: number; problem?: undefined} | {value?: undefined; problem: string};

const PARTS = /^([+-]?)([\d.,]*\d\.?)(?:e([+-]?\d+))?(?:[×x*·]10(?:\^|\*\*)([+-]?\d+))?(.*)$/i;
const PLAIN = /^(?:\d+(?:\.\d*)?|\.\d+)$/;
const GROUPED = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const WORD = /^[\p{L}%×/-]*$/u;
const ROUNDED = 3;

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** "10⁻⁵", as the pages write it, as "10^-5". */
const lowered = (text: string): string =>
  text.replace(
    /10([⁻⁰¹²³⁴-⁹]+)/,
    (_, raised: string) => `10^${[...raised].map((c) => (c === "⁻" ? "-" : RAISED.indexOf(c))).join("")}`,
  );

/**
 * Reads what people type: "98,304", "98 304", "−0.5", "1,536×", "4.7e6", "4.7 × 10⁶", "≈ 4.7 million parameters", "0.385 TB"
 * for 385 GB, "87%" for 0.87. Anything else is answered in words; nothing is guessed.
 */
export function typedNumber(text: string, asked: Asked = {}): Typed {
  const shown = text.trim().slice(0, 40);
  if (shown === "") return {problem: "Type a number first."};
  const rest = lowered(
    text
      .replace(/[\s_’']/g, "")
      .replace(/[−–]/g, "-")
      .replace(/^[=≈~]/, ""),
  );
  const [, sign, digits = "", e, power, unit = ""] = PARTS.exec(rest) ?? [];
  if (/^\d+,\d+$/.test(digits) && !GROUPED.test(digits) && WORD.test(unit))
    return {
      problem: `In “${shown}” the comma parts no thousands. Write decimals with a point: ${shown.replace(",", ".")}.`,
    };
  if (!(PLAIN.test(digits) || GROUPED.test(digits)) || !WORD.test(unit))
    return {problem: `“${shown}” cannot be read as a number. Write it in digits, such as 1,234 or 0.25.`};
  const scale = typedUnit(unit, asked);
  if (scale.problem !== undefined)
    return {problem: `“${shown}” ${scale.problem}. This question asks for ${dueText(asked)}.`};
  const exponent = Number(e ?? 0) + Number(power ?? 0) + scale.ten;
  const times = 1024 ** scale.binary;
  const value = Number(`${sign}${digits.replaceAll(",", "")}e${exponent}`) * times;
  if (!Number.isFinite(value)) return {problem: `“${shown}” is too large to be read as a number.`};
  const decimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
  const isSized = scale.isSized || e !== undefined || power !== undefined;
  const isRounded = isSized && digits.replace(/^[0.,]+|[.,]/g, "").length >= ROUNDED;
  return {value, slack: isRounded ? Number(`5e${exponent - decimals - 1}`) * times : 0};
}
