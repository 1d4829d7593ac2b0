// Writes content/lab/question.json anew, the runs of the figure `question`: a row a, the question it asks of x, and a column b,
// beside one matrix. A few seconds of training: `npm run sweep:question`.
import type {Kernels} from "../engine/kernels/kernels.ts";
import {mulberry32} from "../engine/linalg/random.ts";
import type {Attachment} from "../engine/lora/attachment.ts";
import type {Layout} from "../engine/network/parameters.ts";
import {forward, type Transformer} from "../engine/network/transformer.ts";
import {labTraining} from "../engine/training/adaptation.ts";
import type {Training} from "../engine/training/train.ts";
import {QUESTION_STRIDE, STORED_SEEDS} from "../figures/question/controls.ts";
import {cosine, drawNames, heldOutBatches, ONE_MATRIX_ALPHA, oneMatrix} from "./forgeRuns.ts";
import {labFile, readJsonFile, writeJsonFile} from "./jsonFiles.ts";
import {baseNamed, createLabKernels} from "./loadBase.ts";
import {FULL_RATE, trainOn} from "./trainOn.ts";

/** The seed of full fine-tuning, which shows what there is to gain. */
const FULL_SEED = 7;

/** What content/lab/question.json holds. */
export interface StoredQuestionRuns {
  command: string;
  /** How many numbers a has, one for each of the inputs. */
  inputs: number;
  /** Losses on held-out names: of the base, and of full fine-tuning. */
  base: number;
  full: number;
  /** |cosine| of the a that each two seeds draw, before training: the same as path[0], but computed without a run. */
  start: number[];
  /** |cosine| of each two seeds' a after 0, 10, … steps of training. */
  path: number[][];
  /** A run for each seed; `numbers` are float32 in base64: a, then b with α/r in it. */
  runs: {seed: number; loss: number; numbers: string}[];
}

const {names: heldOutNames} = heldOutBatches;

/** Trains to the end → the last parameters, those at the start and after every tenth step, and the loss on held-out names. */
function trainOnNames(
  kernels: Kernels,
  base: Transformer,
  way: "full" | Attachment,
  seed: number,
  training: Training,
): {params: Float64Array; path: Float64Array[]; loss: number} {
  let params: Float64Array = new Float64Array();
  let loss = Number.NaN;
  const path: Float64Array[] = [];
  trainOn(kernels, base, way, {draw: drawNames, seed, training}, (snapshot, decoder) => {
    ({params} = snapshot);
    if (snapshot.step % QUESTION_STRIDE === 0) path.push(params);
    if (snapshot.step === training.steps) loss = decoder.loss(heldOutNames);
  });
  return {params, path, loss};
}

/** The sum of a·x over all places of the held-out names. The adapter does not change x, so the base model gives it. */
function sumOfProducts(base: Transformer, a: Float64Array): number {
  const {blocks} = forward(base, heldOutNames.tokens, heldOutNames.B);
  const x = blocks.at(-1)!.active;
  let sum = 0;
  for (let n = 0; n < x.data.length; n++) {
    if (heldOutNames.targets[Math.floor(n / x.cols)]! >= 0) sum += a[n % x.cols]! * x.data[n]!;
  }
  return sum;
}

/** The adapter of a run as its seed starts it: 160 parameters beside W2 of the last layer, a drawn and b zero. */
export const questionAdapter = (seed: number): Attachment => oneMatrix("W2")(mulberry32(seed));

/** One run: a, then b with α/r in it, both with the sign for which a·x is positive on average; and its loss. */
export function trainQuestion(kernels: Kernels, base: Transformer, seed: number) {
  const attached = questionAdapter(seed);
  const [[, , inputs]] = attached.params.layout as [Layout[number]];
  const {params, path, loss} = trainOnNames(kernels, base, attached, seed, labTraining);
  const sign = Math.sign(sumOfProducts(base, params.subarray(0, inputs)));
  const numbers = Float32Array.from(params, (x, i) => sign * (i < inputs ? x : ONE_MATRIX_ALPHA * x));
  return {seed, loss, numbers, inputs, path: path.map((state) => state.subarray(0, inputs))};
}

/** |cosine| of each two vectors, to four decimals. */
function cosinesOf(all: readonly Float64Array[]): number[] {
  return all.flatMap((one, i) => all.slice(i + 1).map((other) => Number(Math.abs(cosine(one, other)).toFixed(4))));
}

/** |cosine| of each two seeds' a before training. */
export function startCosines(): number[] {
  const startVectors = STORED_SEEDS.map((seed) => {
    const {params} = questionAdapter(seed);
    return params.flat.subarray(0, params.layout[0]![2]);
  });
  return cosinesOf(startVectors);
}

/** |cosine| of each two runs' a after every tenth step. */
const pathCosines = (runs: readonly {path: readonly Float64Array[]}[]): number[][] =>
  runs[0]!.path.map((_, at) => cosinesOf(runs.map(({path}) => path[at]!)));

/** The losses that the runs are compared with: of the base, and of full fine-tuning. */
export function measuredLosses(kernels: Kernels, base: Transformer): {base: number; full: number} {
  const lossAfter = (training: Training) => trainOnNames(kernels, base, "full", FULL_SEED, training).loss;
  return {base: lossAfter({...labTraining, steps: 0}), full: lossAfter({...labTraining, rate: FULL_RATE})};
}

const file = labFile("question.json");
/** The file as it is stored. */
export const readQuestionRuns = (): StoredQuestionRuns => readJsonFile(file);

if (import.meta.main) {
  const kernels = createLabKernels();
  const base = baseNamed("word-forge");
  const all = STORED_SEEDS.map((seed) => trainQuestion(kernels, base, seed));
  writeJsonFile(file, {
    command: "npm run sweep:question",
    inputs: all[0]!.inputs,
    ...measuredLosses(kernels, base),
    start: startCosines(),
    path: pathCosines(all),
    runs: all.map(({seed, loss, numbers}) => ({
      seed,
      loss,
      numbers: Buffer.from(numbers.buffer).toString("base64"),
    })),
  });
}
