/** An adapter against the weights of its base: finds the weight of each module and reads it in pieces, never a whole file. */
import type {Rows} from "../../kernels/gram/gramKernel.ts";
import {grouped, shown} from "../../wording.ts";
import {type FloatDtype, isWideFloat, shapeText} from "../dtype.ts";
import {addEntries, type BaseSums, noSums} from "./baseSums.ts";
import {type Container, openContainer} from "./container.ts";
import {type Finding, isMeasured} from "./measure.ts";
import type {OpenedAdapter} from "./open.ts";
import type {StoredPair} from "./pairs.ts";
import {readPair} from "./pairs.ts";
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
  /** The weight for each end of a common name; undefined where several names end so. */
  ends: Map<string, Weight | undefined>;
}

/**
 * Opens the files of a model: one, or the parts of one. Lists and configs beside them are passed over. Throws as
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

/** "h_0_attn" → "0_attn" and "attn". */
const endsOf = (name: string) => [...name.matchAll(/_/g)].map(({index}) => name.slice(index + 1));

/** The weight of a module. Either name may have words before the other, such as `model.`, if that leaves one weight only. */
function weightFor({weights, ends}: OpenedModel, module: string): Weight | undefined {
  const name = commonName(module);
  const longer = endsOf(name).find((end) => weights.has(end));
  return weights.get(name) ?? ends.get(name) ?? (longer === undefined ? undefined : weights.get(longer));
}

/** A weight that fits a pair: as d × k, or turned. */
interface FittingWeight extends Weight {
  dtype: FloatDtype;
  isTurned: boolean;
}

/** The weight that a pair is added to. Throws, with the reason as a sentence, where there is none that can be used. */
function fittingWeight(model: OpenedModel, pair: StoredPair, inByOut: boolean): FittingWeight {
  const weight = weightFor(model, pair.name);
  if (!weight) throw new Error(`inspect: ${shown(pair.name)} is not in it`);
  const {dtype, shape} = weight.container.tensors.get(weight.name)!;
  if (!isWideFloat(dtype))
    throw new Error(
      `inspect: ${shown(weight.name)} is stored as ${dtype}, so it is quantized; take the base in 16 bits`,
    );
  const flat = [shape[0], shape.slice(1).reduce((product, size) => product * size, 1)];
  const hasShape = (rows: number, cols: number) => flat[0] === rows && flat[1] === cols;
  const isTurned = (inByOut || !hasShape(pair.d, pair.k)) && shape.length === 2 && hasShape(pair.k, pair.d);
  if (!isTurned && !hasShape(pair.d, pair.k))
    throw new Error(
      `inspect: ${shown(weight.name)} is ${shapeText(shape)}, and this adapter is for ${grouped(pair.d)} × ${grouped(pair.k)}`,
    );
  return {...weight, dtype, isTurned};
}

/** Why a pair cannot be held against a weight, whatever the base. */
function whyNot({experts, magnitude}: StoredPair): string | undefined {
  if (magnitude !== undefined) return "has DoRA’s norms, which change the weight besides ΔW";
  return experts > 1 ? "stacks experts, which are not held against a base here" : undefined;
}

/** The sums of one module. */
export interface ModuleAgainst {
  name: string;
  sums: BaseSums;
}

/** An adapter against its base. */
export interface AgainstBase {
  modules: ModuleAgainst[];
  /** Modules that are not in these numbers, each with the reason. */
  left: {name: string; sentence: string}[];
  /** Whether a merged model was there too. */
  isMerged: boolean;
  /** The formats of the base, and of the merged model. */
  dtypes: string[];
  mergedDtypes: string[];
}

/** A pair of the adapter with its weights and the scale of its update. */
interface Job {
  pair: StoredPair;
  scale: number;
  base: FittingWeight;
  merged?: FittingWeight;
}

