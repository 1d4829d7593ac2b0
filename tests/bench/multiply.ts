import {createKernels} from "../../src/engine/kernels/createKernels.ts";
import {createHeap} from "../../src/engine/kernels/heap.ts";
import {block} from "../../src/engine/kernels/kernels.ts";
import {mulberry32, randn} from "../../src/engine/linalg/random.ts";
import {interleaved, needAgree} from "./measure.ts";
import type {Peers} from "./peers.ts";
import type {Line} from "./table.ts";

const shapes = [
  [128, 128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [1024, 64, 4],
  [1024, 64, 8],
  [1024, 64, 64],
  [1024, 64, 256],
] as const;

/** (M×K)·(K×N) in float32, ours and the peers', each with its operands where it wants them. */
export async function multiply({tf, ml}: Peers): Promise<Line[]> {
  await tf.setBackend("wasm");
  const heap = createHeap(32e6);
  const ours = createKernels(heap);
  if (ours.path !== "simd") throw new Error("bench: our own SIMD path does not run here");
  const plain = createKernels(heap, {path: "plain", why: "the benchmark compares it"});
  const lines: Line[] = [];
  const mark = heap.mark();
  for (const [M, K, N] of shapes) {
    heap.release(mark);
    const [a, b, c, cPlain] = [block(heap, M, K), block(heap, K, N), block(heap, M, N), block(heap, M, N)];
    const random = mulberry32(M + K + N);
    const mls = [a, b].map((one) => {
      one.data.set(randn(one.rows, one.cols, random).data);
      const matrix = new ml.Matrix(one.rows, one.cols);
      for (let i = 0; i < one.rows; i++)
        for (let j = 0; j < one.cols; j++) matrix.set(i, j, one.data[i * one.stride + j]!);
      return matrix;
    });
    const tensors = [tf.tensor2d(a.data, [M, K]), tf.tensor2d(b.data, [K, N])] as const;
    const times = interleaved(
      {
        ours: () => ours.multiply(a, b, c),
        "tfjs-wasm": () => tf.matMul(...tensors).dispose(),
        plain: () => plain.multiply(a, b, cPlain),
        "ml-matrix": () => mls[0]!.mmul(mls[1]!),
      },
      15,
    );
    needAgree("tfjs-wasm's product", tf.matMul(...tensors).dataSync(), c.data, 1e-4);
    needAgree("our plain product", cPlain.data, c.data, 1e-4);
    needAgree("ml-matrix' product", mls[0]!.mmul(mls[1]!).to1DArray(), c.data, 1e-4);
    for (const tensor of tensors) tensor.dispose();
    const what = `multiply ${M}×${K} · ${K}×${N}`;
    // Of the thin shapes the bars speak of N = 64 and more; narrower ones spend their time on moving numbers.
    const barred = <Bar extends number>(bar: Bar) => (N >= 64 ? bar : undefined);
    lines.push(
      {what: `${what}, ours`, value: (2 * M * K * N) / times.ours / 1e6, unit: "GFLOP/s"},
      {what: `${what}, tfjs-wasm / ours`, value: times["tfjs-wasm"] / times.ours, unit: "×", least: 1.1},
      {what: `${what}, ml-matrix / ours`, value: times["ml-matrix"] / times.ours, unit: "×", least: barred(15)},
      {what: `${what}, our fallback / ours`, value: times.plain / times.ours, unit: "×", least: barred(6)},
    );
  }
  return lines;
}
