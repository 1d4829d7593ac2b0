/** Where the sum, its factors and its pieces are drawn. */
import type {Sheet} from "../../../figure/plot/picture.ts";

/** Between a factor and the product. */
const GAP = 8;
/** The largest shares of the width and of the height that B and A may take. */
const [WIDTH_SHARE, HEIGHT_SHARE] = [0.22, 0.26];
/** The line of words under the sum. */
const FOOT = 24;
/** Between the sum and the pieces, and between two pieces. */
const [PIECES_GAP, PIECE_GAP] = [28, 12];
/** Room for a piece's column of B or row of A and the gap after it; the height of the name above them. */
export const [START, WORDS] = [14, 18];

/** The top left corner of a matrix, and the edge of its cells. */
interface Place {
  x: number;
  y: number;
  cell: number;
}

/** Where the parts are drawn, in units. */
export interface ProductPlan {
  /** Width of B and height of A. */
  strip: number;
  sum: Place;
  /** Where each piece lies while it is not in the sum. */
  places: readonly Place[];
  /** There is room to say beside a piece's name whether it is in the sum. */
  isRoomy: boolean;
}

/** The sum with its factors, and the r pieces beside it, or below it where the picture is not wide. */
export function productPlan({width, height}: Sheet, {d, k, r}: Record<"d" | "k" | "r", number>): ProductPlan {
  const isBeside = width > 1.25 * height;
  const [factorsWidth, factorsHeight] = isBeside
    ? [0.73 * width, height]
    : [width, height - Math.min(0.33 * height, 160)];
  const strip = Math.min(WIDTH_SHARE * factorsWidth, HEIGHT_SHARE * factorsHeight);
  const outer = strip + GAP;
  const cell = Math.min((factorsWidth - outer) / k, (factorsHeight - outer - FOOT) / d);
  const room = isBeside
    ? {width: width - factorsWidth - PIECES_GAP, height: (height - (r - 1) * PIECE_GAP) / r}
    : {width: (width - (r - 1) * PIECE_GAP) / r, height: height - factorsHeight};
  const small = Math.min((room.width - START) / k, (room.height - WORDS - START) / d);
  const places = Array.from({length: r}, (_, l) => ({
    x: isBeside ? factorsWidth + PIECES_GAP : l * (room.width + PIECE_GAP),
    y: isBeside ? l * (room.height + PIECE_GAP) : factorsHeight,
    cell: small,
  }));
  return {
    strip,
    sum: {x: outer, y: outer, cell},
    places,
    isRoomy: room.width > 110,
  };
}
