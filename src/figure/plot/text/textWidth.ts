/** The estimated width of a text. */

/** Widths in ems of groups of Inter's letters. Letters in none of them are taken to be as wide as a capital. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;'’|!]/, 0.33],
  [/[\s()[\]/frtI·-]/, 0.42],
  [/[mwMW%@—×⁻]/, 1.02],
  [/[0-9–−±+=<>≤≥]/, 0.67],
  [/[a-z?*"“”]/, 0.62],
];
const CAPITAL_WIDTH = 0.78;

/** The widths of letters that have occurred, by their codes. */
const letterWidths: number[] = [];

/** About how wide a text is, in the unit of the font size, and rather too wide than too narrow: at build nothing can be measured. */
export function textWidth(text: string, fontSize = 13): number {
  let sum = 0;
  for (let n = 0; n < text.length; n++)
    sum += letterWidths[text.charCodeAt(n)] ??=
      widths.find(([letters]) => letters.test(text[n]!))?.[1] ?? CAPITAL_WIDTH;
  return sum * fontSize;
}
