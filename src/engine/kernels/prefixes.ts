import type {Floats} from "./floats.ts";
import type {Block} from "./kernels.ts";
import type {HeapPrefix} from "./layer.ts";

/**
 * The prefix called `at` on the heap: keys and values (P,C). Each sequence gets P places before its own; whatever a layer
 * computes for keys and values there is written over, so those places hold the prefix and nothing else of them reaches
 * another place.
 */
export function heapPrefix({views}: Floats, at: string): HeapPrefix {
  const [keys, values] = [views[`${at}.keys`], views[`${at}.values`]];
  const {rows: P, cols: C} = keys;
  /** Where key and value of place p of sequence b begin in qkv (B·(P + T),3C). */
  function* placesOf(qkv: Block, B: number) {
    const S = qkv.rows / B;
    for (let b = 0; b < B; b++) {
      for (let p = 0; p < P; p++) {
        const key = ((b * S + p) * 3 + 1) * C;
        yield {own: p * C, key, value: key + C};
      }
    }
  }
  return {
    P,
    write(qkv, B) {
      for (const {own, key, value} of placesOf(qkv, B)) {
        qkv.data.set(keys.data.subarray(own, own + C), key);
        qkv.data.set(values.data.subarray(own, own + C), value);
      }
    },
    take(dqkv, B, grads) {
      const [dkeys, dvalues] = [grads.views[`${at}.keys`].data, grads.views[`${at}.values`].data];
      for (const {own, key, value} of placesOf(dqkv, B)) {
        for (let c = 0; c < C; c++) {
          dkeys[own + c] += dqkv.data[key + c];
          dvalues[own + c] += dqkv.data[value + c];
        }
        dqkv.data.fill(0, key, key + 2 * C);
      }
    },
  };
}
