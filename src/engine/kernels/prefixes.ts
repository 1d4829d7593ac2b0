import type {Floats} from "./floats.ts";
import type {HeapPrefix} from "./layer.ts";

/**
 * The prefix `name` on the heap: keys and values (P,C). Each sequence has P places before its own. The keys and values
 * that a layer computes there are overwritten by the prefix, so nothing else at those places affects another place.
 */
export function heapPrefix({views}: Floats, name: string): HeapPrefix {
  const [keys, values] = [views[`${name}.keys`], views[`${name}.values`]];
  const {rows: P, cols: C} = keys;
  /** For each of the first P places of each sequence, where its key and value begin in qkv (N,3C). */
  function* placesOf(lengths: readonly number[]) {
    let first = 0;
    for (const places of lengths) {
      for (let p = 0; p < P; p++) {
        const key = ((first + p) * 3 + 1) * C;
        yield {own: p * C, key, value: key + C};
      }
      first += places;
    }
  }
  return {
    P,
    write(qkv, lengths) {
      for (const {own, key, value} of placesOf(lengths)) {
        qkv.data.set(keys.data.subarray(own, own + C), key);
        qkv.data.set(values.data.subarray(own, own + C), value);
      }
    },
    take(dqkv, lengths, grads) {
      const [dkeys, dvalues] = [grads.views[`${name}.keys`].data, grads.views[`${name}.values`].data];
      for (const {own, key, value} of placesOf(lengths)) {
        for (let c = 0; c < C; c++) {
          dkeys[own + c] += dqkv.data[key + c];
          dvalues[own + c] += dqkv.data[value + c];
        }
        dqkv.data.fill(0, key, key + 2 * C);
      }
    },
  };
}
