/** How numbers are written: counts, sizes, percents, ratios. */

const THIN_SPACE = "\u2009";
const MINUS_SIGN = "−";

/**
 * x ≥ 0 with `decimals` digits after the point, halves rounded up, commas between thousands; `isCut` leaves out zeros at the end.
 * Below 1e21 it writes what `Intl.NumberFormat` would, which costs a slow phone 50 ms at its first use, before anything is drawn;
 * d3-format adds 2 kB and writes 1.005 as 1.00.
 */
function decimalText(x: number, decimals: number, isCut?: boolean): string {
  const [shortest, power = 0] = String(x).split("e");
  const rounded = String(Math.round(Number(`${shortest}e${Number(power) + decimals}`)));
  // A negative count of decimals means as many zeros before the point.
  const digits = rounded.padStart(decimals + 1, "0") + "0".repeat(Math.max(-decimals, 0));
  const point = digits.length - Math.max(decimals, 0);
  const part = digits.slice(point).replace(isCut ? /0+$/ : "", "");
  return digits.slice(0, point).replace(/\B(?=(\d{3})+$)/g, ",") + (part && `.${part}`);
}

/** 150994944 → "150,994,944". */
export const whole = (x: number): string => signed(decimalText(Math.abs(x), 0), x);

/** Fixed decimals with a true minus: fixed(-0.5, 2) → "−0.50"; no minus before a rounded zero; 2e9 → "2.0 × 10⁹". */
export function fixed(x: number, decimals: number): string {
  return Math.abs(x) < 1e9 ? signed(decimalText(Math.abs(x), decimals), x) : scientific(x);
}

/** A count with its noun: counted(1, "number") → "1 number", counted(2304, "number") → "2,304 numbers". */
export const counted = (n: number, noun: string): string => `${whole(n)} ${noun}${n === 1 ? "" : "s"}`;

/** Shares this close to 0 or 1 differ from them by rounding alone, as after a sum of thousands of float64 terms. */
const ROUNDING = 1e-12;

/**
 * Share of one as percent: 0.1357 → "13.6%". Small shares keep two digits, 0.00004 → "0.004%"; tiny ones read
 * "< 0.0001%"; and a share below 1 never reads 100%: 0.99998 → "99.998%".
 */
export function percent(share: number): string {
  if (Math.abs(share) < ROUNDING) return "0%";
  if (Math.abs(1 - share) < ROUNDING) return "100%";
  const p = share * 100;
  if (Math.abs(p) < 1e-4) return p < 0 ? `> ${MINUS_SIGN}0.0001%` : "< 0.0001%";
  if (p >= 99.95 && p < 100) return `${fixed(Math.floor(p * 1000) / 1000, 3)}%`;
  return `${Math.abs(p) >= 0.95 ? fixed(p, 1) : significant(p, 2)}%`;
}

/** The number of letters in doubt at a loss in nats: e to the loss, 2.15 → 8.58. */
export const lettersInDoubt = (loss: number): number => Math.exp(loss);

/** The letters in doubt at a loss in nats, to one decimal: 2.15 → "8.6". */
export const doubtText = (loss: number): string => fixed(lettersInDoubt(loss), 1);

/** A count in short: 4718592 → "4.72 M", 98304 → "98.3 k" (thin space before the unit). */
export const countText = (x: number): string => inUnits(x, "T B M k") ?? whole(x);

/** A size in powers of ten: 37748736 → "37.7 MB", 512 → "512 bytes", 0 → "0". */
export const bytesText = (x: number): string =>
  inUnits(x, "PB TB GB MB kB") ?? (x ? counted(Math.round(x), "byte") : whole(x));

/** x to three digits in the largest unit that it reaches, the smallest being a thousand; undefined below that. */
function inUnits(x: number, names: string): string | undefined {
  const units = names.split(" ");
  const sizes = units.map((_, i) => 1000 ** (units.length - i));
  // What would round to 1,000 of a unit is shown as 1 of the next.
  const at = sizes.findIndex((size) => Math.abs(x) >= 0.9995 * size);
  return at < 0 ? undefined : `${significant(x / sizes[at]!, 3)}${THIN_SPACE}${units[at]}`;
}

/** A ratio: 1536 → "1,536×", 6 → "6×", 1.234 → "1.23×". */
export const times = (x: number): string => `${x >= 100 || Number.isInteger(x) ? whole(x) : significant(x, 3)}×`;

/** x to `digits` significant digits, without zeros at the end: significant(0.12, 3) → "0.12". */
export function significant(x: number, digits: number): string {
  const [, power] = x.toExponential().split("e");
  return signed(decimalText(Math.abs(x), digits - 1 - Number(power), true), x);
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A power of ten: tenTo(-12) → "10⁻¹²". */
export const tenTo = (power: number): string =>
  `10${power < 0 ? "⁻" : ""}${Array.from(String(Math.abs(power)), (digit) => SUPERSCRIPTS[Number(digit)]).join("")}`;

/** A size of any magnitude to two digits: 0.0039 → "0.0039", 6.7e-8 → "6.7 × 10⁻⁸", 0 → "0". */
export function twoDigits(x: number): string {
  return x === 0 || Math.abs(x) >= 1e-3 ? significant(x, 2) : scientific(x);
}

/** "6.7 × 10⁻⁸" */
function scientific(x: number): string {
  const [digits, power] = Math.abs(x).toExponential(1).split("e");
  return signed(`${digits} × ${tenTo(Number(power))}`, x);
}

/** Larger sizes read "> 1,000,000". */
const MAX_PRINTED = 1e6;

/** A size to three decimals. Only an exact 0 reads "0"; what would round to 0.000 reads "< 0.001". */
export function thousandths(x: number): string {
  if (x === 0) return "0";
  if (x < 0.0005) return "< 0.001";
  if (x > MAX_PRINTED) return `> ${whole(MAX_PRINTED)}`;
  return x < 100 ? fixed(x, 3) : whole(x);
}

/** The text of a size with the sign of x; no minus before zero. */
const signed = (text: string, x: number): string => (x < 0 && /[1-9]/.test(text) ? MINUS_SIGN + text : text);

/** The phrase with a capital, to begin a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
