/** The forge while it learns names: its A and B, its words, and its letters in doubt on held-out names. */
import {logitsOf} from "../../engine/kernels/logits.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {adapt, type FineTuning, labTraining} from "../../engine/training/adaptation.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, drawWords, splitWords} from "../../engine/training/words.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {listWords, loadedBase, loadFor} from "../shared/baseModels.ts";
import {giveBack, lend, loadKernels} from "../shared/kernelPool.ts";
import {STORY_PLAN} from "../shared/wordForge.ts";

export const LEARNING_STEPS = labTraining.steps;
/** As in the forge figure: the seed of the training, the seed of the draws of words, and how many words are drawn. */
const [SEED, DRAW_SEED, DRAWN_WORD_COUNT] = [7, 11, 8];
/** The indices of the words that are shown: half of the forge figure's, so that they can be large. */
const SHOWN_INDICES: readonly number[] = [0, 1, 3, 4];
export const SHOWN_WORD_COUNT = SHOWN_INDICES.length;

/** The matrices with A and B: the name of each for readers, and its path in the model. */
export const matrices = {
  q1: {name: "queries of layer 1", path: "layers.0.Wq"},
  v1: {name: "values of layer 1", path: "layers.0.Wv"},
  q2: {name: "queries of layer 2", path: "layers.1.Wq"},
  v2: {name: "values of layer 2", path: "layers.1.Wv"},
} as const;
type MatrixName = keyof typeof matrices;

export const controls = {
  step: range(["Step"], {min: 0, max: LEARNING_STEPS, value: LEARNING_STEPS, clock: true}),
  beside: choice(["A and B beside"], {q1: "Queries 1", v1: "Values 1", q2: "Queries 2", v2: "Values 2"}, "v2", true),
};
export type LearningParams = Params<typeof controls>;

/** Whether words are written after a step. After every step they would take most of the time. */
export const hasWords = (step: number): boolean =>
  step <= 10 || (step <= 50 ? step % 2 === 0 : step <= 100 ? step % 5 === 0 : step % 10 === 0);
/** Steps after which letters in doubt are measured, which takes as long as three steps of training. */
export const MEASURED_STEPS: readonly number[] = [0, 1, 2, 3, 5, 7, 10, 14, 20, 30, 50, 70, 100, 140, LEARNING_STEPS];

export const ready = async (): Promise<void> => {
  await Promise.all([loadFor(["names"]), loadKernels()]);
};

/** A (r,k) and B (d,r) of one matrix, row by row. */
interface Factors {
  A: Float64Array;
  B: Float64Array;
}

interface LearningSnapshot {
  factors: Readonly<Record<MatrixName, Factors>>;
  /** What the forge writes after this step, always from the same draws. */
  words?: readonly string[];
  /** Letters in doubt on held-out names. */
  doubt?: number;
}

/** A and B of each matrix, from all parameters of the adapter. */
function factorsIn({model}: FineTuning, params: Float64Array): LearningSnapshot["factors"] {
  const entries = new Map<string, Float64Array>();
  let from = 0;
  for (const [name, rows, cols] of model.attached[0]!.params.layout) {
    entries.set(name, params.slice(from, from + rows * cols));
    from += rows * cols;
  }
  const factors = Object.entries(matrices).map(([name, {path}]) => [
    name,
    {A: entries.get(`${path}.A`)!, B: entries.get(`${path}.B`)!},
  ]);
  return Object.fromEntries(factors) as LearningSnapshot["factors"];
}

/** Those of the drawn words that are shown. */
const shownOf = (words: readonly string[]): string[] => SHOWN_INDICES.map((i) => words[i]!);

