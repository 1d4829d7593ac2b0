/** What may be attached to a layer besides LoRAs, on the kernels' heap: bottlenecks and prefixes. */
import type {Floats} from "./floats.ts";
import type {HeapBottleneck, HeapPrefix} from "./layer.ts";

/** The bottleneck `name` on the heap, with down (m,C) and up (C,m) among the decoder's `params`. */
export function heapBottleneck({views}: Floats, name: string): HeapBottleneck {
  const [down, up] = [views[`${name}.down`], views[`${name}.up`]];
  return {
    m: down.rows,
    add(kernels, {from, active}, y) {
      kernels.multiply(from, down, active, {transposeB: true});
      kernels.routines.relu(active.data.byteOffset, active.rows * active.cols);
      for (let i = 0; i < from.rows * from.cols; i++) y.data[i] += from.data[i];
      kernels.multiply(active, up, y, {transposeB: true, add: true});
    },
    backward(kernels, {from, active}, dy, grads, {dout, dnarrow}) {
      kernels.multiply(dy, active, grads.views[`${name}.up`], {transposeA: true, add: true});
      kernels.multiply(dy, up, dnarrow);
      kernels.routines.reluBackward(dnarrow.data.byteOffset, active.data.byteOffset, active.rows * active.cols);
      kernels.multiply(dnarrow, from, grads.views[`${name}.down`], {transposeA: true, add: true});
      dout.data.set(dy.data);
      kernels.multiply(dnarrow, down, dout, {add: true});
      return dout;
    },
  };
}

/**
 * The prefix `name` on the heap: keys and values (P,C). Each sequence has P places before its own. The keys and values
 * that a layer computes there are overwritten by the prefix, so nothing else at those places affects another place.
 */
export function heapPrefix({views}: Floats, name: string): HeapPrefix {
  const [keys, values] = [views[`${name}.keys`], views[`${name}.values`]];
  const {rows: P, cols: C} = keys;
  /** For each of the first P places of each sequence, where its vectors begin: in keys and values (P,C), and in qkv (N,3C). */
  function* placesOf(lengths: readonly number[]) {
    let first = 0;
    for (const places of lengths) {
      for (let p = 0; p < P; p++) {
        const key = ((first + p) * 3 + 1) * C;
        yield {start: p * C, key, value: key + C};
      }
      first += places;
    }
  }
  return {
    P,
    write(qkv, lengths) {
      for (const {start, key, value} of placesOf(lengths)) {
        qkv.data.set(keys.data.subarray(start, start + C), key);
        qkv.data.set(values.data.subarray(start, start + C), value);
      }
    },
    takeGradients(dqkv, lengths, grads) {
      const [dkeys, dvalues] = [grads.views[`${name}.keys`].data, grads.views[`${name}.values`].data];
      for (const {start, key, value} of placesOf(lengths)) {
        for (let c = 0; c < C; c++) {
          dkeys[start + c] += dqkv.data[key + c];
          dvalues[start + c] += dqkv.data[value + c];
        }
        dqkv.data.fill(0, key, key + 2 * C);
      }
    },
  };
}
