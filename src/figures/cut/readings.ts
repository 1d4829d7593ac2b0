import file from "../../../content/lab/cut.json" with {type: "json"};
import type {Tape} from "../../figure/widget.ts";
import {type CutParams, type Of, PIECES} from "./controls.ts";
import type {CutSnapshot, CutWriting} from "./model.ts";

export interface CutResult {
  of: Of;
  r: number;
  words: readonly string[];
  /** What is written with all pieces. */
  whole: readonly string[];
  /** Singular values of the twelve matrices, largest first. */
  spectra: readonly (readonly number[])[];
}

/** e to the loss on held-out names, for each number of pieces. */
export const doubtsByPieces: Readonly<Record<Of, readonly number[]>> = {
  change: file.change.map(Math.exp),
  weights: file.weights.map(Math.exp),
};
/** The base as it is, and with every piece of every change. */
export const [BASE, ALL] = [doubtsByPieces.change[0]!, doubtsByPieces.change[PIECES]!];

export function see([tape]: readonly Tape<CutWriting>[], {of, r}: CutParams): CutResult {
  const at = Math.min(r, tape!.length - 1);
  const {whole, spectra} = tape![0] as CutSnapshot;
  return {of, r: at, words: tape![at]!.words, whole, spectra};
}

/** The share of what all pieces of the change gain, in nats; below zero where the forge got worse. */
export const gained = ({of, r}: CutResult): number =>
  (file.change[0]! - file[of][r]!) / (file.change[0]! - file.change[PIECES]!);

/** The least and the greatest share of energy that r pieces keep, of the twelve matrices. */
export function energies({spectra, r}: CutResult): readonly [number, number] {
  const shares = spectra.map((all) => {
    const energy = (some: readonly number[]) => some.reduce((sum, s) => sum + s * s, 0);
    return energy(all.slice(0, r)) / energy(all);
  });
  return [Math.min(...shares), Math.max(...shares)];
}

/** The mean over the matrices of the share of energy in each piece. */
export function meanShares({spectra}: CutResult): number[] {
  return Array.from({length: PIECES}, (_, i) => {
    const shares = spectra.map((all) => (all[i] ?? 0) ** 2 / all.reduce((sum, s) => sum + s * s, 0));
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  });
}
