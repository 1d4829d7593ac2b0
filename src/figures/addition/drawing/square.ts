/** The square of W₀ as cells, with the update merged as far as it is. */
import {attributes, join} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import type {Layout} from "./layout.ts";

/** A size that has the full color, and the power by which small sizes are raised so that they can be told apart. */
const [FULL_SIZE, LIFT_POWER] = [0.8, 0.65];
/** How many steps of opacity cells have, by their size. */
const SHADES = 10;
/** How many colors cells have from slate to violet, by the share of a cell that comes from the update. */
const TONES = 4;
/** The step of opacity for an entry. */
const shadeOf = (value: number): number => Math.round(Math.min(1, Math.abs(value) / FULL_SIZE) ** LIFT_POWER * SHADES);

/** What the square shows. */
interface Square {
  W0: Float64Array;
  A: Float64Array;
  B: Float64Array;
  scale: number;
  /** From 0, before the merge, to 1. */
  merged: number;
  /** Only the update is shown. */
  isUpdate: boolean;
}

/** Draws the cells, with one path for each shade and tone: slate is what was frozen, violet what A and B add. */
export function drawCells(g: Element, {W0, A, B, scale, merged, isUpdate}: Square, {count, left, top, cell}: Layout) {
  const size = rounded(cell - (cell > 8 ? 1 : 0.6));
  const paths = new Map<number, string>();
  const sweptCount = merged * (count + 1);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const [w0, change] = [W0[i * count + j]!, scale * B[i]! * A[j]!];
      const isMerged = i < sweptCount && j < sweptCount;
      const value = isUpdate ? change : isMerged ? w0 + change : w0;
      const share = isUpdate ? 1 : isMerged ? Math.abs(change) / (Math.abs(change) + Math.abs(w0)) : 0;
      const key = Math.round(share * (TONES - 1)) * (SHADES + 1) + shadeOf(value);
      const [x, y] = [rounded(left + j * cell), rounded(top + i * cell)];
      paths.set(key, `${paths.get(key) ?? ""}M${x} ${y}h${size}v${size}h${-size}z`);
    }
  const keys = [...paths.keys()].sort((one, other) => one - other);
  const name = (key: number) => `tone-${Math.floor(key / (SHADES + 1))}`;
  join(layer(g, "g", "cells-of-square"), "path", keys, {name, key: (key) => key}, (path, key) =>
    attributes(path, {
      d: paths.get(key)!,
      "fill-opacity": rounded(0.1 + (0.9 * (key % (SHADES + 1))) / SHADES, 2),
    }),
  );
}
