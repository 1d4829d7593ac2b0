/** Pieces of a fine-tuned forge: what a reader sets, what is computed, and what the picture reads from it. No DOM. */
import file from "../../../content/lab/cut.json" with {type: "json"};
import {mulberry32} from "../../engine/linalg/random.ts";
import type {Svd} from "../../engine/linalg/svd.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {loadForge, theForge} from "../shared/wordForge.ts";
import {type CutSubject, cutPieces, PIECES, readTuned, withPieces} from "./pieces.ts";

/** The number of words in the picture. */
const PICTURED_WORDS = 8;

export const controls = {
  of: choice(["Keep pieces of"], {change: "the change", weights: "the weights"}, "change"),
  draw: range(["Words drawn with seed"], {min: 1, max: 20, value: 11, group: "chance", more: true}),
  r: range(["Pieces ", symbol.r], {min: 0, max: PIECES, value: 4, clock: true}),
};
export type CutParams = Params<typeof controls>;

/** The parameters on which a run depends. A run has all numbers of pieces. */
export const cutRunBy = ["of", "draw"] as const;
type CutRun = Pick<CutParams, (typeof cutRunBy)[number]>;

/** The parameters of the fully tuned forge in base64, once they are loaded. */
let stored = "";

/** Loads both forges. */
export const ready = async (): Promise<void> => {
  const [{default: file}] = await Promise.all([import("../../../content/lab/forge.full.json"), loadForge()]);
  stored = file.base64;
};

/** The words of the forge with r pieces. */
export interface CutWriting {
  words: string[];
}

/** The first snapshot, which also has the words with all pieces, and the singular values of the twelve matrices. */
export interface CutSnapshot extends CutWriting {
  whole: string[];
  spectra: number[][];
}

/** Words that a model writes. */
const sampledWords = (model: Transformer, draw: number): string[] =>
  sampleWords((tokens, B) => forward(model, tokens, B).logits, PICTURED_WORDS, mulberry32(draw));

/** A snapshot for each number of pieces, from none to all. */
export function* compute({of, draw}: CutRun): Generator<CutSnapshot | CutWriting, void> {
  const base = theForge();
  const pieces: Svd[] = cutPieces(base, readTuned(stored, base), of);
  const wordsWith = (r: number) => sampledWords(withPieces(base, pieces, r, of), draw);
  const whole = wordsWith(PIECES);
  yield {words: wordsWith(0), whole, spectra: pieces.map(({s}) => Array.from(s))};
  for (let r = 1; r < PIECES; r++) yield {words: wordsWith(r)};
  yield {words: whole};
}

/** What the picture shows. */
export interface CutResult {
  of: CutSubject;
  r: number;
  words: readonly string[];
  /** What is written with all pieces. */
  whole: readonly string[];
  /** Singular values of the twelve matrices, largest first. */
  spectra: readonly (readonly number[])[];
}

/** Letters in doubt on held-out names, for each number of pieces. */
export const doubtsByPieces: Readonly<Record<CutSubject, readonly number[]>> = {
  change: file.change.map(Math.exp),
  weights: file.weights.map(Math.exp),
};
/** Letters in doubt of the base, and of the base with every piece of every change. */
export const [BASE_DOUBT, ALL_DOUBT] = [doubtsByPieces.change[0]!, doubtsByPieces.change[PIECES]!];

/** The result at the clock. */
export function readCut(frames: readonly CutWriting[], {of, r}: CutParams): CutResult {
  const at = Math.min(r, frames.length - 1);
  const {whole, spectra} = frames[0] as CutSnapshot;
  return {of, r: at, words: frames[at]!.words, whole, spectra};
}

/** What r pieces gain in nats, as a share of what all pieces of the change gain; below zero if the forge got worse. */
export const gainShare = ({of, r}: Pick<CutResult, "of" | "r">): number =>
  (file.change[0]! - file[of][r]!) / (file.change[0]! - file.change[PIECES]!);

/** For each matrix, the share of its energy (the sum of its squared singular values) in each of its pieces. */
const shares = ({spectra}: CutResult): number[][] =>
  spectra.map((all) => {
    const energy = all.reduce((sum, s) => sum + s * s, 0);
    return Array.from({length: PIECES}, (_, i) => (all[i] ?? 0) ** 2 / energy);
  });

/** The share of energy that r pieces keep: the least and the greatest of the twelve matrices. */
export function energies(result: CutResult): readonly [number, number] {
  const energyShares = shares(result).map((all) => all.slice(0, result.r).reduce((sum, share) => sum + share, 0));
  return [Math.min(...energyShares), Math.max(...energyShares)];
}

/** The mean over the matrices of the share of energy in each piece. */
export function meanShares(result: CutResult): number[] {
  const all = shares(result);
  return Array.from({length: PIECES}, (_, i) => all.reduce((sum, one) => sum + one[i]!, 0) / all.length);
}
