/** The colors of the maps, and whether black or white letters read better on them, in both themes. */

/** A color of the page in its light and its dark theme, as src/site/styles/tokens.css has it. */
interface Hue {
  light: string;
  dark: string;
}

/** The color of 0, and the colors of the other ends of the scales. */
export const HUES = {
  zero: {light: "#f6f4ee", dark: "#23252c"},
  dw: {light: "#86389c", dark: "#d08be3"},
  negative: {light: "#10819e", dark: "#2da9c3"},
  positive: {light: "#7c5f06", dark: "#b8962e"},
} satisfies Record<string, Hue>;

export type HueName = Exclude<keyof typeof HUES, "zero">;

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
/** A channel from 0 to 255 in sRGB as linear light from 0 to 1. */
const linearLight = (value: number) =>
  value <= 0.04045 * 255 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;

/** The relative luminance of a share of a hue mixed into 0's color, as color-mix(in srgb, …) does it. */
export function luminance(share: number, hue: HueName, theme: keyof Hue): number {
  const [from, to] = [channels(HUES.zero[theme]), channels(HUES[hue][theme])];
  const [r, g, b] = from.map((value, i) => linearLight(value + share * (to[i]! - value))) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The luminance L at which black, (L + 0.05) / 0.05, and white, 1.05 / (L + 0.05), have the same contrast. */
const EQUAL_CONTRAST = Math.sqrt(1.05 * 0.05) - 0.05;

/** The color of letters on a share of a hue, for CSS. */
export function letterColor(share: number, hue: HueName): string {
  const [light, dark] = (["light", "dark"] as const).map((theme) =>
    luminance(share, hue, theme) > EQUAL_CONTRAST ? "#000" : "#fff",
  );
  return light === dark ? light! : `light-dark(${light}, ${dark})`;
}
