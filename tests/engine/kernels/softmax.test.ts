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

    test("agrees with float64 to float32 rounding, causal or not, near or far apart", () => {
      const size = fc.integer({min: 1, max: 33});
      fc.assert(
        fc.property(
          size,
          size,
          fc.boolean(),
          fc.integer({min: 0, max: 3}),
          fc.integer({min: -3, max: 3}),
          fc.integer(),
          (rows, cols, causal, apart, power, seed) => {
            heap.release(start);
            const z = scale(randomFloats(rows, cols, mulberry32(seed)), 10 ** power);
            const x = place(heap, {...z, data: z.data.map(Math.fround)}, apart);
            const [scores, due] = [read(x), read(x)];
            kernels.softmax(x, causal);
            const got = read(x);
            for (let i = 0; i < rows; i++) {
              const seen = causal ? Math.min(i + 1, cols) : cols;
              const {largest} = softmax(due.data, i * cols, seen);
              due.data.fill(0, i * cols + seen, (i + 1) * cols);
              for (let at = i * cols; at < (i + 1) * cols; at++) {
                // The difference z − max is rounded to float32 before exp sees it; the rest is sums and exp itself.
                const room = (16 + Math.abs(scores.data[at] - largest)) * 2 ** -24 * due.data[at] + 1e-37;
                expect(Math.abs(got.data[at] - due.data[at])).toBeLessThanOrEqual(room);
              }
            }
            expect(between(x).every((value) => value === 1e9)).toBe(true);
          },
        ),
        {seed: 2, numRuns: 300},
      );
    });

    test("minus infinity gets 0, NaN spreads over its row only", () => {
      heap.release(start);
      const x = place(heap, {rows: 2, cols: 3, data: Float64Array.of(0, -Infinity, 0, Number.NaN, 1, 2)});
      kernels.softmax(x);
      expect([...x.data]).toEqual([0.5, 0, 0.5, Number.NaN, Number.NaN, Number.NaN]);
    });

    test("refuses a block that is not on the heap", () => {
      const x = {rows: 1, cols: 2, stride: 2, data: new Float32Array(2)};
      expect(() => kernels.softmax(x)).toThrow("softmax: a block of another memory");
    });
  });
}

test("the same bits every time: the hash is kept", () => {
  const [{heap, kernels}] = paths();
  const x = place(heap, randomFloats(19, 23, mulberry32(7)));
  kernels.softmax(x, true);
  expect(hash(x.data)).toBe("1843fa65");
});