/** A snapshot before the first step, and one after each step. */
export function* compute(): Generator<LearningSnapshot, void> {
  const kernels = lend();
  try {
    const base = loadedBase("names");
    const {training, heldOut} = splitWords(listWords("names"), SPLIT_SEED);
    const heldOutBatch = batchOf(heldOut);
    const run = adapt(kernels, base, STORY_PLAN, (B, random) => drawWords(training, B, random), SEED);
    for (const {step, params} of run.snapshots) {
      // The decoder has this step's parameters only until the next one.
      yield {
        factors: factorsIn(run, params),
        ...(hasWords(step) && {
          words: shownOf(sampleWords(logitsOf(run.decoder), DRAWN_WORD_COUNT, mulberry32(DRAW_SEED))),
        }),
        ...(MEASURED_STEPS.includes(step) && {doubt: Math.exp(run.decoder.loss(heldOutBatch))}),
      };
    }
  } finally {
    giveBack(kernels);
  }
}

interface Measurement {
  step: number;
  doubt: number;
}

/** What the figure shows. */
export interface LearningResult {
  step: number;
  /** Written after this step, or after the last step before it at which words are written. */
  words: readonly string[];
  /** The words of the base: an untrained adapter changes nothing. */
  untrained: readonly string[];
  /** Letters in doubt; between two measurements, on the line through them. */
  doubt: number;
  /** All measurements so far. */
  measurements: readonly Measurement[];
  /** A and B at the start and now. */
  start: Factors;
  now: Factors;
  /** How many entries are not what they were at the start. */
  movedCounts: Readonly<Record<"A" | "B", number>>;
  /** The angle in degrees between each row of A and its start. */
  angles: readonly number[];
}

/** The place of a step on an axis that is logarithmic in step + 1; and the step at a place. */
export const placeOf = (step: number): number => Math.log1p(step);
export const stepAt = (place: number): number => Math.min(Math.max(Math.round(Math.expm1(place)), 0), LEARNING_STEPS);

/** Letters in doubt at a step. */
function doubtAt(measurements: readonly Measurement[], step: number): number {
  const next = measurements.findIndex((one) => one.step >= step);
  // The next measurement is still to come.
  if (next < 0) return measurements.at(-1)!.doubt;
  const [low, high] = [measurements[Math.max(next - 1, 0)]!, measurements[next]!];
  if (high.step === step) return high.doubt;
  const share = (placeOf(step) - placeOf(low.step)) / (placeOf(high.step) - placeOf(low.step));
  return low.doubt + share * (high.doubt - low.doubt);
}

/** The angle between two vectors, in degrees. */
function angleBetween(a: Float64Array, b: Float64Array): number {
  const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, one, i) => sum + one * y[i]!, 0);
  // Rounding can make the cosine of equal rows larger than 1.
  return (Math.acos(Math.min(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)), 1)) * 180) / Math.PI;
}

/** How many entries differ. */
const countDifferent = (x: Float64Array, y: Float64Array): number => x.filter((one, i) => one !== y[i]).length;

/** What is shown at the clock. */
export function readLearning(
  snapshots: readonly LearningSnapshot[],
  {step: clock, beside}: LearningParams,
): LearningResult {
  const step = Math.min(clock, snapshots.length - 1);
  const first = snapshots[0]!;
  const [start, now] = [first.factors[beside], snapshots[step]!.factors[beside]];
  const measurements = snapshots.flatMap(({doubt}, i) => (doubt === undefined ? [] : [{step: i, doubt}]));
  const k = start.A.length / STORY_PLAN.r;
  const row = (A: Float64Array, i: number) => A.subarray(i * k, (i + 1) * k);
  return {
    step,
    words: snapshots.slice(0, step + 1).findLast(({words}) => words)!.words!,
    untrained: first.words!,
    doubt: doubtAt(measurements, step),
    measurements,
    start,
    now,
    movedCounts: {A: countDifferent(now.A, start.A), B: countDifferent(now.B, start.B)},
    angles: Array.from({length: STORY_PLAN.r}, (_, i) => (step ? angleBetween(row(start.A, i), row(now.A, i)) : 0)),
  };
}
