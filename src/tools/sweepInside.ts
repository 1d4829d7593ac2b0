// Writes content/lab/inside.json anew, a minute or two of training: `npm run sweep:inside`.
import {deltaSvd, projectedNorm, subspaceSimilarity} from "../engine/analysis/subspace.ts";
import type {Kernels} from "../engine/kernels/kernels.ts";
import {norm} from "../engine/linalg/exponent.ts";
import {extrasOf} from "../engine/lora/attachment.ts";
import type {Lora} from "../engine/lora/lora.ts";
import type {Transformer} from "../engine/network/transformer.ts";
import {type Draw, labTraining} from "../engine/training/adaptation.ts";
import {drawBatch, newTasks} from "../engine/training/tasks.ts";
import {
  ADAPTED_MATRICES,
  type AdaptedMatrix,
  adaptedTarget,
  DIAGONAL,
  SKILLS,
  type Skill,
  TWIN_ALPHA,
  TWIN_STEPS,
  type TwinRun,
  twinsOf,
} from "../figures/shared/twins.ts";
import {drawNames} from "./forgeRuns.ts";
import {labFile, readJsonFile, writeJsonFile} from "./jsonFiles.ts";
import {baseNamed, createLabKernels} from "./loadBase.ts";
import {trainOn} from "./trainOn.ts";

/** How many seeds are compared, from 1 on. */
export const TWIN_SEEDS = 9;

/** The A and B that a run trained, by their matrix. */
type Pairs = Readonly<Record<AdaptedMatrix, Lora>>;

/** Of one matrix, each as a list with a number for each seed: φ of both comparisons at each i = j of DIAGONAL; ‖UᵀWV‖ (`on`) and ‖ΔW‖ at both ranks. */
type MatrixMeasures = Record<TwinRun["twins"], number[][]> & Record<"on" | "delta", [low: number[], high: number[]]>;

/** What content/lab/inside.json holds. */
export interface Inside {
  command: string;
  skills: Record<Skill, Record<AdaptedMatrix, MatrixMeasures>>;
}

/** The base model that a skill is taught to. */
export const baseForSkill = (skill: Skill): Transformer =>
  baseNamed(skill === "names" ? "word-forge" : "digit-machine");

const drawOf = (skill: Skill): Draw =>
  skill === "names" ? drawNames : (B, random) => drawBatch([newTasks[skill]], B, random);

/** Trains a skill at one rank from one seed → the A and B of every matrix. */
function trainPairs(kernels: Kernels, skill: Skill, r: number, seed: number): Pairs {
  const base = baseForSkill(skill);
  const course = {draw: drawOf(skill), seed, training: {...labTraining, steps: TWIN_STEPS}};
  const {model} = trainOn(kernels, base, {targets: ["Wq", "Wv"], r, alpha: TWIN_ALPHA}, course);
  const layers = extrasOf(model.attached, base.sizes.L);
  const pairs = ADAPTED_MATRICES.map((matrix) => {
    const {layer, target} = adaptedTarget(matrix);
    return [matrix, layers[layer]!.loras[target]![0]!];
  });
  return Object.fromEntries(pairs);
}

const fourDigits = (x: number) => Number(x.toPrecision(4));

/** The runs of one seed compared in every matrix: φ of both comparisons along DIAGONAL, and the norms of section 7.3 at both ranks. */
export function compareSeed(kernels: Kernels, skill: Skill, seed: number) {
  const [lowRank, highRank] = twinsOf({skill, twins: "ranks", seed}).map((twin) =>
    trainPairs(kernels, skill, twin.r, twin.seed),
  );
  const twin = twinsOf({skill, twins: "seeds", seed})[1]!;
  const otherSeed = trainPairs(kernels, skill, twin.r, twin.seed);
  const {weights} = baseForSkill(skill);
  return ADAPTED_MATRICES.map((matrix) => {
    const {layer, target} = adaptedTarget(matrix);
    const W = weights.views[`layers.${layer}.${target}`];
    const phi = (one: Pairs, two: Pairs) =>
      DIAGONAL.map((n) => Number(subspaceSimilarity(one[matrix].A, two[matrix].A, n, n).toFixed(3)));
    const norms = [lowRank!, highRank!].map((pairs) => {
      const {u, s, v} = deltaSvd(pairs[matrix]);
      return {on: fourDigits(projectedNorm(W, u, v)), delta: fourDigits(norm(s))};
    });
    return {matrix, ranks: phi(lowRank!, highRank!), seeds: phi(highRank!, otherSeed), norms};
  });
}

/** The measures of every matrix for one skill, from all seeds. */
function compareSeeds(kernels: Kernels, skill: Skill): Record<AdaptedMatrix, MatrixMeasures> {
  const seeds = Array.from({length: TWIN_SEEDS}, (_, i) => compareSeed(kernels, skill, i + 1));
  const measures = ADAPTED_MATRICES.map((matrix, at) => {
    const runs = seeds.map((one) => one[at]!);
    const similarities = (of: "ranks" | "seeds") => DIAGONAL.map((_, n) => runs.map((one) => one[of][n]!));
    const normsOf = (of: "on" | "delta") => [0, 1].map((rank) => runs.map(({norms}) => norms[rank]![of]));
    return [
      matrix,
      {ranks: similarities("ranks"), seeds: similarities("seeds"), on: normsOf("on"), delta: normsOf("delta")},
    ];
  });
  return Object.fromEntries(measures);
}

const file = labFile("inside.json");
/** The file as it is stored. */
export const readInside = (): Inside => readJsonFile(file);

if (import.meta.main) {
  const kernels = createLabKernels();
  const skills = (Object.keys(SKILLS) as Skill[]).map((skill) => [skill, compareSeeds(kernels, skill)]);
  writeJsonFile(file, {command: "npm run sweep:inside", skills: Object.fromEntries(skills)});
}
