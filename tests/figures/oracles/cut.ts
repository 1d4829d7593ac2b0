/** What the figure of cut changes must say: energies by another SVD, losses as they are stored (tests/figures/cut/cut.test.ts repeats some). */
import {readFileSync} from "node:fs";
import {decode16, fp16} from "../../../src/engine/memory/float16.ts";
import type {CutParams, CutResult} from "../../../src/figures/cut/model.ts";
import type {CutSubject} from "../../../src/figures/cut/pieces.ts";
import {baseNamed} from "../../../src/tools/loadBase.ts";
import {readCut} from "../../../src/tools/sweepCut.ts";
import {singularValues} from "./exact.ts";
import {once} from "./once.ts";
import type {Claims} from "./oracle.ts";

const stored = readCut();
const doubt = (of: CutSubject, r: number): number => Math.E ** stored[of][r]!;

/** The singular values of the twelve matrices, or of what fine-tuning changed in them. */
const spectra = once((of: CutSubject): number[][] => {
  const {weights} = baseNamed("word-forge");
  const path = new URL("../../../content/lab/forge.full.json", import.meta.url);
  const bytes = Buffer.from(JSON.parse(readFileSync(path, "utf8")).base64, "base64");
  let at = 0;
  return weights.layout.flatMap(([name, rows, cols]) => {
    const {data} = weights.views[name];
    const tuned = Float64Array.from(data, () => decode16(bytes.readUInt16LE(2 * at++), fp16));
    if (!/[.]W[qkvo12]$/.test(name)) return [];
    return [singularValues({rows, cols, data: of === "weights" ? data : tuned.map((x, i) => x - data[i]!)})];
  });
});

function energies({of, r}: CutParams): number[] {
  const shares = spectra(of).map((all) => {
    const squares = all.map((s) => s ** 2).sort((a, b) => b - a);
    const sum = (some: number[]) => some.reduce((total, x) => total + x, 0);
    return (100 * sum(squares.slice(0, r))) / sum(squares);
  });
  return [Math.min(...shares), Math.max(...shares)];
}

export function cut(params: CutParams, {r}: CutResult): Claims {
  const {of} = params;
  const share = 100 * ((stored.change[0]! - stored[of][r]!) / (stored.change[0]! - stored.change[32]!));
  const [base, all] = [doubt("change", 0), doubt("change", 32)];
  const held = energies({...params, r});
  return {
    summary: [r, 32, doubt(of, r), base, ...(of === "change" ? [share] : []), all, ...held],
    readouts: [[doubt(of, r), base, all], [share, 32], held, []],
    caption: [],
    rows: stored.change.map((_, n) => [n, doubt("change", n), doubt("weights", n)]),
  };
}
