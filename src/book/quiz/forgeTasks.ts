import {fromBase64} from "../../engine/adapters/base64.ts";
import {readSiteBase} from "../../engine/adapters/siteBase.ts";
import {placeTransformer} from "../../engine/kernels/decoder.ts";
import {add, type Matrix, matmul, scale, subtract} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {initLora} from "../../engine/lora/lora.ts";
import {attachLora, type LoraPlan} from "../../engine/lora/loras.ts";
import {TARGETS, type WeightName} from "../../engine/network/architecture.ts";
import {IGNORED} from "../../engine/network/layers/targets.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, splitWords, wordForge} from "../../engine/training/words.ts";
import {giveBack, lend, loadKernels} from "../../figures/shared/kernelPool.ts";
import {unpackWords} from "../../figures/shared/sortedWords.ts";
import {storedHalves} from "../../figures/shared/storedHalves.ts";
import type {ForgeTaskName} from "./questions.ts";
import {matricesOf, matrixOf, matrixRows} from "./rows.ts";

/** The word forge with a program's results in it. */
export interface ForgeReading {
  /** Eight words, from the random draws with which the figures of the forge start. */
  words: string[];
  /** Letters in doubt on held-out names: e to the loss. */
  doubt: number;
  /** How far the weights moved: the root of the sum of all squared changes. */
  size: number;
}

/** What a reader's function is called with, and what becomes of its results. */
interface ForgeTask {
  /** Loads what the task needs besides the forge and the names. */
  load(): Promise<void>;
  /** The arguments of each call of the function. */
  calls(forge: Transformer): unknown[][];
  /** The forge with the results of these calls. Throws a sentence when one has not the shape it should have. */
  place(forge: Transformer, results: readonly unknown[]): Transformer;
}

/** The seed and the number of the words with which the figures of the forge start. */
const WORDS_SEED = 11;
const WORD_COUNT = 8;

/** The shape of the stored adapter for names. The other tasks use it too, so their scale alpha / r is also 2. */
const PLAN: LoraPlan = {targets: ["Wq", "Wv"], r: 4, alpha: 8};
/** How many of the largest pieces of a change are handed over: more than the reader's function is to keep. */
const PIECES = 8;
/** The names that the head learns from, no more than Python gets through in seconds; its learning rate, and the seed of its first A. */
const LESSON = {names: 100, rate: 0.005, seed: 7};

/** Said of results that overflow. */
const OVERFLOW =
  "With your results in it the forge’s scores are too large to compute with: the values ran away. Press Run, and compare them in the small cases.";

/** What has been loaded: the word forge, the names, the stored adapter and the fully tuned weights. */
const loadedParts: {
  forge?: Transformer;
  names?: ReturnType<typeof splitWords>;
  adapter?: Float64Array;
  full?: Float64Array;
} = {};

/** A part that has been loaded. Throws if it is not there yet. */
function loadedPart<Name extends keyof typeof loadedParts>(name: Name): NonNullable<(typeof loadedParts)[Name]> {
  const value = loadedParts[name];
  if (!value) throw new Error(`forgeTasks: ${name} is not loaded yet; wait for readyFor(task)`);
  return value;
}

/** The four matrices of attention that the stored adapter changes. */
const adaptedMatrices: readonly WeightName[] = ["layers.0.Wq", "layers.0.Wv", "layers.1.Wq", "layers.1.Wv"];
/** All twelve weight matrices of the two layers. */
const layerWeights: readonly WeightName[] = [0, 1].flatMap((l) =>
  TARGETS.map((name) => `layers.${l}.${name}` as const),
);
/** "layers.0.Wq" → "Wq of layer 1" */
const weightText = (name: WeightName) =>
  name.replace(/^layers\.(\d)\.(\w+)$/, (_, l, W) => `${W} of layer ${Number(l) + 1}`);

/** A copy of the forge with some of its matrices replaced. */
function withMatrices(
  {weights, ...rest}: Transformer,
  names: readonly WeightName[],
  matrixFor: (name: WeightName, i: number) => Matrix,
) {
  const copy = allocate(weights.layout, weights.flat.slice());
  for (const [i, name] of names.entries()) copy.views[name].data.set(matrixFor(name, i).data);
  return {...rest, weights: copy};
}

/** W + (alpha / r)·B·A for a result [A, B]. */
function withAdapter(W: Matrix, result: unknown, what: string): Matrix {
  const {A, B} = matricesOf(result, {A: [PLAN.r, W.cols], B: [W.rows, PLAN.r]}, what);
  return add(W, scale(matmul(B, A), PLAN.alpha / PLAN.r));
}

