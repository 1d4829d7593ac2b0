import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {scale} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {softmax} from "../../../src/engine/network/layers/softmax.ts";
import {hash} from "./checksum.ts";
import {between, paths, place, randomFloats, read} from "./paths.ts";

for (const {path, heap, kernels} of paths()) {
  describe(path, () => {
    const start = heap.mark();

    test("agrees with float64 to float32 rounding, causal or not, for small and large differences", () => {
      const size = fc.integer({min: 1, max: 33});
      const options = fc.tuple(fc.boolean(), fc.nat(3), fc.integer({min: -3, max: 3}));
      fc.assert(
        fc.property(size, size, options, fc.integer(), (rows, cols, [causal, apart, power], seed) => {
          heap.release(start);
          const z = scale(randomFloats(rows, cols, mulberry32(seed)), 10 ** power);
          const x = place(heap, {...z, data: z.data.map(Math.fround)}, apart);
          const [scores, reference] = [read(x), read(x)];
          kernels.softmax(x, causal);
          const ours = read(x);
          for (let i = 0; i < rows; i++) {
            const seen = causal ? Math.min(i + 1, cols) : cols;
            const {largest} = softmax(reference.data, i * cols, seen);
            reference.data.fill(0, i * cols + seen, (i + 1) * cols);
            const excess = Array.from({length: cols}, (_, j) => {
              const at = i * cols + j;
              // z − max is rounded to float32 before exp; the other errors are those of the sums and of exp.
              const room = (16 + Math.abs(scores.data[at] - largest)) * 2 ** -24 * reference.data[at] + 1e-37;
              return Math.abs(ours.data[at] - reference.data[at]) - room;
            });
            expect(Math.max(...excess)).toBeLessThanOrEqual(0);
          }
          expect(between(x).every((value) => value === 1e9)).toBe(true);
        }),
        {seed: 2, numRuns: 300},
      );
    });

    test("minus infinity becomes 0, and NaN stays within its row", () => {
      heap.release(start);
      const x = place(heap, {rows: 2, cols: 3, data: Float64Array.of(0, -Infinity, 0, Number.NaN, 1, 2)});
      kernels.softmax(x);
      expect([...x.data]).toEqual([0.5, 0, 0.5, Number.NaN, Number.NaN, Number.NaN]);
    });

    test("a block that is not on the heap throws", () => {
      const x = {rows: 1, cols: 2, stride: 2, data: new Float32Array(2)};
      expect(() => kernels.softmax(x)).toThrow("softmax: a block of another memory");
    });
  });
}

test("the hash of the bits is fixed", () => {
  const [{heap, kernels}] = paths();
  const x = place(heap, randomFloats(19, 23, mulberry32(7)));
  kernels.softmax(x, true);
  expect(hash(x.data)).toBe("1843fa65");
});
