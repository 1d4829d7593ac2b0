/** The kernels for hosts without WebAssembly or its SIMD: plain typed arrays over the same heap. */
import {exp} from "../linalg/elementary.ts";
import type {Routines} from "./routines.ts";

/**
 * The routines over the kernels' heap, `buffer`. Sums are float64 and rounded once, so the last digits may differ from the SIMD
 * path's.
 */
export function fallback(buffer: ArrayBuffer): Routines {
  const heap = new Float32Array(buffer);
  return {
    scratch: () => 0,
    ...gemmRoutine(heap),
    ...softmaxRoutines(heap, new Int32Array(buffer)),
    ...normRoutines(heap),
    ...adamwRoutine(heap),
  };
}

/** The routine of `gemm.as.ts`. */
function gemmRoutine(heap: Float32Array): Pick<Routines, "gemm"> {
  return {
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

/** The routines of `softmax.as.ts`; `integers` are the same bytes as `heap`. */
function softmaxRoutines(
  heap: Float32Array,
  integers: Int32Array,
): Pick<Routines, "softmax" | "softmaxBackward" | "crossEntropy"> {
  return {
    softmax(x, rows, columns, stride, causal, scale) {
      for (let i = 0; i < rows; i++) {
        const start = x / 4 + i * stride;
        const visible = causal ? Math.min(i + 1, columns) : columns;
        const {sum} = exponentials(heap, start, start + visible, scale);
        divide(heap, start, start + visible, sum);
        heap.fill(0, start + visible, start + columns);
      }
    },
    softmaxBackward(a, da, n, scale) {
      for (let i = 0; i < n; i++) {
        const [row, drow] = [a / 4 + i * n, da / 4 + i * n];
        const mean = dot(heap, row, drow, i + 1);
        for (let j = 0; j <= i; j++) heap[drow + j] = heap[row + j] * (heap[drow + j] - mean) * scale;
        heap.fill(0, drow + i + 1, drow + n);
      }
    },
    crossEntropy(logits, targets, rows, columns, counted, margins, sums) {
      for (let n = 0; n < rows; n++) {
        const start = logits / 4 + n * columns;
        const target = integers[targets / 4 + n];
        if (target < 0) heap.fill(0, start, start + columns);
        else {
          const hit = heap[start + target];
          const {largest, sum} = exponentials(heap, start, start + columns, 1);
          heap[margins / 4 + n] = largest - hit;
          heap[sums / 4 + n] = sum;
          divide(heap, start, start + columns, sum * counted);
          heap[start + target] -= 1 / counted;
        }
      }
    },
  };
}

/** The routines of `norms.as.ts`. */
function normRoutines(heap: Float32Array): Pick<Routines, "rmsNorm" | "rmsNormBackward" | "relu" | "reluBackward"> {
  return {
    rmsNorm(x, gain, y, inverse, rows, columns) {
      for (let n = 0; n < rows; n++) {
        const [from, to] = [x / 4 + n * columns, y / 4 + n * columns];
        const rho = 1 / Math.sqrt(dot(heap, from, from, columns) / columns + 1e-5);
        heap[inverse / 4 + n] = rho;
        for (let c = 0; c < columns; c++) heap[to + c] = heap[from + c] * rho * heap[gain / 4 + c];
      }
    },
    rmsNormBackward(dy, x, gain, inverse, dx, dgain, rows, columns) {
      for (let n = 0; n < rows; n++) {
        const rho = heap[inverse / 4 + n];
        const [grad, from, to] = [dy / 4 + n * columns, x / 4 + n * columns, dx / 4 + n * columns];
        for (let c = 0; c < columns; c++) {
          if (dgain) heap[dgain / 4 + c] += heap[grad + c] * heap[from + c] * rho;
          heap[grad + c] *= heap[gain / 4 + c];
        }
        const along = (dot(heap, grad, from, columns) * rho * rho) / columns;
        for (let c = 0; c < columns; c++) heap[to + c] += rho * (heap[grad + c] - along * heap[from + c]);
      }
    },
    relu(x, length) {
      for (let i = x / 4; i < x / 4 + length; i++) heap[i] = Math.max(heap[i], 0);
    },
    reluBackward(dy, y, length) {
      for (let i = 0; i < length; i++) if (!(heap[y / 4 + i] > 0)) heap[dy / 4 + i] = 0;
    },
  };
}

/** The routine of `adamw.as.ts`. */
function adamwRoutine(heap: Float32Array): Pick<Routines, "adamw"> {
  return {
    adamw(
      params,
      grads,
      m,
      v,
      factors,
      length,
      shrink,
      rate,
      beta1,
      take1,
      beta2,
      take2,
      scale1,
      scale2,
      eps,
      weightDecay,
    ) {
      for (let i = 0; i < length; i++) {
        const g = heap[grads / 4 + i] * shrink;
        const m1 = beta1 * heap[m / 4 + i] + take1 * g;
        const v1 = beta2 * heap[v / 4 + i] + take2 * g * g;
        heap[m / 4 + i] = m1;
        heap[v / 4 + i] = v1;
        const step = (m1 * scale1) / (Math.sqrt(v1) * scale2 + eps);
        heap[params / 4 + i] -= rate * heap[factors / 4 + i] * (weightDecay * heap[params / 4 + i] + step);
      }
    },
  };
}

/** The dot product of two rows, which start at indices a and b. */
function dot(heap: Float32Array, a: number, b: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += heap[a + i] * heap[b + i];
  return sum;
}

/** Replaces each x by exp(scale · (x − largest)). Returns the largest x and the sum of the exponentials. */
function exponentials(heap: Float32Array, start: number, end: number, scale: number): {largest: number; sum: number} {
  let largest = -Infinity;
  for (let i = start; i < end; i++) largest = Math.max(largest, heap[i]);
  let sum = 0;
  for (let i = start; i < end; i++) {
    const e = exp(scale * (heap[i] - largest));
    heap[i] = e;
    sum += e;
  }
  return {largest, sum};
}

function divide(heap: Float32Array, start: number, end: number, by: number): void {
  for (let i = start; i < end; i++) heap[i] /= by;
}
