/** The blocks of the layer: which ones each stage shows, and where they are. */
import type {Sheet} from "../../figure/plot/picture.ts";
import type {LayerPart} from "./model.ts";
import type {ForwardStage} from "./trace.ts";

/** The places for blocks; a gradient is beside the matrix or vector that it belongs to. */
export type Slot = "dx" | "x" | "A" | "da" | "W0" | "down" | "du" | "base" | "B" | "db" | "up" | "h" | "y";

/** A matrix or a vector of the layer in the picture. */
export interface Block {
  slot: Slot;
  /** The part of the layer whose numbers it shows. */
  part: LayerPart;
  label: string;
  /** An outline without numbers. */
  isEmpty?: boolean;
}

/** W₀ is (d,k), A (r,k) and B (d,r). */
interface Sizes {
  d: number;
  k: number;
  r: number;
}

/** The blocks of a stage; `factor` is α/r as text. */
export function blocksOf(stage: ForwardStage, {d, k, r}: Sizes, factor: string): readonly Block[] {
  const block = (slot: Slot, label: string, part: LayerPart = slot): Block => ({slot, part, label});
  const outline = (slot: Slot, label: string): Block => ({...block(slot, label), isEmpty: true});
  const [x, W0, base] = [block("x", "x"), block("W0", `W₀ (${d}×${k}), frozen`), block("base", "W₀x")];
  const [A, down, B, up] = [
    block("A", `A (${r}×${k})`),
    block("down", "Ax"),
    block("B", `B (${d}×${r})`),
    block("up", `${factor}·BAx`),
  ];
  const y = block("y", "target y");
  switch (stage) {
    case "freeze":
      return [x, W0, base, block("h", "h", "base"), y, outline("A", "A, to come"), outline("B", "B, to come")];
    case "insert":
      return [
        outline("x", "x"),
        A,
        W0,
        outline("base", "W₀x"),
        outline("down", "Ax"),
        B,
        outline("up", up.label),
        outline("h", "h"),
      ];
    case "forward":
      return [x, A, W0, base, down, B, up, block("h", "h"), y];
    case "backward":
      return [
        x,
        block("dx", "∂L/∂x"),
        block("A", "A"),
        block("da", "∂L/∂A"),
        block("W0", "W₀: no gradient"),
        down,
        block("du", `${factor}·Bᵀg`),
        block("B", "B"),
        block("db", "∂L/∂B"),
        block("base", "g", "g"),
        block("up", "g", "g"),
        block("h", "g", "g"),
      ];
    case "merge":
      return [
        x,
        block("W0", `W = W₀ + ${factor}·BA`, "w"),
        block("base", "Wx", "out"),
        block("h", "h before"),
        outline("A", "A, in W"),
        outline("B", "B, in W"),
      ];
  }
}

/** A block's corner, in units, and its size in cells. */
interface BlockPlace {
  x: number;
  y: number;
  rows: number;
  cols: number;
}

/** Where everything is, in units. */
export interface LayerPlaces {
  cell: {width: number; height: number};
  slots: Readonly<Record<Slot, BlockPlace>>;
  /** The y of three paths: the path through A and B, the path through W₀, and x and h between them. */
  upper: number;
  lower: number;
  middle: number;
  /** The x at which the paths part, and at which they meet. */
  fork: number;
  plus: number;
}

/** The heights that labels take: above and below the picture each, and in all. */
const [LABEL_HEIGHT, ALL_LABELS_HEIGHT] = [20, 70];
/** Between two blocks that belong together, a vector and its gradient; and between h and its target. */
const [PAIR_GAP, TARGET_GAP] = [3, 14];
/** The other gaps from x to h are multiples of one length, which is at least and at most this. */
const [MIN_GAP, MAX_GAP] = [9, 34];
/** Each of these gaps as a multiple of that length. */
const GAPS = {afterX: 1.6, afterA: 1, afterDown: 1, afterB: 1, beforeH: 2.6};
const ALL_GAPS = Object.values(GAPS).reduce((sum, share) => sum + share, 0);
/** What is left free at both ends of the picture together, at least. */
const ALL_ENDS = 8;
/** Between A and its gradient, where A's label stands; and between Ax and its gradient. */
const [A_GRADIENT_GAP, AX_GRADIENT_GAP] = [18, 4];
/** The largest side of a cell. */
const MAX_CELL = 48;

/** How many cells the layer is high: W₀ below A and its gradient, W₀ below B, or x, whichever needs the most. */
const rowCount = ({d, k, r}: Sizes): number => Math.max(2 * d, 1.5 * (d + r), k);

/** The height of the picture with cells of this height. */
export const heightFor = (sizes: Sizes, cell: number): number => ALL_LABELS_HEIGHT + rowCount(sizes) * cell;

/** Lays out the layer: A and B above, with their gradients; W₀ below A; h and its target where both paths meet. */
export function placesOf(sizes: Sizes, {width, height}: Sheet): LayerPlaces {
  const {d, k, r} = sizes;
  // ∂L/∂x, x, Ax, BAx, h and y have a column each, A has k, and B and its gradient r each.
  const columns = 6 + k + 2 * r;
  const freeWidth = width - 2 * PAIR_GAP - TARGET_GAP - ALL_ENDS;
  const cellWidth = Math.min((freeWidth - ALL_GAPS * MIN_GAP) / columns, MAX_CELL);
  const cellHeight = Math.min((height - ALL_LABELS_HEIGHT) / rowCount(sizes), MAX_CELL);
  const gap = Math.min((freeWidth - columns * cellWidth) / ALL_GAPS, MAX_GAP);
  const middle = height / 2;
  const pathDistance = (height - 2 * LABEL_HEIGHT - d * cellHeight) / 2;
  const [upper, lower] = [middle - pathDistance, middle + pathDistance];
  // The left edge of each column. Space that is left over goes to both ends.
  const dx = (width - columns * cellWidth - ALL_GAPS * gap - 2 * PAIR_GAP - TARGET_GAP) / 2;
  const x = dx + cellWidth + PAIR_GAP;
  const A = x + cellWidth + GAPS.afterX * gap;
  const down = A + k * cellWidth + GAPS.afterA * gap;
  const B = down + cellWidth + GAPS.afterDown * gap;
  const db = B + r * cellWidth + PAIR_GAP;
  const up = db + r * cellWidth + GAPS.afterB * gap;
  const h = up + cellWidth + GAPS.beforeH * gap;
  const place = (left: number, center: number, rows: number, cols: number): BlockPlace => ({
    x: left,
    y: center - (rows * cellHeight) / 2,
    rows,
    cols,
  });
  return {
    cell: {width: cellWidth, height: cellHeight},
    slots: {
      dx: place(dx, middle, k, 1),
      x: place(x, middle, k, 1),
      A: place(A, upper, r, k),
      da: place(A, upper + r * cellHeight + A_GRADIENT_GAP, r, k),
      W0: place(A, lower, d, k),
      down: place(down, upper, r, 1),
      du: place(down, upper + r * cellHeight + AX_GRADIENT_GAP, r, 1),
      base: place(up, lower, d, 1),
      B: place(B, upper, d, r),
      db: place(db, upper, d, r),
      up: place(up, upper, d, 1),
      h: place(h, middle, d, 1),
      y: place(h + cellWidth + TARGET_GAP, middle, d, 1),
    },
    upper,
    lower,
    middle,
    fork: x + cellWidth + 0.6 * GAPS.afterX * gap,
    plus: up + cellWidth + (GAPS.beforeH * gap) / 2,
  };
}
