import type {Sheet} from "../../../figure/plot/picture.ts";

/** Between a factor and the product. */
const GAP = 8;
/** B and A may take these shares of the sum's width and height, left of it and above it. */
const [ACROSS, DOWN] = [0.22, 0.26];
/** The line of words under the sum. */
const FOOT = 24;
/** Between the sum and the pieces, and between two pieces. */
const [APART, BETWEEN] = [28, 12];
/** A piece's strips of B and A with the gap after them, and the line of words over it. */
export const [START, WORDS] = [14, 18];

/** Where a piece lies when it is not in the sum, and the edge of its cells there. */
interface Place {
  x: number;
  y: number;
  cell: number;
}

/** Where the parts are drawn, in units. */
export interface ProductPlan {
  /** What B takes at the left of the sum, and A above it. */
  strip: number;
  sum: Place;
  places: readonly Place[];
  /** Beside a piece's name there is room for words. */
  isRoomy: boolean;
}

/** The sum with its factors, and the r pieces beside it, or below it where the picture is not wide. */
export function productPlan({width, height}: Sheet, {d, k, r}: Record<"d" | "k" | "r", number>): ProductPlan {
  const isBeside = width > 1.25 * height;
  const [wide, high] = isBeside ? [0.73 * width, height] : [width, height - Math.min(0.33 * height, 160)];
  const strip = Math.min(ACROSS * wide, DOWN * high);
  const outer = strip + GAP;
  const cell = Math.min((wide - outer) / k, (high - outer - FOOT) / d);
  const room = isBeside
    ? {width: width - wide - APART, height: (height - (r - 1) * BETWEEN) / r}
    : {width: (width - (r - 1) * BETWEEN) / r, height: height - high};
  const small = Math.min((room.width - START) / k, (room.height - WORDS - START) / d);
  const places = Array.from({length: r}, (_, l) => ({
    x: isBeside ? wide + APART : l * (room.width + BETWEEN),
    y: isBeside ? l * (room.height + BETWEEN) : high,
    cell: small,
  }));
  return {
    strip,
    sum: {x: outer, y: outer, cell},
    places,
    isRoomy: room.width > 110,
  };
}
