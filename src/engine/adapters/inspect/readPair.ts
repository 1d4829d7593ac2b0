/** Reads one pair of an opened file, as the rows that the Gram kernel takes; nothing else of the file is in memory. */

import type {Rows} from "../../kernels/gram/gramKernel.ts";
import {shown} from "../../wording.ts";
import {countOf} from "../dtype.ts";
import type {Container} from "./container.ts";
import type {StoredPair} from "./pairs.ts";
import {bytesFrom} from "./source.ts";
import {isReadable, numbersOf, transposed} from "./storage.ts";

/** A (r × k) and B turned (r × d) of one update; the scale is not in them. */
export interface ReadPair {
  /** The module's name; an expert's is `name[3]`. */
  name: string;
  A: Rows;
  B: Rows;
}

/** The updates of a pair, and the alpha that the file has beside it, if any. */
export interface ReadModule {
  updates: ReadPair[];
  alpha?: number;
}

/** Bytes between a pair's tensors that are read along, so that one request is enough. */
const MAX_GAP = 2 ** 16;

/**
 * Reads A, B and the tensors beside them, with one request where they lie together. Experts become an update each, a
 * middle factor is multiplied into A, and B of a grouped convolution is spread out, so that B·A is always ΔW without its
 * scale. Throws as `bytesFrom` does, and when an alpha is not one number.
 */
export async function readPair(container: Container, pair: StoredPair): Promise<ReadModule> {
  const names = [pair.A, pair.B, pair.mid, pair.alpha].filter((name) => name !== undefined);
  const tensors = await readTogether(container, names);
  const numbers = (name: string) => {
    const {dtype} = container.tensors.get(name)!;
    if (!isReadable(dtype)) throw new Error(`inspect: ${shown(name)} is stored as ${dtype}, which is not read here`);
    return numbersOf(dtype, tensors.get(name)!);
  };
  const storedAlpha = pair.alpha === undefined ? undefined : numbers(pair.alpha);
  if (storedAlpha && storedAlpha.length !== 1) throw new Error(`inspect: ${shown(pair.alpha!)} must be one number`);
  const [a, b] = [numbers(pair.A), numbers(pair.B)];
  const mid = pair.mid === undefined ? undefined : numbers(pair.mid);
  const updates =
    pair.experts > 1 || pair.stacking === "blocks" ? expertUpdates(pair, a, b) : [singleUpdate(pair, a, b, mid)];
  return {updates, ...(storedAlpha && {alpha: storedAlpha[0]})};
}

/** The bytes of tensors by name. */
async function readTogether({source, tensors}: Container, names: readonly string[]) {
  const stored = names.map((name) => ({name, ...tensors.get(name)!}));
  const begin = Math.min(...stored.map((one) => one.begin));
  const end = Math.max(...stored.map((one) => one.end));
  const needed = stored.reduce((sum, one) => sum + one.end - one.begin, 0);
  if (end - begin <= needed + MAX_GAP) {
    const all = await bytesFrom(source, begin, end);
    return new Map(stored.map((one) => [one.name, all.slice(one.begin - begin, one.end - begin)]));
  }
  return new Map(
    await Promise.all(stored.map(async (one) => [one.name, await bytesFrom(source, one.begin, one.end)] as const)),
  );
}

function singleUpdate(pair: StoredPair, a: Rows["data"], b: Rows["data"], mid: Rows["data"] | undefined): ReadPair {
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
  const result = new Float32Array(rows * groups * cols);
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
): ReadPair[] {
  const wide = stacking === "rows" ? transposed({rows: d, cols: r * count, data: b}) : undefined;
  return Array.from({length: count}, (_, e) => {
    const A = {rows: r, cols: k, data: a.subarray(e * r * k, (e + 1) * r * k)};
    const own = `${name}[${e}]`;
    if (!wide) return {name: own, A, B: transposed({rows: d, cols: r, data: b.subarray(e * r * d, (e + 1) * r * d)})};
    const data = new Float32Array(r * d);
    for (let l = 0; l < r; l++) data.set(wide.data.subarray((l * count + e) * d, (l * count + e + 1) * d), l * d);
    return {name: own, A, B: {rows: r, cols: d, data}};
  });
}
