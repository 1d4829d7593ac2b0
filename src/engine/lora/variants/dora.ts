import {type Matrix, matmulTA, matmulTB, scale, zeros} from "../../linalg/matrix.ts";
import {type Lora, merge, scaling} from "../lora.ts";

/**
 * DoRA trains the direction and the magnitude of a weight separately: W′ = m ⊙ V/‖V‖ with V = W0 + (alpha / r)·B·A
 * (d × k). ‖V‖ is the length of each row, one for each output, and m (d) holds one trained magnitude for each; A and B
 * are LoRA's. Liu et al. 2024, arXiv 2402.09353. The paper writes ‖V‖_c and gives m the size 1 × k, which can be read
 * as one length for each input. Its authors mean outputs: their code takes the norm along the inputs, PEFT's does the
 * same, and the first author says so (github.com/nbasyl/DoRA, issue 1).
 */
export interface Dora {
  W0: Matrix;
  lora: Lora;
  m: Float64Array;
}

/** W0 (d × k) and a new adapter → m = the lengths of W0's rows, so W′ = W0 while B = 0. Throws when a row of W0 is 0. */
export function initDora(W0: Matrix, lora: Lora): Dora {
  return {W0, lora, m: rowLengths(W0)};
}

/** W (d × k) → the length of each row (d). Throws when one is 0, because it has no direction. */
export function rowLengths(W: Matrix): Float64Array {
  const squares = new Float64Array(W.rows);
  W.data.forEach((value, at) => {
    squares[Math.floor(at / W.cols)] += value * value;
  });
  const zero = squares.indexOf(0);
  if (zero >= 0) throw new Error(`dora: row ${zero} (counted from 0) is zero and has no direction`);
  return squares.map(Math.sqrt);
}

/** W′ = m ⊙ V/‖V‖ → (d × k). A layer computes x·W′ᵀ; to merge, keep W′. Throws when the shapes differ. */
export function doraWeight({W0, lora, m}: Dora): Matrix {
  const V = merge(W0, lora);
  const factors = rowLengths(V).map((length, i) => m[i] / length);
  return {...V, data: V.data.map((value, at) => factors[Math.floor(at / V.cols)] * value)};
}

/**
 * G = ∂L/∂W′ (d × k) → dm (d), dA (r × k), dB (d × r). For a row v of V, the same row g of G, and n = ‖v‖:
 * dm = v·g / n and dv = (m / n)·(g − (v·g / n²)·v), the part of g that is orthogonal to v. This is the full gradient;
 * to save memory the authors treat n as a constant, which drops the subtracted term.
 */
export function doraBackward({W0, lora, m}: Dora, G: Matrix): {dm: Float64Array; dA: Matrix; dB: Matrix} {
  const V = merge(W0, lora);
  const lengths = rowLengths(V);
  const {rows, cols} = V;
  const dm = new Float64Array(rows);
  const dV = zeros(rows, cols);
  for (let i = 0; i < rows; i++) {
    const [start, end] = [i * cols, (i + 1) * cols];
    for (let at = start; at < end; at++) dm[i] += (V.data[at] * G.data[at]) / lengths[i];
    for (let at = start; at < end; at++)
      dV.data[at] = (m[i] / lengths[i]) * (G.data[at] - (dm[i] / lengths[i]) * V.data[at]);
  }
  const dDelta = scale(dV, scaling(lora));
  return {dm, dA: matmulTA(lora.B, dDelta), dB: matmulTB(dDelta, lora.A)};
}

/** Trained parameters for one d × k matrix: LoRA's r·(d + k) and d magnitudes. */
export function doraCount(d: number, k: number, r: number): number {
  return r * (d + k) + d;
}
