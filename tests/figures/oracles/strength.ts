/** What the figure of strength must say: each reader's formula with each config, written out, and the stored losses; tests/content/forge.runs.test.ts measures them again. */
import {readFileSync} from "node:fs";
import type {StrengthParams} from "../../../src/figures/strength/model.ts";
import type {Claims} from "./oracle.ts";

const path = new URL("../../../content/lab/forge.json", import.meta.url);
const stored = JSON.parse(readFileSync(path, "utf8")) as {base: number; atFactors: Record<string, {loss: number}>};
const doubt = (factor: number) => Math.exp(stored.atFactors[factor]!.loss);

const READERS = ["PEFT", "vLLM", "llama.cpp"] as const;
/** PEFT knows all fields; vLLM takes r and α of the whole config; llama.cpp divides α by the rank of the tensors. */
const configs: Record<StrengthParams["config"], {factors: readonly number[]; says: readonly number[]}> = {
  plain: {factors: [8 / 4, 8 / 4, 8 / 4], says: [4, 8]},
  rslora: {factors: [4 / Math.sqrt(4), 4 / Math.sqrt(4), 4 / 4], says: [4, 4]},
  rank: {factors: [8 / 4, 8 / 16, 8 / 4], says: [16, 8, 4]},
  both: {factors: [8 / 4, 32 / 16, 32 / 4], says: [16, 32, 4, 8]},
};

export function strength({config, reader}: StrengthParams): Claims {
  const {factors, says} = configs[config];
  const factor = factors[READERS.indexOf(reader)]!;
  const away = (one: number) => (one === 2 ? [] : [Math.max(one / 2, 2 / one)]);
  return {
    summary: [...(factor === 2 ? [2, doubt(2)] : [factor, 2, doubt(factor), doubt(2)]), ...says, Math.exp(stored.base)],
    readouts: factors.map((one) => [...away(one), one, doubt(one)]),
    caption: [2],
    rows: Object.values(configs).map(({factors}) => factors),
  };
}
