import {type Matrix, matmulTA, matmulTB, scale, zeros} from "../../linalg/matrix.ts";
import {type Lora, merge, scaling} from "../lora.ts";

/**
 * DoRA trains the direction and the magnitude of a weight separately: W′ = m ⊙ V/‖V‖_c with V = W0 + (alpha / r)·B·A
 * (d × k). ‖V‖_c is the length of each column and m (k) holds one trained magnitude for each; A and B are LoRA's. Liu
 * et al. 2024, arXiv 2402.09353. The columns are those of the paper's W, d × k, one for each input. PEFT instead has
 * one magnitude for each output, a row of W.
 */
export interface Dora {
  W0: Matrix;
  lora: Lora;
  m: Float64Array;
}

/** W0 (d × k) and a new adapter → m = ‖W0‖_c, so W′ = W0 while B = 0. Throws when a column of W0 is 0. */
export function initDora(W0: Matrix, lora: Lora): Dora {
  return {W0, lora, m: columnLengths(W0)};
}

/** W (d × k) → the length of each column (k). Throws when one is 0, because it has no direction. */
export function columnLengths(W: Matrix): Float64Array {
  const squares = new Float64Array(W.cols);
  W.data.forEach((value, at) => {
    squares[at % W.cols] += value * value;
  });
  const zero = squares.indexOf(0);
  if (zero >= 0) throw new Error(`dora: column ${zero} (counted from 0) is zero and has no direction`);
  return squares.map(Math.sqrt);
}

/** W′ = m ⊙ V/‖V‖_c → (d × k). A layer computes x·W′ᵀ; to merge, keep W′. Throws when the shapes differ. */
export function doraWeight({W0, lora, m}: Dora): Matrix {
  const V = merge(W0, lora);
  const lengths = columnLengths(V);
  return {...V, data: V.data.map((value, at) => (m[at % V.cols] * value) / lengths[at % V.cols])};
}

/**
 * G = ∂L/∂W′ (d × k) → dm (k), dA (r × k), dB (d × r). For a column v of V, the same column g of G, and n = ‖v‖:
 * dm = v·g / n and dv = (m / n)·(g − (v·g / n²)·v), the part of g that is orthogonal to v. This is the full gradient;
 * to save memory the authors treat n as a constant, which drops the subtracted term.
 */
export function doraBackward({W0, lora, m}: Dora, G: Matrix): {dm: Float64Array; dA: Matrix; dB: Matrix} {
  const V = merge(W0, lora);
  const lengths = columnLengths(V);
  const {rows, cols} = V;
  const dm = new Float64Array(cols);
  G.data.forEach((g, at) => {
    dm[at % cols] += (V.data[at] * g) / lengths[at % cols];
  });
  const dV = zeros(rows, cols);
  for (let at = 0; at < dV.data.length; at++) {
    const j = at % cols;
    dV.data[at] = (m[j] / lengths[j]) * (G.data[at] - (dm[j] / lengths[j]) * V.data[at]);
  }
  const dDelta = scale(dV, scaling(lora));
  return {dm, dA: matmulTA(lora.B, dDelta), dB: matmulTB(dDelta, lora.A)};
}

/** Trained parameters for one d × k matrix: LoRA's r·(d + k) and k magnitudes. */
export function doraCount(d: number, k: number, r: number): number {
  return r * (d + k) + k;
}
