/** Where the parts of a layer are drawn in the two halves of its picture: W₀ with x in one, A and B with h in the other. */

export type FlowSlot = "dx" | "x" | "A" | "W0" | "kept" | "down" | "base" | "B" | "up" | "h";

/**
 * Sizes in a half that is 311 wide; all grow with it, and only the letters do not. So a first frame, drawn for a width that
 * nobody knows yet, has the proportions of the picture that replaces it.
 */
const HALF = 311;
const ROW = 24;
/** Left of a matrix, where the way to A runs down when the halves are one above the other. */
const EDGE = 18;
const VECTOR = 40;
/** Columns under x: W₀'s and A's. B's are at most as wide as VECTOR. */
const INPUTS = 228;
const PIECES = 124;
/** Tops of the rows that no size of the layer moves. */
const [X, DX, A, W0] = [16, 62, 76, 128];
/** Between A and its replies, and between them and B. */
const [TO_REPLIES, TO_B] = [32, 36];
/** From W₀'s foot down to the way out, and from there to the lower edge. */
const [TO_LOW, BELOW] = [24, 8];
/** Left edges of the vectors. */
const [KEPT, UP, OUT] = [180, 168, 264];

export interface FlowPlace {
  side: "left" | "right";
  x: number;
  y: number;
  rows: number;
  cols: number;
  /** Size of a cell. */
  width: number;
  height: number;
}
export type Places = Readonly<Record<FlowSlot, FlowPlace>>;

/** How high a half is that is 311 wide, and where in it each part of the second way begins. */
function levels({d, r}: {d: number; r: number}) {
  const down = A + r * ROW + TO_REPLIES;
  const B = down + ROW + TO_B;
  const end = B + d * ROW;
  return {down, B, end, low: end + TO_LOW, height: end + TO_LOW + BELOW};
}

/** Height of a half by its width. */
export const proportion = (sizes: {d: number; r: number}): number => levels(sizes).height / HALF;

/** What the ways between the parts keep to, in a half of a width. */
export interface FlowMargins {
  half: number;
  height: number;
  /** The way past W₀, the way into A, and the one by which W₀x leaves when the halves are side by side. */
  margin: number;
  stem: number;
  low: number;
  /** The plus sign's middle. */
  plus: number;
}

export function marginsFor(sizes: {d: number; r: number}, half: number): FlowMargins {
  const {low, height} = levels(sizes);
  const u = half / HALF;
  const plus = u * ((UP + VECTOR + OUT) / 2);
  return {half, height: u * height, margin: u * (EDGE / 2 - 1), stem: u * (EDGE + 14), low: u * low, plus};
}

/**
 * x, W₀ and A share columns, W₀x shares W₀'s rows; the replies Ax share B's columns, and what B makes of them its rows. Going
 * backward ∂L/∂x has a row of its own under x, so that no block moves from one stage to the next.
 */
export function flowPlaces({d, k, r}: {d: number; k: number; r: number}, half: number): Places {
  const {down, B, end} = levels({d, r});
  const narrow = Math.min(VECTOR, PIECES / r);
  const at = (
    side: FlowPlace["side"],
    x: number,
    y: number,
    rows: number,
    cols: number,
    width: number,
    height = ROW,
  ) => {
    const u = half / HALF;
    return {side, x: u * x, y: u * y, rows, cols, width: u * width, height: u * height};
  };
  const inputs = INPUTS / k;
  const outputs = (end - W0) / d;
  return {
    x: at("left", EDGE, X, 1, k, inputs),
    dx: at("left", EDGE, DX, 1, k, inputs),
    W0: at("left", EDGE, W0, d, k, inputs, outputs),
    base: at("left", OUT, W0, d, 1, VECTOR, outputs),
    A: at("right", EDGE, A, r, k, inputs),
    down: at("right", EDGE, down, 1, r, narrow),
    kept: at("right", KEPT, down, 1, r, narrow),
    B: at("right", EDGE, B, d, r, narrow),
    up: at("right", UP, B, d, 1, VECTOR),
    h: at("right", OUT, B, d, 1, VECTOR),
  };
}
