/** The pairs of a file: from the header, ranks, sizes and how the factors are stored; then the factors, one pair at a time. */
import type {Rows} from "../../kernels/gram/gramKernel.ts";
import {grouped, shown} from "../../wording.ts";
import {countOf, shapeText} from "../dtype.ts";
import type {AdapterConfig} from "../peftConfig.ts";
import {lookupNames, type Rules} from "../peftRules.ts";
import type {Container, StoredTensor} from "./container.ts";
import type {FamilyId} from "./families/families.ts";
import type {ModuleKeys} from "./keys.ts";
import {bytesFrom} from "./source.ts";
import {isReadable, numbersOf, transposed, zerosLike} from "./storage.ts";

/** How several experts share one pair of tensors: as rows of A and interleaved columns of B (PEFT), or as blocks (MLX, GGUF). */
export type Stacking = "rows" | "blocks";

/** A pair of the file, from the header alone. */
export interface StoredPair {
  /** The module's name, without PEFT's prefix. */
  name: string;
  family: FamilyId;
  /** The names of its tensors. */
  A: string;
  B: string;
  mid?: string;
  alpha?: string;
  magnitude?: string;
  bias?: string;
  kind: "linear" | "convolution" | "embedding";
  /** The rank of one expert, or of the only update. */
  r: number;
  /** ΔW is d × k; a convolution's k counts every place of the kernel. */
  d: number;
  k: number;
  /** The sizes of a convolution's kernel; [] for the other kinds. */
  kernel: number[];
  /** More than 1 for a grouped convolution, whose B is zero outside its blocks. */
  groups: number;
  /** How many experts the pair is for: 1, usually. */
  experts: number;
  /** The name by which PEFT's config knows stacked experts, that of their parameter; absent for other pairs. */
  configName?: string;
  stacking: Stacking;
  /** Whether A is stored k × r, and B r × d. */
  turned: {A: boolean; B: boolean};
  dtypes: {A: string; B: string};
  /** The numbers and bytes of A, B and what belongs to them. */
  numbers: number;
  bytes: number;
}

/** The most numbers that B of a grouped convolution may have once it is spread out. */
const MAX_SPREAD = 2 ** 26;
/** The most experts that a pair may be for; the largest models of 2026 have some hundreds. */
const MAX_EXPERTS = 10_000;

const failure = (module: string, sentence: string) => new Error(`inspect: ${shown(module)} ${sentence}`);

/**
 * The names of a module → its pair. Throws, for this module alone, when half of the pair is missing, when the shapes do
 * not fit each other, or when the numbers are stored in a way that is not read.
 */
export function pairOf(
  name: string,
  keys: ModuleKeys,
  {tensors, format}: Pick<Container, "tensors" | "format">,
): StoredPair {
  const {parts, family, embedding} = keys;
  const {A, B, ...rest} = parts;
  if (A === undefined || B === undefined)
    throw failure(
      name,
      `has ${shown((A ?? B)!)} but its ${A === undefined ? "A" : "B"} is missing: a loader will skip or refuse it`,
    );
  const [a, b] = [tensors.get(A)!, tensors.get(B)!];
  for (const [tensor, {dtype}] of [[A, a] as const, [B, b] as const])
    if (!isReadable(dtype)) throw failure(name, `is not read: ${shown(tensor)} is stored as ${dtype}`);
  if (countOf(a.shape) === 0 || countOf(b.shape) === 0)
    throw failure(name, `has no numbers in this file: its A is ${shapeText(a.shape)}, its B ${shapeText(b.shape)}`);
  const isTurned = family.turned === true && a.shape.length === 2 && b.shape.length === 2;
  const turned = {A: isTurned || family.turnedA?.test(keys.module) === true, B: isTurned};
  if (family.id === "peft" && a.shape.length !== b.shape.length) throw unfitError(name, a, b, turned);
  const hasBlocks = format === "GGUF" || family.turned === true;
  const all = Object.values(parts).map((part) => tensors.get(part)!);
  const pair: StoredPair = {
    name,
    family: family.id,
    A,
    B,
    ...rest,
    ...sizesOf(name, a, b, turned, hasBlocks),
    ...(embedding || turned.A !== turned.B ? {kind: "embedding"} : {}),
    turned,
    dtypes: {A: a.dtype, B: b.dtype},
    numbers: all.reduce((sum, {shape}) => sum + countOf(shape), 0),
    bytes: all.reduce((sum, {begin, end}) => sum + end - begin, 0),
  };
  return parts.mid === undefined ? pair : withMid(pair, tensors.get(parts.mid)!);
}

/** The error for A and B that do not fit each other. */
const unfitError = (name: string, a: StoredTensor, b: StoredTensor, turned: StoredPair["turned"]) =>
  failure(
    name,
    `has A of ${shapeText(a.shape)} and B of ${shapeText(b.shape)}, which do not fit: ` +
      (turned.A ? "they must be in × r and r × out" : "they must be r × in and out × r"),
  );

