/** Four requests in one batch: what a reader sets, and what the forge writes for each row. No DOM. */
import forgeNumbers from "../../../content/lab/forge.json" with {type: "json"};
import {type Matrix, subtract} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import type {Attachment} from "../../engine/lora/attachment.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, mergeAll, type Transformer} from "../../engine/network/transformer.ts";
import {MAX_LETTERS} from "../../engine/training/words.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import type {Frames} from "../../figure/widget.ts";
import {storedHalves} from "../shared/storedHalves.ts";
import {loadForge, storedAdapter, theForge} from "../shared/wordForge.ts";
import {mixedLogits} from "./mixedPass.ts";

/** A "slip" is the A and B of one row; `slips` says where they are. */
export const controls = {
  slips: choice(["A and B"], {beside: "Beside", names: "Merged", both: "Two merged"}, "beside"),
  letter: range(["Letter"], {min: 0, max: MAX_LETTERS, value: MAX_LETTERS, clock: true}),
  draw: range(["Draw"], {min: 1, max: 99, value: 11, more: true, group: "chance"}),
};
export type BatchParams = Params<typeof controls>;
/** What a row asks for. */
export type OrderKind = "names" | "french" | "spanish";

/** What the rows of the batch ask for. */
export const ORDERS: readonly OrderKind[] = ["names", "french", "names", "spanish"];
/** The matrix that is drawn. */
const DRAWN_MATRIX = {layer: 1, target: "Wv"} as const;

/** The entries of each adapter as `sweep:forge` trained it, loaded by `ready`. */
let adapterEntries: Readonly<Record<OrderKind, Float64Array>> | undefined;

/** Loads the forge and its three adapters. */
export async function ready(): Promise<void> {
  const [adapters] = await Promise.all([import("../../../content/lab/forge.adapters.json"), loadForge()]);
  const {names, french, spanish} = adapters.default;
  adapterEntries ??= {
    names: storedHalves(names["200"]),
    french: storedHalves(french["200"]),
    spanish: storedHalves(spanish["200"]),
  };
}

/** Of the matrix that is drawn: W₀, ΔW if something is merged, and each row's A and B. */
export interface BatchMatrices {
  w0: Matrix;
  change?: Matrix;
  slips: readonly {A: Matrix; B: Matrix}[];
}

/** What a run computes, all in its first snapshot. */
export interface BatchSnapshot {
  /** Words from the same draws: by the base, by the batch, and by the forge with each row's adapter alone. */
  baseWords: string[];
  words: string[];
  aloneWords: string[];
  matrices: BatchMatrices;
}

/** The adapter of a kind. Throws before `ready` has loaded it. */
function adapterFor(base: Transformer, kind: OrderKind): Attachment {
  if (!adapterEntries) throw new Error("batch: the adapters are not loaded yet; wait for ready() before a run begins");
  return storedAdapter(base, adapterEntries[kind]);
}

/** Writes a word for each row. */
const sampleBatch = (logits: (tokens: Int32Array, B: number) => Matrix, draw: number): string[] =>
  sampleWords(logits, ORDERS.length, mulberry32(draw));

/** Writes the words of all rows: the first snapshot has them, and an empty one follows for each letter, so that the clock can count letters. */
export function* compute({slips, draw}: Pick<BatchParams, "slips" | "draw">): Generator<BatchSnapshot | object, void> {
  const base = theForge();
  const adapters = ORDERS.map((kind) => adapterFor(base, kind));
  const merging = {beside: [], names: [adapters[0]!], both: [adapters[0]!, adapters[1]!]}[slips];
  const mergedModel = mergeAll({...base, attached: merging});
  const logitsOf = (model: Transformer) => (tokens: Int32Array, B: number) => forward(model, tokens, B).logits;
  const weight = ({weights}: Transformer) => weights.views[`layers.${DRAWN_MATRIX.layer}.${DRAWN_MATRIX.target}`];
  yield {
    baseWords: sampleBatch(logitsOf(base), draw),
    words: sampleBatch(
      slips === "beside" ? (tokens) => mixedLogits(base, tokens, adapters) : logitsOf(mergedModel),
      draw,
    ),
    aloneWords: adapters.map((adapter, row) => sampleBatch(logitsOf({...base, attached: [adapter]}), draw)[row]!),
    matrices: {
      w0: weight(base),
      ...(slips !== "beside" && {change: subtract(weight(mergedModel), weight(base))}),
      slips: adapters.map((adapter) => adapter.view(adapter.params)[DRAWN_MATRIX.layer]!.loras![DRAWN_MATRIX.target]!),
    },
  } satisfies BatchSnapshot;
  for (let n = 0; n < MAX_LETTERS; n++) yield {};
}

/** Losses on held-out words of a kind, in nats a letter: of the base, with the kind's own adapter, and as the row is served now. */
export interface BatchLosses {
  base: number;
  own: number;
  now: number;
}

const {base, adapter, french, spanish, served} = forgeNumbers;
/** The stored losses of each kind without and with its adapter. */
const STORED_LOSSES: Readonly<Record<OrderKind, Omit<BatchLosses, "now">>> = {
  names: {base, own: adapter[0]!},
  french: {base: french.base, own: french.on},
  spanish: {base: spanish.base, own: spanish.on},
};

/** A row of the batch. Its words are as far as they are written: `before` by the base, `now` as the row is served. */
export interface BatchRow {
  kind: OrderKind;
  before: string;
  now: string;
  losses: BatchLosses;
  /** Its loss now is lower than the base's. */
  isServedBetter: boolean;
}

/** What the picture shows. */
export interface BatchResult {
  slips: BatchParams["slips"];
  rows: readonly BatchRow[];
  /** How many of the complete words equal those that the forge writes with the row's adapter alone. */
  sameCount: number;
  matrices: BatchMatrices;
}

/** What the picture shows: all rows, with their words as far as the clock. */
export function readBatch([first]: Frames<BatchSnapshot>, {slips, letter}: BatchParams): BatchResult {
  const {baseWords, words, aloneWords, matrices} = first!;
  return {
    slips,
    matrices,
    sameCount: words.filter((word, i) => word === aloneWords[i]).length,
    rows: ORDERS.map((kind, i) => {
      const now = slips === "beside" ? STORED_LOSSES[kind].own : served[slips][kind];
      return {
        kind,
        before: baseWords[i]!.slice(0, letter),
        now: words[i]!.slice(0, letter),
        losses: {...STORED_LOSSES[kind], now},
        isServedBetter: now < STORED_LOSSES[kind].base,
      };
    }),
  };
}
