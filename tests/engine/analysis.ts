/** NumPy's answers for subspaces and variants (tests/fixtures/make_analysis.py). */
import {readFileSync} from "node:fs";
import type {asMatrix} from "./fixture.ts";

type Plain = Parameters<typeof asMatrix>[0];
type Factors = {B: Plain; A: Plain; alpha: number; r: number};

interface Analysis {
  similarity: Record<"A1" | "A2" | "grid", Plain>[];
  projection: (Factors & {W: Plain; s: number[]; onDelta: number; onOwn: number; amplification: number})[];
  dora: Factors & {W0: Plain; m: number[]; weight: Plain};
  pissa: {W0: Plain; r: number; product: Plain; s: number[]};
  vera: {A: Plain; B: Plain; b: number[]; d: number[]; delta: Plain};
  loftq: {W0: Plain; r: number; step: number; errors: number[]};
}

const file = new URL("../fixtures/analysis.json", import.meta.url);
export const analysis: Analysis = JSON.parse(readFileSync(file, "utf8"));
