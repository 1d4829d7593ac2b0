/** The pieces of the word forge's twelve matrices: their rank-1 parts by SVD, of which the strongest are kept. */
import {subtract} from "../../engine/linalg/matrix.ts";
import {type Svd, svd} from "../../engine/linalg/svd.ts";
import {truncate} from "../../engine/linalg/truncate.ts";
import {TARGETS} from "../../engine/network/architecture.ts";
import {allocate} from "../../engine/network/parameters.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {storedHalves} from "../shared/storedHalves.ts";

/** What is cut into pieces: how fine-tuning changed the matrices, or the matrices themselves. */
export type CutSubject = "change" | "weights";

/** The number of pieces of each matrix: both sides of Wq are 32 long, and so is the shorter side of the others. */
export const PIECES = 32;

/** All parameters of the fully tuned forge, as `npm run sweep:forge` stores them: halves in the base's own order. */
export function readTuned(base64: string, {sizes, weights, attached}: Transformer): Transformer {
  return {sizes, weights: allocate(weights.layout, storedHalves(base64)), attached};
}

/** The names of the matrices, "layers.0.Wq" … "layers.1.W2". */
const matricesOf = ({sizes}: Transformer) =>
  Array.from({length: sizes.L}, (_, l) => TARGETS.map((target) => `layers.${l}.${target}` as const)).flat();

/** The SVD of each matrix's change, or of each matrix of the base. */
export const cutPieces = (base: Transformer, tuned: Transformer, of: CutSubject): Svd[] =>
  matricesOf(base).map((name) => {
    const own = base.weights.views[name];
    return svd(of === "change" ? subtract(tuned.weights.views[name], own) : own);
  });

/** The base with the r strongest pieces of every change added, or with every matrix replaced by its r strongest pieces. */
export function withPieces(base: Transformer, pieces: readonly Svd[], r: number, of: CutSubject): Transformer {
  const weights = allocate(base.weights.layout, base.weights.flat.slice());
  for (const [i, name] of matricesOf(base).entries()) {
    const {data} = weights.views[name];
    const truncated = truncate(pieces[i]!, r).data;
    for (let j = 0; j < data.length; j++) data[j] = truncated[j]! + (of === "change" ? data[j]! : 0);
  }
  return {...base, weights};
}
