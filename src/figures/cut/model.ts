import {mulberry32} from "../../engine/linalg/random.ts";
import type {Svd} from "../../engine/linalg/svd.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {loadForge, theForge} from "../shared/wordForge.ts";
import {type Cutting, PICTURED_WORDS, PIECES} from "./controls.ts";
import {cutPieces, readTuned, withPieces} from "./pieces.ts";

let stored = "";

export const ready = async (): Promise<void> => {
  const [{default: file}] = await Promise.all([import("../../../content/lab/forge.full.json"), loadForge()]);
  stored = file.base64;
};

/** The forge with r pieces: what it writes. */
export interface CutWriting {
  words: string[];
}

/** The first snapshot: also what is written with all pieces, and the singular values of the twelve matrices. */
export interface CutSnapshot extends CutWriting {
  whole: string[];
  spectra: number[][];
}

const written = (model: Transformer, draw: number): string[] =>
  sampleWords((tokens, B) => forward(model, tokens, B).logits, PICTURED_WORDS, mulberry32(draw));

/** A snapshot for each number of pieces, from none to all. */
export function* compute({of, draw}: Cutting): Generator<CutSnapshot | CutWriting, void> {
  const base = theForge();
  const pieces: Svd[] = cutPieces(base, readTuned(stored, base), of);
  const wordsWith = (r: number) => written(withPieces(base, pieces, r, of), draw);
  const whole = wordsWith(PIECES);
  yield {words: wordsWith(0), whole, spectra: pieces.map(({s}) => Array.from(s))};
  for (let r = 1; r < PIECES; r++) yield {words: wordsWith(r)};
  yield {words: whole};
}
