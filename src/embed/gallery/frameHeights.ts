/** The measured heights of figures, in frames and as elements. */
import measuredHeights from "../../../content/heights.json" with {type: "json"};
import {COLUMN_WIDTH, ELEMENT_WIDTHS} from "../../figure/share/height.ts";

/**
 * The widths in CSS pixels at which frames are measured: those of elements (`ELEMENT_WIDTHS`), but 960 in place of 1280, because a figure in
 * a frame grows no wider.
 */
export const frameWidths = [320, 360, 400, 448, 449, 500, 540, COLUMN_WIDTH, 720, 927, 928, 960] as const;
type FrameWidth = (typeof frameWidths)[number];

const heights: Readonly<Record<string, readonly number[]>> = {...measuredHeights.heights, ...measuredHeights.presets};

/**
 * The height that a frame of this width needs around a widget ("rank") or a preset ("rank/two-pieces-make-a-sky"), in CSS pixels, as
 * `npm run heights` measured it. What is not measured yet gets the height of the tallest, so that it can be built and then measured.
 */
export function frameHeight(name: string, width: FrameWidth = COLUMN_WIDTH): number {
  const i = frameWidths.indexOf(width);
  return heights[name]?.[i] ?? Math.max(0, ...Object.values(heights).map((measures) => measures[i]!));
}

/** The heights of the element at `ELEMENT_WIDTHS`; beyond the widest frame they stay the same. */
export const elementHeights = (name: string): number[] =>
  ELEMENT_WIDTHS.map((width) => frameHeight(name, width === 1280 ? 960 : width));
