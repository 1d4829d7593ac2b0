/**
 * A number as a reader typed it, or why it cannot be read, in words. `slack` is half of its last digit where it was rounded to
 * three digits or more and a word or a power tells its size: "8.39 M" stands for all that rounds to it.
 */
export type Typed = {value: number; slack: number; problem?: undefined} | {value?: undefined; problem: string};

const PLAIN = /^\d*\.?\d+(?:e[+-]?\d+)?$|^\d+\.$/i;
const GROUPED = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const POWER = /^(.+?)[×x*·]10\^([+-]?\d+)$/;

/** Sizes in words or letters. A question in bytes takes none of them: "M" might be megabytes. */
const WORDED = /^(.*\d\.?)(thousand|million|billion|trillion|k|M|G|B|T|bn)$/;
const EXPONENT: Readonly<Record<string, number>> = {
  ...{thousand: 3, k: 3, million: 6, M: 6, billion: 9, bn: 9, G: 9, B: 9, trillion: 12, T: 12},
};
const ROUNDED = 3;

/**
 * Reads what people type: "98,304", "98 304", "−0.5", "1,536×", "4.7e6", "4.7 × 10^6", "4.7 M", "4.7 million", "87%" (0.87,
 * unless percent is the question's `unit`), the unit itself. Anything else is answered in words; nothing is guessed.
 */
export function typedNumber(text: string, unit = ""): Typed {
  const shown = text.trim().slice(0, 40);
  if (shown === "") return {problem: "Type a number first."};
  let rest = text.replace(/[\s_’']/g, "").replace(/[−–]/g, "-");
  const isPercent = rest.endsWith("%");
  const suffix = [unit.replace(/\s/g, ""), "%", "×", "x"].find((one) => one !== "" && rest.endsWith(one)) ?? "";
  rest = rest.slice(0, rest.length - suffix.length).replace(/^\+/, "");
  const worded = suffix !== "%" && !unit.endsWith("B") ? WORDED.exec(rest) : null;
  const power = worded ?? POWER.exec(rest);
  const digits = (power?.[1] ?? rest).replace(/^-/, "");
  const size = read(digits);
  if (size === undefined) {
    return /^-?\d+,\d+$/.test(rest)
      ? {problem: `In “${shown}” the comma parts no thousands. Write decimals with a point: ${rest.replace(",", ".")}.`}
      : {problem: `“${shown}” cannot be read as a number. Write it in digits, such as 1,234 or 0.25.`};
  }
  const signed = rest.startsWith("-") ? -size : size;
  const exponent = power ? (EXPONENT[power[2]!] ?? Number(power[2])) : 0;
  const value = power ? Number(`${signed}e${exponent}`) : signed;
  const decimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
  const isRounded = power && digits.replace(/^[0.,]+|[.,]/g, "").length >= ROUNDED;
  return Number.isFinite(value)
    ? {
        value: isPercent && unit !== "%" ? value / 100 : value,
        slack: isRounded ? Number(`5e${exponent - decimals - 1}`) : 0,
      }
    : {problem: `“${shown}” is too large to be read as a number.`};
}

function read(digits: string): number | undefined {
  if (PLAIN.test(digits)) return Number(digits);
  return GROUPED.test(digits) ? Number(digits.replaceAll(",", "")) : undefined;
}

/** Whether two numbers are the same within the tolerance, with room for the last bits of float64. */
export const isNear = (value: number, due: number, tolerance: number): boolean =>
  Math.abs(value - due) <= tolerance + 1e-9 * Math.abs(due);