type Sizes = Pick<StoredPair, "kind" | "r" | "d" | "k" | "kernel" | "groups" | "experts" | "stacking">;

/** The sizes of a pair; with `hasBlocks`, three sizes of B are those of stacked experts. Throws when A and B do not fit each other. */
function sizesOf(
  name: string,
  a: StoredTensor,
  b: StoredTensor,
  turned: StoredPair["turned"],
  hasBlocks: boolean,
): Sizes {
  const plain = {kind: "linear" as const, kernel: [], groups: 1, experts: 1, stacking: "rows" as const};
  if (a.shape.length === 2 && b.shape.length === 2) {
    const [r, k] = turned.A ? [a.shape[1], a.shape[0]] : a.shape;
    const [d, inner] = turned.B ? [b.shape[1], b.shape[0]] : b.shape;
    if (inner !== r || !(r >= 1 && d >= 1 && k >= 1)) throw unfitError(name, a, b, turned);
    return {...plain, r, d, k};
  }
  if (hasBlocks && b.shape.length === 3) {
    const [experts, d, r] = b.shape;
    const k = a.shape.at(-1)!;
    if (!(experts >= 1 && r >= 1 && d >= 1 && k >= 1) || countOf(a.shape) !== experts * r * k)
      throw unfitError(name, a, b, turned);
    return {...plain, r, d, k, experts, stacking: "blocks"};
  }
  const [r, channels, ...kernel] = a.shape;
  const [d, inner = 0, ...ones] = b.shape;
  const groups = inner > 0 ? r / inner : 0;
  const fits = kernel.length > 0 && Number.isInteger(groups) && groups >= 1 && d % groups === 0 && d >= 1;
  if (!fits || ones.some((size) => size !== 1)) throw unfitError(name, a, b, turned);
  const k = channels * countOf(kernel);
  if (!(k >= 1)) throw unfitError(name, a, b, turned);
  if (groups > 1 && d * r > MAX_SPREAD)
    throw failure(name, `has B of ${grouped(d)} × ${grouped(r)} when its groups are spread out, too large to read`);
  return {...plain, kind: "convolution", r, d, k, kernel, groups};
}

/** LoCon's pair, with its third factor between A and B: A is r₁ × in without a kernel, mid r₂ × r₁ × kernel, B out × r₂. */
function withMid(pair: StoredPair, mid: StoredTensor): StoredPair {
  const [outer, inner, ...kernel] = mid.shape;
  const rank = pair.groups > 1 ? pair.r / pair.groups : pair.r;
  if (kernel.length === 0 || inner !== pair.r || outer !== rank || countOf(pair.kernel) !== 1 || !isReadable(mid.dtype))
    throw failure(pair.name, `has a middle factor of ${shapeText(mid.shape)}, which does not fit its A and B`);
  return {...pair, kind: "convolution", groups: 1, r: outer, k: pair.k * countOf(kernel), kernel};
}

/**
 * The pair with its experts, if a config's target_parameters say that it stacks them. Throws if its rows are no multiple of
 * the rank, or for more experts than are read.
 */
export function withExperts(pair: StoredPair, config: AdapterConfig, rules: Rules): StoredPair {
  if (pair.family !== "peft" || pair.kind !== "linear" || config.target_parameters.length === 0) return pair;
  const [configName] = lookupNames(pair.name, pair.r, config, rules);
  if (configName === pair.name) return pair;
  const rank = rules.rank(configName);
  const experts = pair.r / rank;
  if (!Number.isInteger(experts))
    throw failure(
      pair.name,
      `stacks the factors of experts (target_parameters), but its A has ${grouped(pair.r)} rows, not a multiple of ` +
        `r = ${grouped(rank)}; r or rank_pattern must say the rank of one expert`,
    );
  if (experts > MAX_EXPERTS)
    throw failure(pair.name, `stacks ${grouped(experts)} experts; at most ${grouped(MAX_EXPERTS)} are read`);
  return {...pair, r: rank, experts, configName};
}

/** The factors of one update without its scale: A (r × k), and B turned (r × d). */
export interface UpdateFactors {
  /** The module's name; an expert's is `name[3]`. */
  name: string;
  A: Rows;
  B: Rows;
}

/** The updates of a pair, and the alpha that the file has beside it, if any. */
export interface PairUpdates {
  updates: UpdateFactors[];
  alpha?: number;
}

/** The most bytes between a pair's tensors that are read too, so that one request is enough. */
const MAX_GAP_BYTES = 2 ** 16;

