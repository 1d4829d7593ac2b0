/** Compares an adapter with the weights of its base: finds the weight of each module and reads it in pieces, never a whole file. */
import type {Rows} from "../../kernels/gram/gramKernel.ts";
import {grouped, shown} from "../../wording.ts";
import {countOf, type FloatDtype, isWideFloat, shapeText} from "../dtype.ts";
import {addEntries, type BaseSums, zeroSums} from "./baseSums.ts";
import {type Container, openContainer} from "./container.ts";
import {type Finding, isMeasured} from "./measure.ts";
import type {OpenedAdapter} from "./open.ts";
import {readPair, type StoredPair} from "./pairs.ts";
import {commonName} from "./second.ts";
import {bytesFrom, type Source} from "./source.ts";
import {bytesFor, numbersOf} from "./storage.ts";

/** A weight of a model, in one of its files. */
interface Weight {
  name: string;
  container: Container;
}

/** A model's files, opened by their headers. */
export interface OpenedModel {
  /** The weights by their common names. */
  weights: Map<string, Weight>;
  /** The weight by each end of its common name (see `endsOf`); undefined for an end that several names have. */
  ends: Map<string, Weight | undefined>;
}

/**
 * Opens the files of a model: one file, or all parts of one. Lists and configs beside them are ignored. Throws as
 * `openContainer` does, and when no file holds weights.
 */
export async function openModel(files: readonly Source[]): Promise<OpenedModel> {
  const weights = new Map<string, Weight>();
  const weightFiles = files.filter(({name = ""}) => !/\.(?:json|md|txt|py|yaml|jinja|model)$/i.test(name));
  if (weightFiles.length === 0)
    throw new Error("inspect: no file with weights is among these; drop .safetensors files");
  for (const source of weightFiles) {
    const container = await openContainer(source);
    for (const name of container.tensors.keys())
      if (name.endsWith(".weight")) weights.set(commonName(name.slice(0, -".weight".length)), {name, container});
  }
  const ends = new Map<string, Weight | undefined>();
  for (const [name, weight] of weights)
    for (const end of endsOf(name)) ends.set(end, ends.has(end) ? undefined : weight);
  return {weights, ends};
}

/** A common name → what follows each of its underscores: "h_0_attn" → "0_attn" and "attn". */
const endsOf = (name: string) => [...name.matchAll(/_/g)].map(({index}) => name.slice(index + 1));

/**
 * The weight of a module; undefined if the model has none. Either name may have more words in front, such as `model.`, if only
 * one weight then has the rest.
 */
function weightFor({weights, ends}: OpenedModel, module: string): Weight | undefined {
  const name = commonName(module);
  const longer = endsOf(name).find((end) => weights.has(end));
  return weights.get(name) ?? ends.get(name) ?? (longer === undefined ? undefined : weights.get(longer));
}

/** A weight of the size of a pair: d × k, or k × d if it is turned. */
interface FittingWeight extends Weight {
  dtype: FloatDtype;
  isTurned: boolean;
}

/**
 * The weight that a pair is added to; of a square one, `inByOut` says whether it is turned. Throws, with the reason as a
 * sentence, if there is none that can be used.
 */
function fittingWeight(model: OpenedModel, pair: StoredPair, inByOut: boolean): FittingWeight {
  const weight = weightFor(model, pair.name);
  if (!weight) throw new Error(`inspect: ${shown(pair.name)} is not in it`);
  const {dtype, shape} = weight.container.tensors.get(weight.name)!;
  if (!isWideFloat(dtype))
    throw new Error(
      `inspect: ${shown(weight.name)} is stored as ${dtype}, so it is quantized; take the base in 16 bits`,
    );
  const hasShape = (rows: number, cols: number) => shape[0] === rows && countOf(shape.slice(1)) === cols;
  const isTurned = (inByOut || !hasShape(pair.d, pair.k)) && shape.length === 2 && hasShape(pair.k, pair.d);
  if (!isTurned && !hasShape(pair.d, pair.k))
    throw new Error(
      `inspect: ${shown(weight.name)} is ${shapeText(shape)}, and this adapter is for ${grouped(pair.d)} × ${grouped(pair.k)}`,
    );
  return {...weight, dtype, isTurned};
}

