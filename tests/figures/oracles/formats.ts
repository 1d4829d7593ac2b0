/** Numbers as each format stores them, by its bits. */
import type {StoredFormat} from "../../../src/figures/shared/storedFormats.ts";

export type Rows = number[][];

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The nearest float32, by the machine's own conversion. */
export function float32(x: number): number {
  float[0] = x;
  return float[0];
}

/**
 * The nearest bf16, ties to even. What lies between two bf16 is decided in exact steps: cut to the upper 16 bits of the
 * float32 toward zero, then compare the remainder with half a step. Good for normal numbers.
 */
function bfloat16(x: number): number {
  float[0] = Math.abs(x);
  // The float32 may have been rounded up past a bf16; cut it from below.
  if (float[0] > Math.abs(x)) bits[0]! -= 1;
  const code = bits[0]! >>> 16;
  bits[0] = code << 16;
  const below = float[0]!;
  bits[0] = (code + 1) << 16;
  const above = float[0]!;
  const [down, up] = [Math.abs(x) - below, above - Math.abs(x)];
  const nearest = down < up || (down === up && code % 2 === 0) ? below : above;
  return x < 0 ? -nearest : nearest;
}

/** A row through int8: shares of its largest in 127ths, ties to even. */
function int8(row: readonly number[]): number[] {
  const most = Math.max(...row.map(Math.abs));
  return row.map((x) => {
    const share = (127 * x) / most;
    const low = Math.floor(share);
    const code = share - low > 0.5 || (share - low === 0.5 && low % 2 !== 0) ? low + 1 : low;
    return (code / 127) * most;
  });
}

export const storedByBits: Readonly<Record<StoredFormat, (m: Rows) => Rows>> = {
  fp64: (m) => m,
  fp32: (m) => m.map((row) => row.map(float32)),
  bf16: (m) => m.map((row) => row.map(bfloat16)),
  int8: (m) => m.map(int8),
};