/** Merging the stored adapter into the weights, matrix by matrix. */
const mergeTask: ForgeTask = {
  load: async () => {
    loadedParts.adapter ??= storedHalves(
      (await import("../../../content/lab/forge.adapters.json")).default.names["200"],
    );
  },
  calls({sizes, weights}) {
    const {views} = allocate(attachLora(sizes, PLAN, () => 0.5).params.layout, loadedPart("adapter"));
    return adaptedMatrices.map((name) => [
      ...[weights.views[name], views[`${name}.A`]!, views[`${name}.B`]!].map(matrixRows),
      PLAN.alpha,
    ]);
  },
  place: (forge, results) =>
    withMatrices(forge, adaptedMatrices, (name, i) => {
      const {rows, cols} = forge.weights.views[name];
      return matrixOf(results[i], rows, cols, `The result for ${weightText(name)}`);
    }),
};

/** Turning the changes of full fine-tuning into an adapter, matrix by matrix. */
const toAdapterTask: ForgeTask = {
  load: async () => {
    loadedParts.full ??= storedHalves((await import("../../../content/lab/forge.full.json")).default.base64);
  },
  calls({weights}) {
    const tunedWeights = allocate(weights.layout, loadedPart("full"));
    return layerWeights.map((name) => {
      const {u, s, v} = svd(subtract(tunedWeights.views[name], weights.views[name]));
      const column = ({rows, cols, data}: Matrix, l: number) =>
        Array.from({length: rows}, (_, i) => data[i * cols + l]!);
      const pieces = Array.from({length: PIECES}, (_, l) => [column(u, l), s[l]!, column(v, l)]);
      return [pieces, PLAN.r, PLAN.alpha];
    });
  },
  place: (forge, results) =>
    withMatrices(forge, layerWeights, (name, i) =>
      withAdapter(forge.weights.views[name], results[i], weightText(name)),
    ),
};

/** The inputs of the head while the forge reads these names, to four decimals, and the letter that comes next after each; 0 ends a name. */
function headInputs(forge: Transformer, names: readonly string[]) {
  const {tokens, targets, B} = batchOf(names);
  const inputs = matrixRows(forward(forge, tokens, B).last.y);
  const places = Array.from(targets.keys()).filter((i) => targets[i] !== IGNORED);
  return {
    xs: places.map((i) => inputs[i]!.map((x) => Number(x.toFixed(4)))),
    letters: places.map((i) => targets[i]!),
  };
}

/** Training an adapter of the head on the names of a lesson. */
const trainTask: ForgeTask = {
  load: async () => {},
  calls(forge) {
    const {head} = forge.weights.views;
    const {xs, letters} = headInputs(forge, loadedPart("names").training.slice(0, LESSON.names));
    const {A, B} = initLora({d: head.rows, k: head.cols, r: PLAN.r, alpha: PLAN.alpha}, mulberry32(LESSON.seed));
    return [[xs, letters, matrixRows(head), matrixRows(A), matrixRows(B), PLAN.alpha, LESSON.rate]];
  },
  place: (forge, results) =>
    withMatrices(forge, ["head"], () => withAdapter(forge.weights.views.head, results[0], "The adapter of the head")),
};

const forgeTasks: Readonly<Record<ForgeTaskName, ForgeTask>> = {
  merge: mergeTask,
  toAdapter: toAdapterTask,
  train: trainTask,
};

/** Loads the forge, the names, the kernels and what else a task needs. */
export async function readyFor(task: ForgeTaskName): Promise<void> {
  const loadForge = async () => {
    loadedParts.forge ??= readSiteBase(
      fromBase64((await import("../../../content/lab/word-forge.weights.json")).default.base64),
      wordForge,
    );
  };
  const loadNames = async () => {
    loadedParts.names ??= splitWords(
      unpackWords((await import("../../../content/lab/names.txt?raw")).default),
      SPLIT_SEED,
    );
  };
  await Promise.all([loadForge(), loadNames(), loadKernels(), forgeTasks[task].load()]);
}

/** What a reader's function is called with. Throws before `readyFor` has loaded the forge. */
export const callsOf = (task: ForgeTaskName): unknown[][] => forgeTasks[task].calls(loadedPart("forge"));

/** Reads the forge with these results in it; without a task, as it is. `problem` is a sentence on a result that does not fit. */
export function readingOf(task?: ForgeTaskName, results: readonly unknown[] = []): ForgeReading | {problem: string} {
  const forge = loadedPart("forge");
  let model = forge;
  try {
    if (task) model = forgeTasks[task].place(forge, results);
  } catch (error) {
    return {problem: (error as Error).message};
  }
  const squares = model.weights.flat.reduce((sum, weight, i) => sum + (weight - forge.weights.flat[i]!) ** 2, 0);
  const doubt = doubtOf(model);
  if (!Number.isFinite(doubt)) return {problem: OVERFLOW};
  const words = sampleWords((tokens, B) => forward(model, tokens, B).logits, WORD_COUNT, mulberry32(WORDS_SEED));
  return {words, doubt, size: Math.sqrt(squares)};
}

/** Letters in doubt of a model on the held-out names. */
function doubtOf(model: Transformer): number {
  const kernels = lend();
  const start = kernels.heap.mark();
  const loss = placeTransformer(kernels, model).loss(batchOf(loadedPart("names").heldOut));
  kernels.heap.release(start);
  giveBack(kernels);
  return Math.exp(loss);
}
