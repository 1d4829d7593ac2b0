/** Numbers as the practice page writes them. */
import {counted, whole} from "../figure/plot/text/format.ts";

/** A count: in full below a million, from there on to three digits in words: "41.9 million". */
export function amountText(n: number): string {
  if (n < 1e6) return whole(n);
  const [unit, word] = n >= 1e9 ? [1e9, "billion"] : [1e6, "million"];
  return `${Number((n / unit).toPrecision(3)).toLocaleString("en-US")} ${word}`;
}

/** Bytes: "16.1 GB", "84 MB". */
export function memoryText(bytes: number): string {
  const [unit, word] =
    bytes >= 1e12 ? [1e12, "TB"] : bytes >= 1e9 ? [1e9, "GB"] : bytes >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  const x = bytes / unit;
  return `${x >= 100 ? Math.round(x).toLocaleString("en-US") : Number(x.toPrecision(x >= 10 ? 3 : 2))} ${word}`;
}

/** A learning rate as configurations write it: 2e-4. */
export const rateText = (x: number): string => x.toExponential().replace("e+0", "");

/** A quotient of powers of two: "2", "1/4". */
export const quotientText = (x: number): string => (x >= 1 ? String(x) : `1/${1 / x}`);

/** "about 1,689 steps", and "1 step" where there is but one. */
export const aboutCounted = (n: number, thing: string): string => (n === 1 ? "" : "about ") + counted(n, thing);
