import type {Routines} from "./routines.ts";
import {stepFallback} from "./stepFallback.ts";

/**
 * The kernels for hosts without WebAssembly or its SIMD: plain typed arrays over the same heap. Sums are float64 and
 * rounded once, so the last digits may differ from the SIMD path's.
 */
export function fallback(buffer: ArrayBuffer): Routines {
  const heap = new Float32Array(buffer);
  return {
    ...stepFallback(buffer),
    scratch: () => 0,
    gemm(transposeA, transposeB, M, N, K, a, lda, b, ldb, c, ldc, add) {
      // Strides in numbers: from row to row of op(a), from column to column of op(b), and along k in both.
      const [rowA, alongA] = transposeA ? [1, lda] : [lda, 1];
      const [columnB, alongB] = transposeB ? [ldb, 1] : [1, ldb];
      const sums = new Float64Array(N);
      for (let i = 0; i < M; i++) {
        sums.fill(0);
        for (let k = 0; k < K; k++) {
          const x = heap[a / 4 + i * rowA + k * alongA];
          const row = b / 4 + k * alongB;
          for (let j = 0; j < N; j++) sums[j] += x * heap[row + j * columnB];
        }
        const to = c / 4 + i * ldc;
        for (let j = 0; j < N; j++) heap[to + j] = (add ? heap[to + j] : 0) + sums[j];
      }
    },
  };
}
