/** What the header tells of each pair: rank, sizes and how the factors lie in the file; then the factors themselves. */

import {shown} from "../../wording.ts";
import {countOf, shapeText} from "../dtype.ts";
import type {Container, Stored} from "./container.ts";
import type {FamilyId} from "./families/family.ts";
import type {ModuleKeys} from "./keys.ts";
import {isReadable} from "./storage.ts";

/** How several experts share one pair of tensors. */
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
  /** Experts as rows of A and interleaved columns of B (PEFT), or as blocks of their own (MLX, GGUF). */
  stacking: Stacking;
  /** Whether A is stored k × r, and B r × d. */
  turned: {A: boolean; B: boolean};
  dtypes: {A: string; B: string};
  /** The numbers and bytes of A, B and what belongs to them. */
  numbers: number;
  bytes: number;
}

const failure = (module: string, sentence: string) => new Error(`inspect: ${shown(module)} ${sentence}`);

/**
 * The names of a module → its pair. Throws, for this module alone, when half of the pair is missing, when the shapes do
 * not fit each other, or when the numbers are stored in a way that is not read.
 */
export function pairOf(name: string, keys: ModuleKeys, {tensors, format}: Container): StoredPair {
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
  const isTurned = family.turned && a.shape.length === 2 && b.shape.length === 2;
  const turned = {A: isTurned || family.turnedA?.test(keys.module) === true, B: isTurned};
  const shape = shapeOf(name, a, b, turned, format === "GGUF" || family.turned);
  const all = Object.values(parts).map((part) => tensors.get(part)!);
  const pair: StoredPair = {
    name,
    family: family.id,
    A,
    B,
    ...rest,
    ...shape,
    ...(embedding || turned.A !== turned.B ? {kind: "embedding"} : {}),
    turned,
    dtypes: {A: a.dtype, B: b.dtype},
    numbers: all.reduce((sum, {shape}) => sum + countOf(shape), 0),
    bytes: all.reduce((sum, {begin, end}) => sum + end - begin, 0),
  };
  return parts.mid === undefined ? pair : withMid(pair, tensors.get(parts.mid)!);
}

type Shape = Pick<StoredPair, "kind" | "r" | "d" | "k" | "kernel" | "groups" | "experts" | "stacking">;

/** The sizes of a pair. Throws when A and B do not fit each other. */
function shapeOf(name: string, a: Stored, b: Stored, turned: StoredPair["turned"], blocks: boolean): Shape {
  const plain = {kind: "linear" as const, kernel: [], groups: 1, experts: 1, stacking: "rows" as const};
  const unfit = () =>
    failure(
      name,
      `has A of ${shapeText(a.shape)} and B of ${shapeText(b.shape)}, which do not fit: ` +
        (turned.A ? "they must be in × r and r × out" : "they must be r × in and out × r"),
    );
  if (a.shape.length === 2 && b.shape.length === 2) {
    const [r, k] = turned.A ? [a.shape[1], a.shape[0]] : a.shape;
    const [d, inner] = turned.B ? [b.shape[1], b.shape[0]] : b.shape;
    if (inner !== r || !(r >= 1 && d >= 1 && k >= 1)) throw unfit();
    return {...plain, r, d, k};
  }
  if (blocks && b.shape.length === 3) {
    const [experts, d, r] = b.shape;
    const k = a.shape.at(-1)!;
    if (!(experts >= 1 && r >= 1 && d >= 1 && k >= 1) || countOf(a.shape) !== experts * r * k) throw unfit();
    return {...plain, r, d, k, experts, stacking: "blocks"};
  }
  const [r, channels, ...kernel] = a.shape;
  const [d, inner = 0, ...ones] = b.shape;
  const groups = inner > 0 ? r / inner : 0;
  const fits = kernel.length > 0 && Number.isInteger(groups) && groups >= 1 && d % groups === 0 && d >= 1;
  if (!fits || ones.some((size) => size !== 1)) throw unfit();
  const k = channels * countOf(kernel);
  if (!(k >= 1)) throw unfit();
  return {...plain, kind: "convolution", r, d, k, kernel, groups};
}

/** LoCon's pair with a third factor between: A is r₁ × in without a kernel, mid r₂ × r₁ × kernel, B out × r₂. */
function withMid(pair: StoredPair, mid: Stored): StoredPair {
  const [outer, inner, ...kernel] = mid.shape;
  const rank = pair.groups > 1 ? pair.r / pair.groups : pair.r;
  if (kernel.length === 0 || inner !== pair.r || outer !== rank || countOf(pair.kernel) !== 1 || !isReadable(mid.dtype))
    throw failure(pair.name, `has a middle factor of ${shapeText(mid.shape)}, which does not fit its A and B`);
  return {...pair, kind: "convolution", groups: 1, r: outer, k: pair.k * countOf(kernel), kernel};
}
