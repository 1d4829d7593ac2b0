const THIN = "\u2009";
const MINUS = "−";
const TIGHT = new Set(["%", "×", ""]);
const SUPERSCRIPT: Record<string, string> = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
};

/** A number for the reader: 150994944 → "150,994,944", −0.5 → "−0.5", 0.00005 → "5 × 10⁻⁵"; with `decimals`, exactly so many. */
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

/** A range with an en dash, the unit once: range(20.7, 30.3, "%") → "20.7–30.3%". */
export function rangeText(from: number, to: number, unit = "", decimals?: number): string {
  return `${plainNumber(from, decimals)}–${quantity(to, unit, decimals)}`;
}

/** A value with its spread, the unit once: spread(73.4, 0.5, "%", 1) → "73.4 ± 0.5%". */
export function valueWithSpread(value: number, sd: number, unit = "", decimals?: number): string {
  return `${plainNumber(value, decimals)}${THIN}±${THIN}${quantity(sd, unit, decimals)}`;
}

function scientific(size: number): string {
  const [mantissa, exponent] = size.toExponential().split("e");
  const raised = [...String(Number(exponent))].map((c) => SUPERSCRIPT[c]).join("");
  return `${mantissa}${THIN}×${THIN}10${raised}`;
}
