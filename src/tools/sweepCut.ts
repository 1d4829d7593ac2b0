// Writes content/lab/cut.json anew, some seconds of measuring, from what `npm run sweep:forge` stored: `npm run sweep:cut`.
import type {Kernels} from "../engine/kernels/kernels.ts";
import {type CutSubject, cutPieces, PIECES, readTuned, withPieces} from "../figures/cut/pieces.ts";
import {lossOn} from "./forgeRuns.ts";
import {labFile, readJsonFile, writeJsonFile} from "./jsonFiles.ts";
import {baseNamed, createLabKernels} from "./loadBase.ts";

/** Nats a letter on held-out names with 0, 1, … all pieces kept. */
type Cut = Record<CutSubject, number[]>;

/** The losses with these numbers of pieces kept. */
export function cutLosses(kernels: Kernels, of: CutSubject, ranks: readonly number[]): number[] {
  const base = baseNamed("word-forge");
  const tuned = readTuned(readJsonFile<{base64: string}>(labFile("forge.full.json")).base64, base);
  const pieces = cutPieces(base, tuned, of);
  return ranks.map((r) => Number(lossOn(kernels, withPieces(base, pieces, r, of)).toFixed(5)));
}

/** The file as it is stored. */
export const readCut = (): Cut => readJsonFile(labFile("cut.json"));

if (import.meta.main) {
  const kernels = createLabKernels();
  const ranks = Array.from({length: PIECES + 1}, (_, r) => r);
  const [change, weights] = (["change", "weights"] as const).map((of) => cutLosses(kernels, of, ranks));
  writeJsonFile(labFile("cut.json"), {command: "npm run sweep:cut", change, weights});
}
