import type {Floats} from "./floats.ts";
import type {Block} from "./kernels.ts";

/**
 * Keys and values (P,C) of a prefix on the heap, and their name in the layout. Each sequence gets P places before its
 * own; whatever a layer computes for keys and values there is written over, so those places hold the prefix and nothing
 * else of them reaches another place.
 */
export interface HeapPrefix {
  at: string;
  keys: Block;
  values: Block;
}

export const prefixAt = ({views}: Floats, at: string): HeapPrefix => ({
  at,
  keys: views[`${at}.keys`],
  values: views[`${at}.values`],
});

/** Where key and value of place p of sequence b begin in qkv (B·(P + T),3C). */
function* placesOf({keys: {rows: P, cols: C}}: HeapPrefix, qkv: Block, B: number) {
  const S = qkv.rows / B;
  for (let b = 0; b < B; b++) {
    for (let p = 0; p < P; p++) {
      const key = ((b * S + p) * 3 + 1) * C;
      yield {own: p * C, key, value: key + C};
    }
  }
}

/** Puts the prefix before the keys and values of all B sequences. */
export function writePrefix(prefix: HeapPrefix, qkv: Block, B: number): void {
  const {keys, values} = prefix;
  const C = keys.cols;
  for (const {own, key, value} of placesOf(prefix, qkv, B)) {
    qkv.data.set(keys.data.subarray(own, own + C), key);
    qkv.data.set(values.data.subarray(own, own + C), value);
  }
}

/** Adds what arrives at the prefix's keys and values in dqkv to their gradients; no projection gets any of it. */
export function takePrefix(prefix: HeapPrefix, dqkv: Block, B: number, grads: Floats): void {
  const [dkeys, dvalues] = [grads.views[`${prefix.at}.keys`].data, grads.views[`${prefix.at}.values`].data];
  const C = prefix.keys.cols;
  for (const {own, key, value} of placesOf(prefix, dqkv, B)) {
    for (let c = 0; c < C; c++) {
      dkeys[own + c] += dqkv.data[key + c];
      dvalues[own + c] += dqkv.data[value + c];
    }
    dqkv.data.fill(0, key, key + 2 * C);
  }
}
