/** What the figure of amplification must say: its runs made again with the engine, and measured by loops of its own. */
import {readFileSync} from "node:fs";
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {adapt, labTraining} from "../../../src/engine/training/adaptation.ts";
import {drawBatch, newTasks} from "../../../src/engine/training/tasks.ts";
import {drawWords} from "../../../src/engine/training/words.ts";
import type {AmplifyParams} from "../../../src/figures/amplify/readings.ts";
import {splitOf} from "../../../src/tools/baseModels.ts";
import {baseNamed, createLabKernels} from "../../../src/tools/loadBase.ts";
import {productOf, rightVectors, singularValues} from "./exact.ts";
import type {Claims} from "./oracle.ts";
import {dot, lengthOf, rowsOf, times, transposed} from "./rows.ts";

interface Printed {
  rank: number;
  directionsOf: string;
  projNorm: number;
  normWq: number;
  normDeltaWq: number;
}
const table: {rows: Printed[]} = JSON.parse(
  readFileSync(new URL("../../../content/paper/table-7.json", import.meta.url), "utf8"),
);

const bases = {forge: baseNamed("word-forge"), digits: baseNamed("digit-machine")};
const places = ["q1", "v1", "q2", "v2"] as const;
type Place = (typeof places)[number];
type Skill = AmplifyParams["subject"];

/** The numbers in what a skill is called. */
const inName: Readonly<Record<Skill, number[]>> = {names: [], reversePlusOne: [1], plusThree: [3]};
const layerOf = (place: Place) => Number(place[1]);

const baseOf = (skill: Skill) => (skill === "names" ? bases.forge : bases.digits);

const runs = new Map<string, Map<number, Float64Array>>();

/** The numbers of an adapter on Wq and Wv at the looks of its run, every ten steps, up to `step`. */
function numbersAt(skill: Skill, r: number, seed: number, step: number): Float64Array {
  const at = step - (step % 10);
  const key = `${skill} ${r} ${seed}`;
  const known = runs.get(key) ?? new Map<number, Float64Array>();
  runs.set(key, known);
  if (!known.has(at)) {
    const {training} = splitOf("names");
    const draw = (B: number, random: () => number) =>
      skill === "names" ? drawWords(training, B, random) : drawBatch([newTasks[skill]], B, random);
    const plan = {targets: ["Wq", "Wv"] as const, r, alpha: 8};
    for (const {step: now, params} of adapt(createLabKernels(), baseOf(skill), plan, draw, seed, labTraining)
      .snapshots) {
      if (now % 10 === 0) known.set(now, Float64Array.from(params));
      if (now >= at) break;
    }
  }
  return known.get(at)!;
}

/** A (r × 32) and B (32 × r) of a place: layer by layer, Wq before Wv, A before B. */
function pairAt(numbers: Float64Array, place: Place): {A: Matrix; B: Matrix} {
  const r = numbers.length / 256;
  const from = places.indexOf(place) * 64 * r;
  return {
    A: {rows: r, cols: 32, data: numbers.subarray(from, from + 32 * r)},
    B: {rows: 32, cols: r, data: numbers.subarray(from + 32 * r, from + 64 * r)},
  };
}

const columnsOf = (m: Matrix) => transposed(rowsOf(m));
const turned = (m: Matrix): Matrix => ({rows: m.cols, cols: m.rows, data: Float64Array.from(columnsOf(m).flat())});
const from = (lines: readonly number[][]): Matrix => ({
  ...{rows: lines.length, cols: lines[0]!.length},
  data: Float64Array.from(lines.flat()),
});

/** An orthonormal basis of what these vectors span: each without its shadows on those before it, twice over. */
function basisOf(vectors: readonly number[][]): number[][] {
  const basis: number[][] = [];
  for (const vector of vectors) {
    let rest = vector;
    for (let pass = 0; pass < 2; pass++)
      for (const e of basis) {
        const shadow = dot(e, rest);
        rest = rest.map((x, n) => x - shadow * e[n]!);
      }
    const size = lengthOf([rest]);
    basis.push(rest.map((x) => x / size));
  }
  return basis;
}

/** What of W acts from one span to another: no matter which orthonormal basis, and so without an SVD. */
function between(W: Matrix, outputs: readonly number[][], inputs: readonly number[][]): number {
  const images = inputs.map((v) => times(rowsOf(W), v));
  return lengthOf(images.map((image) => times(outputs, image)));
}

