/** The hash of a seeded product and softmax: the same bits wherever the SIMD path runs. */

import {createKernels} from "../../../src/engine/kernels/createKernels.ts";
import {createHeap} from "../../../src/engine/kernels/heap.ts";
import {block} from "../../../src/engine/kernels/kernels.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";

/** What `checksum` gives in Node 24 and Chromium. */
export const KEPT = "177cc8ce";

/** FNV-1a over the bytes: equal hashes, equal bits. */
export function hash(data: Float32Array): string {
  let h = 0x811c9dc5;
  for (const byte of new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) {
    h = Math.imul(h ^ byte, 0x01000193) >>> 0;
  }
  return h.toString(16).padStart(8, "0");
}

/** softmax(a·bᵀ) of (53×300) and (29×300), causal, and which path computed it. */
export function checksum(): {path: string; bits: string} {
  const heap = createHeap(1_000_000);
  const kernels = createKernels(heap);
  const random = mulberry32(6);
  const [a, b, c] = [block(heap, 53, 300), block(heap, 29, 300), block(heap, 53, 29)];
  for (const {data} of [a, b]) data.set(randn(data.length, 1, random).data.map((x) => x / 8));
  kernels.multiply(a, b, c, {transposeB: true});
  kernels.softmax(c, true);
  return {path: kernels.path, bits: hash(c.data)};
}
