/** The word forge trained with 1,024 parameters in three ways: as a prefix, as LoRA and as adapter layers. */
import {logitsOf} from "../../engine/kernels/logits.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {type AttachmentPlan, attach} from "../../engine/lora/attach.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward} from "../../engine/network/transformer.ts";
import {adapt, labTraining} from "../../engine/training/adaptation.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, drawWords, splitWords} from "../../engine/training/words.ts";
import {type Params, range} from "../../figure/controls.ts";
import type {Frames} from "../../figure/widget.ts";
import {listWords, loadedBase, loadFor} from "../shared/baseModels.ts";
import {giveBack, lend, loadKernels} from "../shared/kernelPool.ts";

const {steps: LAST_STEP, rate: RATE} = labTraining;
/** The seed of every way's training. */
const SEED = 7;
/** Words that each way writes. */
export const WAY_WORDS = 6;

export const controls = {
  step: range(["Step"], {min: 0, max: LAST_STEP, value: LAST_STEP, clock: true}),
  draw: range(["Draw"], {min: 1, max: 99, value: 11, more: true, group: "chance"}),
};
export type WaysParams = Params<typeof controls>;

/** Where the parameters are; `layers` are adapter layers. */
export const ways = ["prefix", "lora", "layers"] as const;
export type Way = (typeof ways)[number];
type OfWays<T> = Readonly<Record<Way, T>>;

/** Each with 1,024 parameters; a prefix needs larger steps. */
const plans: OfWays<{plan: AttachmentPlan; rate: number}> = {
  prefix: {plan: {vectors: 8}, rate: 3 * RATE},
  lora: {plan: {targets: ["Wq", "Wv"], r: 4, alpha: 8}, rate: RATE},
  layers: {plan: {width: 4}, rate: RATE},
};

export async function ready(): Promise<void> {
  await Promise.all([loadFor(["names"]), loadKernels()]);
}

/** One way at one step: its loss, and words from the same draws for all ways. */
interface Measurement {
  /** Nats a letter on held-out names. */
  loss: number;
  words: readonly string[];
}
interface WaysSnapshot extends OfWays<Measurement> {
  /** The forge without an attachment. */
  before: Measurement;
  /** Trained parameters of each way. */
  trainedCount: number;
  /** The step at which this was measured. */
  at: number;
}

/** At first every step is measured, then every tenth. */
const isMeasured = (step: number): boolean => step <= 10 || step % 10 === 0;

/** Trains one way, and yields for each step its measurement, or undefined for a step at which nothing is measured. */
function* measurements(way: Way, draw: number): Generator<Measurement | undefined, void> {
  const base = loadedBase("names");
  const {training, heldOut: unseen} = splitWords(listWords("names"), SPLIT_SEED);
  const heldOutBatch = batchOf(unseen);
  const {plan, rate} = plans[way];
  const kernels = lend();
  try {
    const attachment = attach(base.sizes, plan, mulberry32(SEED));
    const words = (B: number, random: () => number) => drawWords(training, B, random);
    const {decoder, snapshots} = adapt(kernels, base, attachment, words, SEED, {...labTraining, rate});
    for (const {step} of snapshots)
      yield isMeasured(step)
        ? {
            loss: decoder.loss(heldOutBatch),
            words: sampleWords(logitsOf(decoder), WAY_WORDS, mulberry32(draw)),
          }
        : undefined;
  } finally {
    giveBack(kernels);
  }
}

/** Trains all three ways side by side and yields for each step the last measurement of all; undefined between the ways, so that the worker can do other things. */
export function* compute({draw}: Pick<WaysParams, "draw">): Generator<WaysSnapshot | undefined, void> {
  const base = loadedBase("names");
  const trainedCount = attach(base.sizes, plans.lora.plan, mulberry32(SEED)).params.flat.length;
  const runs = ways.map((way) => measurements(way, draw));
  try {
    let snapshot: WaysSnapshot | undefined;
    for (let step = 0; step <= LAST_STEP; step++) {
      const measured: (Measurement | undefined)[] = [];
      for (const run of runs) {
        measured.push(run.next().value ?? undefined);
        yield undefined;
      }
      const [prefix, lora, layers] = measured;
      if (prefix && lora && layers) {
        const before = snapshot?.before ?? {
          // B = 0: LoRA starts as the base.
          loss: lora.loss,
          words: sampleWords((tokens, B) => forward(base, tokens, B).logits, WAY_WORDS, mulberry32(draw)),
        };
        snapshot = {before, at: step, trainedCount, prefix, lora, layers};
      }
      yield snapshot;
    }
  } finally {
    for (const run of runs) run.return();
  }
}

export interface WaysResult extends WaysSnapshot {
  isDone: boolean;
}

/** The last measurement up to the chosen step. */
export const readWays = (frames: Frames<WaysSnapshot>, {step}: WaysParams): WaysResult => ({
  ...frames[step]!,
  isDone: step === LAST_STEP,
});
