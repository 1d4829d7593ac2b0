import type {Floats} from "./floats.ts";
import type {Block} from "./kernels.ts";
import type {HeapPrefix} from "./layer.ts";

/**
 * The prefix `name` on the heap: keys and values (P,C). Each sequence has P places before its own. The keys and values
 * that a layer computes there are overwritten by the prefix, so nothing else at those places affects another place.
 */
export function heapPrefix({views}: Floats, name: string): HeapPrefix {
  const [keys, values] = [views[`${name}.keys`], views[`${name}.values`]];
  const {rows: P, cols: C} = keys;
  /** For each of the first P places of each sequence, where its key and value begin in qkv (B·(P + T),3C). */
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
      const [dkeys, dvalues] = [grads.views[`${name}.keys`].data, grads.views[`${name}.values`].data];
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