/** Why a pair cannot be compared with any weight, as a predicate; undefined if it can. */
function whyIncomparable({experts, magnitude}: StoredPair): string | undefined {
  if (magnitude !== undefined) return "has DoRA’s norms, which change the weight besides ΔW";
  return experts > 1 ? "stacks experts, which are not compared with a base here" : undefined;
}

/** The sums of one module over its weight. */
export interface ModuleSums {
  name: string;
  sums: BaseSums;
}

/** What comparing an adapter with its base found. */
export interface BaseComparison {
  modules: ModuleSums[];
  /** Modules that are left out of the sums, each with the reason. */
  leftOut: {name: string; sentence: string}[];
  /** Whether a merged model was there too. */
  isMerged: boolean;
  /** The formats of the base, and of the merged model. */
  dtypes: string[];
  mergedDtypes: string[];
}

/** A pair that is compared, with the scale of its update and its weights. */
interface Job {
  pair: StoredPair;
  scale: number;
  base: FittingWeight;
  merged?: FittingWeight;
}

/** The pairs that can be compared with the base, and why the others cannot. Throws if none can. */
function jobsOf(
  adapter: OpenedAdapter,
  findings: readonly Finding[],
  base: OpenedModel,
  merged: OpenedModel | undefined,
): {jobs: Job[]; leftOut: BaseComparison["leftOut"]} {
  const {config} = adapter;
  const leftOut: BaseComparison["leftOut"] = [];
  const jobs = findings.flatMap((finding): Job[] => {
    const {pair, name} = finding;
    const inByOut =
      pair.kind === "embedding" ||
      (pair.kind === "linear" && config?.kind === "PEFT" && config.fan_in_fan_out === true);
    try {
      if (!isMeasured(finding)) throw new Error(finding.sentence);
      const why =
        whyIncomparable(pair) ?? (finding.scaleFrom === "asked" ? "has no alpha: say which applies first" : undefined);
      if (why) throw new Error(`${shown(name)} ${why}`);
      const job = {pair, scale: finding.scale, base: fittingWeight(base, pair, inByOut)};
      return [merged ? {...job, merged: fittingWeight(merged, pair, job.base.isTurned)} : job];
    } catch (error) {
      leftOut.push({name, sentence: (error as Error).message.replace(/^inspect: /, "")});
      return [];
    }
  });
  if (jobs.length === 0) throw new Error(`inspect: ${whyNoneFits(leftOut, base, merged)}`);
  return {jobs, leftOut};
}

/** Why no module can be compared: that of the first, or what a model has that is another one's, and what it should have. */
function whyNoneFits(leftOut: BaseComparison["leftOut"], base: OpenedModel, merged: OpenedModel | undefined): string {
  const [first] = leftOut;
  if (!first) return "no update of this adapter was measured";
  const isForeign = (model: OpenedModel) => !leftOut.some(({name}) => weightFor(model, name));
  const foreign = [base, ...(merged ? [merged] : [])].find(isForeign);
  if (!foreign) return `none of the ${grouped(leftOut.length)} modules can be compared with it: ${first.sentence}`;
  const [firstWeight] = foreign.weights.values();
  const what = foreign === base ? "this is not the base of this adapter" : "this checkpoint is of another model";
  const content = firstWeight ? `It has ${shown(firstWeight.name)} first` : "It has no weight";
  return (
    `${what}: none of the adapter’s ${grouped(leftOut.length)} modules is in it. ` +
    `${content}; the adapter needs ${shown(`${first.name}.weight`)}`
  );
}

