/** Few bits a number: evenly spaced levels under a scale for each block, and what is left of a model stored so. */

import {nearestEven} from "../files/float16.ts";
import type {Matrix} from "../linalg/matrix.ts";
import type {Quantize} from "../lora/variants/loftq.ts";
import {TARGETS} from "../network/architecture.ts";
import {allocate} from "../network/parameters.ts";
import type {Transformer} from "../network/transformer.ts";
import {largestMagnitude, type Scaled} from "./rounding.ts";

/** Numbers that share a scale, as in NF4. */
export const LEVEL_BLOCK = 64;

/**
 * x (n) through 2^bits levels spaced evenly from −m to m in blocks of 64 (the last may be shorter), m = max |x|: the
 * code (0 … 2^bits − 1) is that of the nearest level, half to even, and comes back as (2·code / (2^bits − 1) − 1)·m. At
 * 2 bits these are −m, −m/3, m/3 and m; zero is none of them. A block of zeros has scale 0 and comes back as zeros.
 * Throws unless bits is a whole number from 1 to 8, and when a value is not finite or beyond ±1e300.
 */
export function roundLevels(x: Float64Array | Float32Array, bits: number): Scaled<Uint8Array> {
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

/** A weight through so many bits and back. */
export const toLevels =
  (bits: number): Quantize =>
  (W: Matrix) => ({...W, data: roundLevels(W.data, bits).values});

/**
 * A model of its own whose matrices in every layer (W_q W_k W_v W_o W_1 W_2) went through `quantize`; embeddings, norms
 * and the head stay as they are, and so does the given model.
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
