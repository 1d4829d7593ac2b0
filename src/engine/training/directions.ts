/** Training in a random subspace of all parameters: θ = θ₀ + P·z (Li et al. 2018, §2). */

import {allocate} from "../network/parameters.ts";
import type {Problem} from "./train.ts";

/** P (D,d), one direction a column: entry [i, j] is `signs[j * D + i] / √D`, so every direction has length 1. */
export interface Directions {
  D: number;
  d: number;
  signs: Int8Array;
}

/**
 * d directions among D parameters, with entries +1/√D or −1/√D at even odds (Achlioptas 2003). Each has exactly length
 * 1, and the cosine of two has standard deviation 1/√D, so they are nearly orthogonal. Drawing more directions from
 * a `random` with the same seed gives these d first. Throws unless D ≥ 1 and d from 0 to D are whole numbers.
 */
export function drawDirections(D: number, d: number, random: () => number): Directions {
  if (!(Number.isInteger(D) && D >= 1)) throw new Error(`drawDirections: D is ${D}; it must be a whole number ≥ 1`);
  if (!(Number.isInteger(d) && d >= 0 && d <= D))
    throw new Error(`drawDirections: d is ${d}; it must be a whole number from 0 to D = ${D}`);
  const signs = new Int8Array(d * D);
  // Each random number gives 32 signs, one for each of its bits.
  for (let n = 0, bits = 0; n < signs.length; n++, bits >>>= 1) {
    if (n % 32 === 0) bits = Math.floor(random() * 2 ** 32) >>> 0;
    signs[n] = bits & 1 ? 1 : -1;
  }
  return {D, d, signs};
}

/** theta (D) += P·z, z (d). */
export function addAlong({D, d, signs}: Directions, z: Float64Array, theta: Float64Array): void {
  for (let j = 0; j < d; j++) {
    const step = z[j] / Math.sqrt(D);
    for (let i = 0, n = j * D; i < D; i++, n++) theta[i] += signs[n] * step;
  }
}

/** dtheta (D) → dz (d) += Pᵀ·dtheta: the backward of `addAlong`. */
export function addAlongBackward({D, d, signs}: Directions, dtheta: Float64Array, dz: Float64Array): void {
  for (let j = 0; j < d; j++) {
    let sum = 0;
    for (let i = 0, n = j * D; i < D; i++, n++) sum += signs[n] * dtheta[i];
    dz[j] += sum / Math.sqrt(D);
  }
}

/**
 * The problem of training along `directions` only, with parameters z (d,1) that start at 0. Its loss sets the
 * parameters of `problem` to θ₀ + P·z, where θ₀ is their value at the time of this call.
 * Throws when the directions were drawn for another number of parameters.
 */
export function alongDirections({params: {flat, layout}, loss}: Problem, directions: Directions): Problem {
  if (flat.length !== directions.D)
    throw new Error(`alongDirections: directions among ${directions.D} parameters; the problem has ${flat.length}`);
  const start = flat.slice();
  const params = allocate([["z", directions.d, 1]]);
  return {
    params,
    loss(dparams) {
      flat.set(start);
      addAlong(directions, params.flat, flat);
      const dtheta = allocate(layout);
      const value = loss(dtheta);
      addAlongBackward(directions, dtheta.flat, dparams.flat);
      return value;
    },
  };
}
