/** What the fold widget must say: each swap entry by entry, formats by their bits. */
import {mulberry32, normal} from "../../../src/engine/linalg/random.ts";
import type {FoldParams} from "../../../src/figures/fold/model.ts";
import {storedByBits} from "./formats.ts";
import type {Claims} from "./oracle.ts";

const chunks = (all: readonly number[]): number[][] => Array.from({length: 6}, (_, i) => all.slice(6 * i, 6 * i + 6));

export interface Cell {
  /** Before the swap. */
  w: number;
  d: number;
  merged: number;
  /** After unmerging, less what W₀ was before any swap. */
  left: number;
}

/** The cells in each swap, the first at 0. */
export function swapsOf(stored: FoldParams["stored"]): Cell[][] {
  const round = (all: readonly number[]) => storedByBits[stored](chunks(all)).flat();
  const random = mulberry32(5);
  const first = round(Array.from({length: 36}, () => 0.5 * normal(random)));
  let base = first;
  return Array.from({length: 61}, () => {
    const pairs = Array.from({length: 6}, () => ({b: 0.42 * normal(random), a: 0.42 * normal(random)}));
    const exact = first.map((_, k) => pairs[Math.floor(k / 6)]!.b * pairs[k % 6]!.a);
    const change = stored === "int8" ? exact.map(Math.fround) : round(exact);
    const before = base;
    const merged = round(before.map((w, k) => w + change[k]!));
    base = round(merged.map((w, k) => w - change[k]!));
    return before.map((w, k) => ({w, d: change[k]!, merged: merged[k]!, left: base[k]! - first[k]!}));
  });
}

export function fold({sheet, swaps, stored}: FoldParams): Claims {
  const all = swapsOf(stored);
  const done = sheet > 100 ? swaps + 1 : swaps;
  const errors = done ? all[done - 1]!.map(({left}) => left) : Array<number>(36).fill(0);
  const off = errors.filter((error) => error !== 0).length;
  const largest = Math.max(...errors.map(Math.abs));
  const cells = all[swaps]!;
  const share = Math.hypot(...cells.map(({d}) => d)) / Math.hypot(...cells.map(({w}) => w));
  return {
    summary: done ? [done, off, 36, largest, share] : [share],
    readouts: [[off, 36, done], [largest], [share]],
    caption: [done],
    rows: cells.map(({w, d, merged}, k) => [Math.floor(k / 6) + 1, (k % 6) + 1, w, d, merged, errors[k]!]),
  };
}
