import {expect, test} from "vitest";
import {createHeap} from "../../../src/engine/kernels/heap.ts";
import {block} from "../../../src/engine/kernels/kernels.ts";
import {kernelsOn, loadKernels} from "../../../src/figures/shared/kernelPool.ts";

const plain = {path: "plain", why: "a test asks for it"} as const;

test("where SIMD runs, kernels need nothing loaded; elsewhere they wait for the plain routines", async () => {
  await loadKernels();
  expect(kernelsOn(createHeap(1_000_000)).path).toBe("simd");
  expect(() => kernelsOn(createHeap(1_000_000), plain)).toThrow("the plain routines are not loaded");
  await loadKernels("plain");
  const heap = createHeap(1_000_000);
  const kernels = kernelsOn(heap, plain);
  expect(kernels.path).toBe("plain");
  const [a, b] = [block(heap, 1, 1), block(heap, 1, 1)];
  a.data[0] = 3;
  kernels.multiply(a, a, b);
  expect(b.data[0]).toBe(9);
});
