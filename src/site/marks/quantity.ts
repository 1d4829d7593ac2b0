import {tenTo} from "../../figure/plot/text/format.ts";

const THIN = "\u2009";
const MINUS = "−";
/** Units without a space before them. */
const TIGHT = new Set(["%", "×", ""]);

/** A number for the reader: 150994944 → "150,994,944", −0.5 → "−0.5", 0.00005 → "5 × 10⁻⁵"; with `decimals`, exactly that many digits after the point. */
export function plainNumber(value: number, decimals?: number): string {
  const size = Math.abs(value);
  const text =
    decimals === undefined && size > 0 && size < 1e-3
      ? scientific(size)
      : size.toLocaleString("en-US", {minimumFractionDigits: decimals ?? 0, maximumFractionDigits: decimals ?? 6});
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** A number with its unit: a thin space before units ("37.7 MB", "4.7 M"), none before % and × ("73.4%", "10,000×"). */
export function quantity(value: number, unit = "", decimals?: number): string {
  return `${plainNumber(value, decimals)}${TIGHT.has(unit) ? "" : THIN}${unit}`;
}

/** A small size as a power of ten: 0.00005 → "5 × 10⁻⁵". */
function scientific(size: number): string {
  const [mantissa, exponent] = size.toExponential().split("e");
  return `${mantissa}${THIN}×${THIN}${tenTo(Number(exponent))}`;
}
