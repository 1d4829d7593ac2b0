/** Rounding to a few evenly spaced levels with a scale for each block, and models whose layers are stored that way. */

import type {Matrix} from "../linalg/matrix.ts";
import type {Quantize} from "../lora/variants/loftq.ts";
import {TARGETS} from "../network/architecture.ts";
import {allocate} from "../network/parameters.ts";
import type {Transformer} from "../network/transformer.ts";
import {nearestEven} from "./float16.ts";
import {largestMagnitude, type ScaledRounding} from "./rounding.ts";

/** How many numbers share a scale, as in NF4. */
export const LEVEL_BLOCK = 64;

/**
 * Rounds x (n) to 2^bits levels in blocks of 64 (the last may be shorter), evenly spaced from −m to m with m = max |x|.
 * A number gets the code (0 … 2^bits − 1) of the nearest level, ties to even, and is read back as
 * (2·code / (2^bits − 1) − 1)·m. At 2 bits the levels are −m, −m/3, m/3 and m; zero is not one of them. A block of
 * zeros has scale 0 and is read back as zeros.
 * Throws unless bits is a whole number from 1 to 8, and when a value is not finite or beyond ±1e300.
 */
export function roundLevels(x: Float64Array | Float32Array, bits: number): ScaledRounding<Uint8Array> {
  if (!Number.isInteger(bits) || bits < 1 || bits > 8)
    throw new Error(`levels: ${bits} bits; it must be a whole number from 1 to 8`);
  const last = 2 ** bits - 1;
  const scales = new Float64Array(Math.ceil(x.length / LEVEL_BLOCK));
  const codes = new Uint8Array(x.length);
  const values = new Float64Array(x.length);
  for (let block = 0; block < scales.length; block++) {
    const [from, to] = [block * LEVEL_BLOCK, Math.min(x.length, (block + 1) * LEVEL_BLOCK)];
    const scale = largestMagnitude("levels", x, from, to);
    scales[block] = scale;
    for (let i = from; i < to; i++) {
      codes[i] = nearestEven((last * (1 + (scale === 0 ? 0 : x[i] / scale))) / 2);
      values[i] = scale === 0 ? 0 : ((2 * codes[i]) / last - 1) * scale;
    }
  }
  return {values, codes, scales};
}

/** The quantization of a weight by `roundLevels`. */
export const toLevels =
  (bits: number): Quantize =>
  (W: Matrix) => ({...W, data: roundLevels(W.data, bits).values});

/**
 * A copy of the model with every layer's matrices (W_q W_k W_v W_o W_1 W_2) quantized. Embeddings, norms and the head
 * are not.
 */
export function quantizeLayers(model: Transformer, quantize: Quantize): Transformer {
  const weights = allocate(model.weights.layout, model.weights.flat.slice());
  for (let l = 0; l < model.sizes.L; l++) {
    for (const target of TARGETS) {
      const W = weights.views[`layers.${l}.${target}`];
      W.data.set(quantize(W).data);
    }
  }
  return {...model, weights};
}
