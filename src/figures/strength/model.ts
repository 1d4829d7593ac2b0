/** One adapter under four configs, all of which mean that BA is multiplied by 2, and the factor that each program works out. */
import stored from "../../../content/lab/forge.json" with {type: "json"};
import {factorsOf, type StrengthFields, timesTrained} from "../../engine/adapters/inspect/loading/strength.ts";
import {choice, type Params} from "../../figure/controls.ts";

export const controls = {
  config: choice(["Config"], {plain: "Plain", rslora: "rsLoRA", rank: "Rank by pattern", both: "Rank and α"}, "rank"),
  reader: choice(["Reader"], {PEFT: "PEFT", vLLM: "vLLM", "llama.cpp": "llama.cpp"}, "vLLM"),
};
export type StrengthParams = Params<typeof controls>;
type ReaderName = StrengthParams["reader"];
const READERS = Object.keys(controls.reader.options) as ReaderName[];

/** The rank of every A and B in the file: `sweep:forge` uses r 4 and α 8. */
const RANK = 4;
/** The factor of BA in training: α/r. */
export const TRAINED_FACTOR = 2;

interface Config {
  fields: StrengthFields;
  /** The fields as adapter_config.json writes them. */
  text: string;
}

const configs: Readonly<Record<StrengthParams["config"], Config>> = {
  plain: {fields: {r: RANK, lora_alpha: 8, use_rslora: false}, text: "r 4, lora_alpha 8"},
  rslora: {fields: {r: RANK, lora_alpha: 4, use_rslora: true}, text: "r 4, lora_alpha 4, use_rslora true"},
  rank: {fields: {r: 16, lora_alpha: 8, use_rslora: false}, text: "r 16, lora_alpha 8, rank_pattern 4 everywhere"},
  both: {
    fields: {r: 16, lora_alpha: 32, use_rslora: false},
    text: "r 16, lora_alpha 32, rank_pattern 4 and alpha_pattern 8 everywhere",
  },
};

/** What one reader makes of the file. */
export interface Reading {
  reader: ReaderName;
  /** What it multiplies BA by. */
  factor: number;
  /** That factor over the factor in training. */
  times: number;
  /** Loss on held-out names, nats a letter. */
  loss: number;
  /** Five words that the forge writes, from the same draws for every factor. */
  words: readonly string[];
}

export interface StrengthResult {
  readings: readonly Reading[];
  chosen: Reading;
  /** With the factor in training. */
  trained: Pick<Reading, "loss" | "words">;
  /** Loss without an adapter, nats a letter. */
  baseLoss: number;
  /** The fields of the config as adapter_config.json writes them. */
  configText: string;
}

/** Losses and words by factor. The file, which `npm run sweep:forge` writes, has every factor that these configs lead to. */
const storedByFactor: Readonly<Record<string, {loss: number; words: string[]}>> = stored.atFactors;

/** What each reader makes of the file with this config. */
function readingsOf(config: StrengthParams["config"]): Reading[] {
  const factors = factorsOf(configs[config].fields, RANK, TRAINED_FACTOR);
  return READERS.map((reader) => {
    const factor = factors[reader];
    return {reader, factor, times: timesTrained(factor, TRAINED_FACTOR), ...storedByFactor[factor]!};
  });
}

export function compute({config, reader}: StrengthParams): StrengthResult {
  const readings = readingsOf(config);
  return {
    readings,
    chosen: readings.find((one) => one.reader === reader)!,
    trained: storedByFactor[TRAINED_FACTOR]!,
    baseLoss: stored.base,
    configText: configs[config].text,
  };
}

/** The readings of every config, for the table. */
export const allReadings = (): [name: string, readings: Reading[]][] =>
  Object.entries(controls.config.options).map(([config, name]) => [
    name,
    readingsOf(config as StrengthParams["config"]),
  ]);
