/** What each reader multiplies B·A by, module by module, from names, shapes and the config alone. */
import type {AdapterConfig} from "../../peftConfig.ts";
import type {OpenedAdapter} from "../open.ts";
import type {StoredPair} from "../pairs.ts";
import {scaleOf} from "../scales.ts";
import {type Reader, VLLM_RANKS} from "./rules.ts";

/** The factor of one module as it was trained, and by reader. */
export interface Strength {
  pair: StoredPair;
  trained: number;
  by: Readonly<Record<Reader, number>>;
}

/** A row of the table: modules whose factors agree. */
export interface StrengthRow {
  modules: number;
  /** The name and the rank of the first of them. */
  name: string;
  r: number;
  trained: number;
  /** The factor in each reader; absent for one that does not load the file, 0 for one that does not find the modules. */
  by: Partial<Record<Reader, number>>;
}

/** Factors whose ratio differs from 1 by no more than this are the same. */
const FACTOR_TOLERANCE = 1e-6;

/** The fields of a config by which vLLM and llama.cpp scale an adapter. PEFT reads the patterns too. */
export type StrengthFields = Pick<AdapterConfig, "r" | "lora_alpha" | "use_rslora">;

/** The factor by which each reader multiplies B·A of a module; `rank` is its tensors' rank, `trained` its factor in training. */
export const factorsOf = (
  {r, lora_alpha, use_rslora}: StrengthFields,
  rank: number,
  trained: number,
): Record<Reader, number> => ({
  PEFT: trained,
  vLLM: lora_alpha / (use_rslora ? Math.sqrt(r) : r),
  "llama.cpp": lora_alpha === 0 ? 1 : lora_alpha / rank,
});

/** The factors of all modules, as the readers compute them for modules that they find. */
export function strengthsOf(adapter: OpenedAdapter): Strength[] {
  const {config} = adapter;
  return [...adapter.pairs.values()].map((pair) => {
    const trained = scaleOf(pair, undefined, adapter.scales).scale;
    if (config?.kind !== "PEFT") return {pair, trained, by: {PEFT: trained, vLLM: trained, "llama.cpp": trained}};
    return {pair, trained, by: factorsOf(config, pair.r, trained)};
  });
}

/** How many times as strong as trained a factor is: 1 if right, 0 if nothing is added, Infinity if something is and nothing should be. */
export function timesTrained(factor: number, trained: number): number {
  if (factor === 0) return 0;
  const times = factor / trained;
  return Math.abs(times - 1) <= FACTOR_TOLERANCE ? 1 : times;
}

/** The table of strength, the row of most modules first; `byOf` gives the factors of a module that are shown. */
export function strengthRows(
  strengths: readonly Strength[],
  byOf: (one: Strength) => Partial<Record<Reader, number>>,
): StrengthRow[] {
  const rows = new Map<string, StrengthRow>();
  for (const one of strengths) {
    const by = byOf(one);
    const key = [one.trained, ...Object.values(by)].map((factor) => factor.toPrecision(9)).join();
    const row = rows.get(key);
    if (row) row.modules++;
    else rows.set(key, {modules: 1, name: one.pair.name, r: one.pair.r, trained: one.trained, by});
  }
  return [...rows.values()].sort((a, b) => b.modules - a.modules);
}

/** The largest rank of a pair. */
export const largestRank = ({pairs}: OpenedAdapter): number =>
  [...pairs.values()].reduce((largest, {r}) => Math.max(largest, r), 0);

/** vLLM's --max-lora-rank for an adapter; undefined if its rank is above the largest. */
export function rankForVllm(adapter: OpenedAdapter): number | undefined {
  const {config} = adapter;
  const largest = Math.max(config?.kind === "PEFT" ? config.r : 0, largestRank(adapter));
  return VLLM_RANKS.find((rank) => rank >= largest);
}