/** How many bytes of a weight are read at once; more if one row has more. */
const PIECE_BYTES = 2 ** 21;

/** How many bytes of the base have been read, and how many will be. */
export interface BaseProgress {
  done: number;
  of: number;
}

/**
 * Compares the measured updates of an adapter with its base and, if there is one, with a model that it may have been
 * merged into. Reads both piece by piece and yields after each; end the loop to cancel. Throws, in words, when no module
 * fits; a module that does not fit is left out with its reason.
 */
export async function* compareWithBase(
  adapter: OpenedAdapter,
  findings: readonly Finding[],
  base: OpenedModel,
  merged?: OpenedModel,
): AsyncGenerator<BaseProgress, BaseComparison> {
  const {jobs, leftOut} = jobsOf(adapter, findings, base, merged);
  const of = jobs.reduce((sum, {pair, base}) => sum + bytesFor(pair.name, base.dtype, pair.d * pair.k), 0);
  let done = 0;
  const modules: ModuleSums[] = [];
  for (const job of jobs) {
    const {name} = job.pair;
    const sums = zeroSums();
    for await (const bytes of addPieces(sums, adapter, job)) {
      done += bytes;
      yield {done, of};
    }
    if (Object.values(sums).every(Number.isFinite)) modules.push({name, sums});
    else leftOut.push({name, sentence: `${shown(name)}: its weight holds NaN or infinity`});
  }
  const dtypesOf = (weights: readonly FittingWeight[]) => [...new Set(weights.map(({dtype}) => dtype))];
  return {
    modules,
    leftOut,
    isMerged: merged !== undefined,
    dtypes: dtypesOf(jobs.map(({base}) => base)),
    mergedDtypes: dtypesOf(jobs.flatMap(({merged}) => merged ?? [])),
  };
}

/** Adds the entries of one weight to the sums, piece by piece, and yields the bytes of each piece. */
async function* addPieces(
  sums: BaseSums,
  adapter: OpenedAdapter,
  {pair, scale, base, merged}: Job,
): AsyncGenerator<number> {
  const {updates} = await readPair(adapter.container, pair);
  const {A, B} = updates[0];
  // The weight is leftᵀ·right's size: one row for each column of `left`.
  const [left, right] = base.isTurned ? [A, B] : [B, A];
  const rowBytes = bytesFor(pair.name, base.dtype, right.cols);
  const step = Math.max(1, Math.floor(PIECE_BYTES / rowBytes));
  for (let from = 0; from < left.cols; from += step) {
    const to = Math.min(left.cols, from + step);
    const W = await rowsOf(base, from, to, right.cols);
    const mergedRows = merged && {dtype: merged.dtype, values: await rowsOf(merged, from, to, right.cols)};
    addEntries(sums, W, deltaRows(left, right, scale, from, to), mergedRows);
    yield rowBytes * (to - from);
  }
}

/** The rows from … to − 1 of a weight as it is stored, with `cols` numbers each. */
async function rowsOf({container, name, dtype}: FittingWeight, from: number, to: number, cols: number) {
  const {begin} = container.tensors.get(name)!;
  const rowBytes = bytesFor(name, dtype, cols);
  return numbersOf(dtype, await bytesFrom(container.source, begin + from * rowBytes, begin + to * rowBytes));
}

/** The rows from … to − 1 of scale · leftᵀ·right, with left (r × rows) and right (r × cols). */
function deltaRows(left: Rows, right: Rows, scale: number, from: number, to: number): Float64Array {
  const {cols, data} = right;
  const result = new Float64Array((to - from) * cols);
  for (let i = from; i < to; i++) {
    const row = result.subarray((i - from) * cols, (i - from + 1) * cols);
    for (let l = 0; l < left.rows; l++) {
      const factor = scale * left.data[l * left.cols + i];
      const at = l * cols;
      for (let j = 0; j < cols; j++) row[j] += factor * data[at + j];
    }
  }
  return result;
}
