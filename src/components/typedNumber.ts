/** A number as a reader typed it, or why it cannot be read, in words. */
export type Typed = {value: number; problem?: undefined} | {value?: undefined; problem: string};

const PLAIN = /^\d*\.?\d+(?:e[+-]?\d+)?$|^\d+\.$/i;
const GROUPED = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const POWER = /^(.+?)[×x*·]10\^([+-]?\d+)$/;

/**
 * Reads what people type: "98,304", "98 304", "−0.5", "1,536×", "4.7e6", "4.7 × 10^6", "87%" (0.87, unless percent is
 * the question's `unit`), the unit itself. Anything else is answered in words; nothing is guessed.
 */
export function typedNumber(text: string, unit = ""): Typed {
  const shown = text.trim().slice(0, 40);
  if (shown === "") return {problem: "Type a number first."};
  let rest = text.replace(/[\s_’']/g, "").replace(/[−–]/g, "-");
  const isPercent = rest.endsWith("%");
  const suffix = [unit.replace(/\s/g, ""), "%", "×", "x"].find((one) => one !== "" && rest.endsWith(one)) ?? "";
  rest = rest.slice(0, rest.length - suffix.length).replace(/^\+/, "");
  const power = POWER.exec(rest);
  const size = read((power?.[1] ?? rest).replace(/^-/, ""));
  if (size === undefined) {
    return /^-?\d+,\d+$/.test(rest)
      ? {problem: `In “${shown}” the comma parts no thousands. Write decimals with a point: ${rest.replace(",", ".")}.`}
      : {problem: `“${shown}” cannot be read as a number. Write it in digits, such as 1,234 or 0.25.`};
  }
  const signed = rest.startsWith("-") ? -size : size;
  const value = power ? Number(`${signed}e${power[2]}`) : signed;
  return Number.isFinite(value)
    ? {value: isPercent && unit !== "%" ? value / 100 : value}
    : {problem: `“${shown}” is too large to be read as a number.`};
}

function read(digits: string): number | undefined {
  if (PLAIN.test(digits)) return Number(digits);
  return GROUPED.test(digits) ? Number(digits.replaceAll(",", "")) : undefined;
}

/** Whether two numbers are the same within the tolerance, with room for the last bits of float64. */
export const isNear = (value: number, due: number, tolerance: number): boolean =>
  Math.abs(value - due) <= tolerance + 1e-9 * Math.abs(due);
