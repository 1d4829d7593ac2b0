/** How the inspector writes numbers and texts. */
import {capital} from "../figure/plot/text/format.ts";

/** Three digits or so: 6.66, 0.031, 517; very small and very large ones with an exponent. */
export function short(x: number, digits = 3): string {
  if (x === 0) return "0";
  const size = Math.abs(x);
  if (!Number.isFinite(x)) return String(x);
  if (size >= 1e5 || size < 1e-4) return x.toExponential(Math.max(0, digits - 1));
  return size >= 100 ? String(Math.round(x)) : String(Number(x.toPrecision(digits)));
}

/** Bytes in units of a thousand: 3.25 MB. */
export function fileSizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [unit, factor] = bytes >= 1e9 ? ["GB", 1e9] : bytes >= 1e6 ? ["MB", 1e6] : ["kB", 1e3];
  return `${Number((bytes / Number(factor)).toPrecision(3))} ${unit}`;
}

/** 0.1026 → 10.3%. */
export const fixedPercent = (share: number, decimals = 1): string => `${(100 * share).toFixed(decimals)}%`;

/** A capital first, but not where the first word is the name of a module, a file or a field. */
export const capitalUnlessName = (text: string): string =>
  /^[^\s:]*[\d._]|^(?:r|bias) is /.test(text) ? text : capital(text);

/** The text with no-break spaces within formulas such as α / r = 2 and r = 8. */
export const unbroken = (text: string): string =>
  text.replace(/α(?: \/ √?r)?(?: [=/] [\d.]+)*|\br = \d+/g, (formula) => formula.replaceAll(" ", "\u00a0"));