/** The pairs that can be held against the base, and why the others cannot. Throws when none can. */
function jobsOf(
  adapter: OpenedAdapter,
  findings: readonly Finding[],
  base: OpenedModel,
  merged: OpenedModel | undefined,
): {jobs: Job[]; left: AgainstBase["left"]} {
  const {config} = adapter;
  const left: AgainstBase["left"] = [];
  const jobs = findings.flatMap((finding): Job[] => {
    const {pair, name} = finding;
    const inByOut =
      pair.kind === "embedding" ||
      (pair.kind === "linear" && config?.kind === "PEFT" && config.config.fan_in_fan_out === true);
    try {
      if (!isMeasured(finding)) throw new Error(finding.sentence);
      const why = whyNot(pair) ?? (finding.scaleFrom === "asked" ? "has no alpha: say which applies first" : undefined);
      if (why) throw new Error(`${shown(name)} ${why}`);
      const job = {pair, scale: finding.scale, base: fittingWeight(base, pair, inByOut)};
      return [merged ? {...job, merged: fittingWeight(merged, pair, job.base.isTurned)} : job];
    } catch (error) {
      left.push({name, sentence: (error as Error).message.replace(/^inspect: /, "")});
      return [];
    }
  });
  if (jobs.length === 0) throw new Error(`inspect: ${noneFits(left, base, merged)}`);
  return {jobs, left};
}

/** A sentence for models that have the weight of no module: what the model has, and what it should have. */
function noneFits(left: AgainstBase["left"], base: OpenedModel, merged: OpenedModel | undefined): string {
  const [first] = left;
  if (!first) return "no update of this adapter was measured";
  const isEmpty = (model: OpenedModel) => !left.some(({name}) => weightFor(model, name));
  const wrong = isEmpty(base) ? base : merged && isEmpty(merged) ? merged : undefined;
  if (!wrong) return `none of the ${grouped(left.length)} modules can be held against it: ${first.sentence}`;
  const [firstWeight] = wrong.weights.values();
  return (
    `${wrong === base ? "this is not the base of this adapter" : "this checkpoint is of another model"}: none of ` +
    `the adapter’s ${grouped(left.length)} modules is in it. ${firstWeight ? `It has ${shown(firstWeight.name)} first` : "It has no weight"}; ${shown(`${first.name}.weight`)} is due`
  );
}

/** The bytes of a weight that are read at once. */
const PIECE_BYTES = 2 ** 21;

/** How much has been read, in bytes of the base. */
export interface BaseProgress {
  done: number;
  of: number;
}

/**
 * Holds the measured updates of an adapter against its base and, if there is one, against a model that it may have been
 * merged into. Reads both piece by piece and yields after each; end the loop to cancel. Throws, in words, when no module
 * fits; a module that does not fit is left out with its reason.
 */
export async function* againstBase(
  adapter: OpenedAdapter,
  findings: readonly Finding[],
  base: OpenedModel,
  merged?: OpenedModel,
): AsyncGenerator<BaseProgress, AgainstBase> {
  const {jobs, left} = jobsOf(adapter, findings, base, merged);
  const of = jobs.reduce((sum, {pair, base}) => sum + bytesFor(pair.name, base.dtype, pair.d * pair.k), 0);
  let done = 0;
  const modules: ModuleAgainst[] = [];
  for (const job of jobs) {
    const {name} = job.pair;
    const sums = noSums();
    for await (const bytes of piecesInto(sums, adapter, job)) {
      done += bytes;
      yield {done, of};
    }
    if (Object.values(sums).every(Number.isFinite)) modules.push({name, sums});
    else left.push({name, sentence: `${shown(name)}: its weight holds NaN or infinity`});
  }
  const dtypesOf = (weights: readonly FittingWeight[]) => [...new Set(weights.map(({dtype}) => dtype))];
  return {
    modules,
    left,
    isMerged: merged !== undefined,
    dtypes: dtypesOf(jobs.map(({base}) => base)),
    mergedDtypes: dtypesOf(jobs.flatMap(({merged}) => merged ?? [])),
  };
}

/** Adds the entries of one weight to the sums, piece by piece → the bytes of each piece. */
async function* piecesInto(
  sums: BaseSums,
  adapter: OpenedAdapter,
  {pair, scale, base, merged}: Job,
): AsyncGenerator<number> {
  const {updates} = await readPair(adapter.container, pair);
  const {A, B} = updates[0];
  const [rows, cols] = base.isTurned ? [A, B] : [B, A];
  const rowBytes = bytesFor(pair.name, base.dtype, cols.cols);
  const step = Math.max(1, Math.floor(PIECE_BYTES / rowBytes));
  for (let from = 0; from < rows.cols; from += step) {
    const to = Math.min(rows.cols, from + step);
    const W = await rowsOf(base, from, to, cols.cols);
    const values = merged && (await rowsOf(merged, from, to, cols.cols));
    addEntries(sums, W, deltaRows(rows, cols, scale, from, to), merged && {dtype: merged.dtype, values: values!});
    yield rowBytes * (to - from);
  }
}

/** Some rows of a weight. */
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
