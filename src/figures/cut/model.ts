/** The word forge with some pieces, rank-1 parts, of its fine-tuning or of its weights: what a reader sets, and what the forge then writes. */
import losses from "../../../content/lab/cut.json" with {type: "json"};
import {mulberry32} from "../../engine/linalg/random.ts";
import {energyKept} from "../../engine/linalg/spectrum.ts";
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

/** The parameters of the fully tuned forge in base64, once `ready` has loaded them. */
let tunedParameters = "";

/** Loads both forges. */
export async function ready(): Promise<void> {
  const [{default: file}] = await Promise.all([import("../../../content/lab/forge.full.json"), loadForge()]);
  tunedParameters = file.base64;
}

/** The words of the forge with r pieces. */
interface CutSnapshot {
  words: string[];
}

/** The first snapshot, which also has the words with all pieces, and the singular values of the twelve matrices. */
interface FirstSnapshot extends CutSnapshot {
  allPiecesWords: string[];
  spectra: Float64Array[];
}

/** Words that a model writes. */
const sampledWords = (model: Transformer, draw: number): string[] =>
  sampleWords((tokens, B) => forward(model, tokens, B).logits, PICTURED_WORDS, mulberry32(draw));

/** A snapshot for each number of pieces, from none to all. */
export function* compute({of, draw}: CutRun): Generator<FirstSnapshot | CutSnapshot, void> {
  const base = theForge();
  const pieces = cutPieces(base, readTuned(tunedParameters, base), of);
  const wordsWith = (r: number) => sampledWords(withPieces(base, pieces, r, of), draw);
  const allPiecesWords = wordsWith(PIECES);
  yield {words: wordsWith(0), allPiecesWords, spectra: pieces.map(({s}) => s)};
  for (let r = 1; r < PIECES; r++) yield {words: wordsWith(r)};
  yield {words: allPiecesWords};
}

/** What the picture shows. */
export interface CutResult {
  of: CutSubject;
  r: number;
  words: readonly string[];
  /** What is written with all pieces. */
  allPiecesWords: readonly string[];
  /** The share of energy (the sum of squared singular values) that r pieces keep: the least and the greatest of the twelve matrices. */
  energyKept: readonly [least: number, greatest: number];
}

/** The result at the clock. */
export function readCut(frames: readonly CutSnapshot[], {of, r}: CutParams): CutResult {
  const {allPiecesWords, spectra} = frames[0] as FirstSnapshot;
  const energies = spectra.map((s) => energyKept(s, r));
  return {of, r, words: frames[r]!.words, allPiecesWords, energyKept: [Math.min(...energies), Math.max(...energies)]};
}

/** Letters in doubt, e to the loss, on held-out names, for each number of pieces. */
export const doubtsByPieces: Readonly<Record<CutSubject, readonly number[]>> = {
  change: losses.change.map(Math.exp),
  weights: losses.weights.map(Math.exp),
};
/** Letters in doubt of the base, and of the base with every piece of every change. */
export const [BASE_DOUBT, ALL_DOUBT] = [doubtsByPieces.change[0]!, doubtsByPieces.change[PIECES]!];

/** What r pieces gain in nats, as a share of what all pieces of the change gain; below zero if the forge got worse. */
export const gainShare = ({of, r}: Pick<CutResult, "of" | "r">): number =>
  (losses.change[0]! - losses[of][r]!) / (losses.change[0]! - losses.change[PIECES]!);