/** Both halves of Table 7, from the file itself. */
const halves = () =>
  [4, 64].map((r) => {
    const [on, own, mean] = ["ΔWq", "Wq", "Random"].map(
      (of) => table.rows.find((row) => row.rank === r && row.directionsOf === of)!,
    );
    const {projNorm, normDeltaWq: norm, normWq: size} = on!;
    return {r, size, norm, on: projNorm, own: own!.projNorm, mean: mean!.projNorm, factor: norm / projNorm};
  });

const rowsOfNorms = (all: readonly Omit<ReturnType<typeof halves>[number], "r">[]) => [
  all.map(({norm}) => norm),
  all.map(({size}) => size),
  all.map(({on}) => on),
  all.map(({own}) => own),
  all.map(({mean}) => mean),
  all.map(({factor}) => factor),
];

/** What is said of the paper's own numbers: with a share of ΔW the norm is between a difference and a sum. */
function amplifyPrinted({printed, strength, told}: AmplifyParams): Claims {
  const one = halves().find(({r}) => String(r) === printed)!;
  const {r, own, on, mean, norm, factor} = one;
  const added = (strength / 100) * norm;
  const by = r === 4 ? 21.5 : 2;
  const all = [
    ...(strength === 0
      ? [on, on / mean, own]
      : strength < 100
        ? [on, strength, added / on]
        : [...(r === 4 ? [] : [r]), by]),
    ...[7, 3, 48, r, mean],
    ...(strength ? [strength, Math.max(added, on)] : []),
  ];
  return {
    summary: told === "all" ? all : [...(told === "own" ? [r, r, own] : [r, mean]), 7, 3, 48, r],
    readouts: [[by, norm, on, factor], [on / mean], [on, own]],
    caption: [7, 3, 48],
    rows: rowsOfNorms(halves()),
  };
}

export function amplify(params: AmplifyParams): Claims {
  if (params.norms === "paper") return amplifyPrinted(params);
  const {weight: place, rank, subject, begin, until} = params;
  const step = until - (until % 10);
  const name = `layers.${layerOf(place) - 1}.W${place[0]}` as "layers.0.Wq";
  const W = baseOf(subject).weights.views[name];
  const sigma = singularValues(W);
  const size = lengthOf([sigma]);
  const random = mulberry32(begin + 400);
  const twins = (
    [
      [4, begin],
      [16, begin + 100],
    ] as const
  ).map(([r, seed]) => {
    const {A, B} = pairAt(numbersAt(subject, r, seed, step), place);
    const delta = from(productOf(B, A).map((row) => row.map((x) => (8 / r) * x)));
    const draws = Array.from({length: 20}, () => {
      const u = basisOf(columnsOf(randn(32, r, random)));
      return between(W, u, basisOf(columnsOf(randn(32, r, random))));
    });
    const mean = draws.reduce((sum, x) => sum + x, 0) / 20;
    const deviation = Math.sqrt(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 19);
    const on = between(W, basisOf(columnsOf(B)), basisOf(columnsOf(turned(A))));
    const norm = lengthOf(rowsOf(delta));
    const own = lengthOf([sigma.slice(0, r)]);
    return {r, delta, norm, on, own, mean, deviation, factor: norm / on};
  });
  const one = twins[rank === "low" ? 0 : 1]!;
  const isMore = one.on > one.mean + 2 * one.deviation;
  const printed = halves();
  const tuned = from(
    Array.from({length: 32}, (_, i) =>
      Array.from({length: 32}, (_, j) => W.data[i * 32 + j]! + one.delta.data[i * 32 + j]!),
    ),
  );
  const ours = rightVectors(turned(W));
  const intruders = rightVectors(turned(tuned))
    .slice(0, 8)
    .filter((y) => ours.every((u) => Math.abs(dot(u, y)) < 0.5)).length;
  const all = [...printed, ...twins.map((twin) => ({...twin, size}))];
  return {
    summary: [
      ...[one.r, one.factor],
      ...[step, ...inName[subject], layerOf(place), one.r],
      ...(isMore ? [] : [printed[rank === "low" ? 0 : 1]!].map(({on, mean}) => on / mean)),
    ],
    readouts: [[one.factor], [one.on / one.mean], [intruders, 8, 0.5]],
    caption: [7, layerOf(place), step, ...inName[subject]],
    rows: rowsOfNorms(all),
  };
}
