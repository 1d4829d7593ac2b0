/** What the fold widget must say: bf16 rounded on the bits of a float32, fp32 by `Math.fround`, entry by entry. */
import {mulberry32, normal} from "../../../src/engine/linalg/random.ts";
import type {FoldParams} from "../../../src/figures/fold/model.ts";
import type {Claims} from "./oracle.ts";

/** The nearest bf16 of a float32, ties to even: half a unit of the last kept bit is added, a little less if that bit is 0. */
function bf16(x: number): number {
  const bits = new Uint32Array(Float32Array.of(x).buffer);
  bits[0] = bits[0]! + 0x7fff + ((bits[0]! >>> 16) & 1);
  bits[0] = bits[0]! & 0xffff0000;
  return new Float32Array(bits.buffer)[0]!;
}

export interface Cell {
  w: number;
  d: number;
  merged: number;
  left: number;
}

export function cellsOf(stored: FoldParams["stored"]): Cell[] {
  const round = stored === "bf16" ? bf16 : Math.fround;
  const random = mulberry32(5);
  const W0 = Array.from({length: 36}, () => 0.5 * normal(random));
  const pairs = Array.from({length: 6}, () => ({b: 0.42 * normal(random), a: 0.42 * normal(random)}));
  return W0.map((exact, k) => {
    const w = round(exact);
    const d = round(pairs[Math.floor(k / 6)]!.b * pairs[k % 6]!.a);
    const merged = round(w + d);
    return {w, d, merged, left: round(merged - d) - w};
  });
}

export function fold({sheet, stored}: FoldParams): Claims {
  const all = cellsOf(stored);
  const off = all.filter(({left}) => left !== 0).length;
  const largest = Math.max(...all.map(({left}) => Math.abs(left)));
  const share = Math.hypot(...all.map(({d}) => d)) / Math.hypot(...all.map(({w}) => w));
  return {
    summary: sheet === 0 ? [share] : sheet === 200 ? [off, 36, largest] : [],
    readouts: [[off, 36], [largest], [share]],
    caption: [],
    rows: all.map(({w, d, merged, left}, k) => [Math.floor(k / 6) + 1, (k % 6) + 1, w, d, merged, left]),
  };
}
