/** Numbers as a reader sees them, read back from text. */

export interface Shown {
  text: string;
  value: number;
  /** One unit of the last digit shown. */
  unit: number;
}

const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** "⁻¹²" → -12. */
const powerOf = (text: string): number =>
  Number(text.replace("⁻", "-").replace(/[⁰¹²³⁴-⁹]/g, (digit) => String(digits.indexOf(digit))));

/** "−1,536.50" → 1536.5 to the hundredth, below zero; "6.7 × 10⁻⁸" is one number. Every number of a text, in order. */
export function numbersIn(text: string): Shown[] {
  const pattern = /(?<![\w.])(< )?([−-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?: × 10([⁻⁰¹²³⁴-⁹]+))?/g;
  return [...text.matchAll(pattern)].map(([shown, under, sign, integer = "", decimals = "", power = ""]) => {
    const size = Number(`${integer.replaceAll(",", "")}${decimals}e${powerOf(power)}`);
    const value = sign ? -size : size;
    // "< 0.0001" is anything from 0 to that.
    if (under) return {text: shown, value: value / 2, unit: value};
    return {text: shown, value, unit: 10 ** (powerOf(power) - Math.max(decimals.length - 1, 0))};
  });
}

/** One sentence for each number of `text` that is not the exact one due there, at the rounding shown. */
export function disagreements(text: string, due: readonly number[]): string[] {
  const shown = numbersIn(text);
  if (shown.length !== due.length)
    return [`“${text}” has ${shown.length} numbers, ${due.length} were due: ${due.join(", ")}`];
  return shown.flatMap(({text: one, value, unit}, i) => {
    const slack = roundingOf(one, value, unit);
    return Math.abs(value - due[i]!) <= slack ? [] : [`“${text}” shows ${one} for ${due[i]}`];
  });
}

/** Half a unit of the last digit; a share just below 100% is cut and not rounded, so it may be a whole one. */
function roundingOf(text: string, value: number, unit: number): number {
  const cut = value >= 99.95 && value < 100 && /\.\d{3}$/.test(text);
  return (cut ? unit : unit / 2) + 1e-9 * Math.max(Math.min(1, unit), Math.abs(value));
}