/** Reads the updates of a pair and its alpha. Throws as `bytesFrom` does, and when the alpha is not one number. */
export async function readPair(container: Container, pair: StoredPair): Promise<PairUpdates> {
  const names = [pair.A, pair.B, pair.mid, pair.alpha].filter((name) => name !== undefined);
  const tensors = await readTogether(container, names);
  const numbers = (name: string) => {
    const {dtype} = container.tensors.get(name)!;
    if (!isReadable(dtype)) throw new Error(`inspect: ${shown(name)} is stored as ${dtype}, which is not read here`);
    return numbersOf(dtype, tensors.get(name)!);
  };
  const storedAlpha = pair.alpha === undefined ? undefined : numbers(pair.alpha);
  if (storedAlpha && storedAlpha.length !== 1) throw new Error(`inspect: ${shown(pair.alpha!)} must be one number`);
  return {updates: updatesFrom(pair, numbers), ...(storedAlpha && {alpha: storedAlpha[0]})};
}

/**
 * The updates of a pair; `numbers` gives those of a tensor by its name. Experts become an update each, a middle factor is
 * multiplied into A, and B of a grouped convolution is spread out, so that B·A is always ΔW without its scale.
 */
export function updatesFrom(pair: StoredPair, numbers: (tensor: string) => Rows["data"]): UpdateFactors[] {
  const [a, b] = [numbers(pair.A), numbers(pair.B)];
  if (pair.experts > 1 || pair.stacking === "blocks") return expertUpdates(pair, a, b);
  return [singleUpdate(pair, a, b, pair.mid === undefined ? undefined : numbers(pair.mid))];
}

/** The bytes of tensors by name, read with one request if they are close to each other. */
async function readTogether({source, tensors}: Container, names: readonly string[]) {
  const stored = names.map((name) => ({name, ...tensors.get(name)!}));
  const begin = Math.min(...stored.map((one) => one.begin));
  const end = Math.max(...stored.map((one) => one.end));
  const needed = stored.reduce((sum, one) => sum + one.end - one.begin, 0);
  if (end - begin <= needed + MAX_GAP_BYTES) {
    const all = await bytesFrom(source, begin, end);
    return new Map(stored.map((one) => [one.name, all.slice(one.begin - begin, one.end - begin)]));
  }
  return new Map(
    await Promise.all(stored.map(async (one) => [one.name, await bytesFrom(source, one.begin, one.end)] as const)),
  );
}

function singleUpdate(
  pair: StoredPair,
  a: Rows["data"],
  b: Rows["data"],
  mid: Rows["data"] | undefined,
): UpdateFactors {
  const {name, r, d, k, turned, groups} = pair;
  const A = turned.A ? transposed({rows: k, cols: r, data: a}) : {rows: r, cols: k, data: a};
  const inner = r / groups;
  const B = turned.B ? {rows: r, cols: d, data: b} : transposed({rows: d, cols: inner, data: b});
  return {
    name,
    A: mid ? throughMid(pair, a, mid) : A,
    B: groups > 1 ? spreadGroups(B, groups) : B,
  };
}

/** mid (r × r₁ × places) times A (r₁ × in) → r × in · places, in float64. */
function throughMid({r, k, kernel}: StoredPair, a: Rows["data"], mid: Rows["data"]): Rows {
  const places = countOf(kernel);
  const channels = k / places;
  const inner = a.length / channels;
  const data = new Float64Array(r * k);
  for (let i = 0; i < r; i++)
    for (let l = 0; l < inner; l++)
      for (let c = 0; c < channels; c++)
        for (let p = 0; p < places; p++)
          data[i * k + c * places + p] += mid[(i * inner + l) * places + p] * a[l * channels + c];
  return {rows: r, cols: k, data};
}

/** B of a grouped convolution, turned (r / groups × d) → (r × d), in which each group's outputs see its own ranks only. */
function spreadGroups({rows, cols, data}: Rows, groups: number): Rows {
  const result = zerosLike(data, rows * groups * cols);
  const width = cols / groups;
  for (let group = 0; group < groups; group++)
    for (let l = 0; l < rows; l++)
      for (let i = group * width; i < (group + 1) * width; i++)
        result[(group * rows + l) * cols + i] = data[l * cols + i];
  return {rows: rows * groups, cols, data: result};
}

/** The updates of stacked experts; see `Stacking`. */
function expertUpdates(
  {name, experts: count, stacking, r, d, k}: StoredPair,
  a: Rows["data"],
  b: Rows["data"],
): UpdateFactors[] {
  const turnedB = stacking === "rows" ? transposed({rows: d, cols: r * count, data: b}).data : undefined;
  return Array.from({length: count}, (_, expert) => {
    const A = {rows: r, cols: k, data: a.subarray(expert * r * k, (expert + 1) * r * k)};
    if (!turnedB) {
      const block = b.subarray(expert * r * d, (expert + 1) * r * d);
      return {name: `${name}[${expert}]`, A, B: transposed({rows: d, cols: r, data: block})};
    }
    const data = zerosLike(b, r * d);
    for (let l = 0; l < r; l++)
      data.set(turnedB.subarray((l * count + expert) * d, (l * count + expert + 1) * d), l * d);
    return {name: `${name}[${expert}]`, A, B: {rows: r, cols: d, data}};
  });
}
