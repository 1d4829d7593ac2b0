/** The hash of forty seeded steps of fine-tuning on the kernels: the same bits wherever SIMD runs. */

import {createKernels} from "../../../src/engine/kernels/createKernels.ts";
import {placeTransformer} from "../../../src/engine/kernels/decoder.ts";
import {createHeap} from "../../../src/engine/kernels/heap.ts";
import {trainOnHeap} from "../../../src/engine/kernels/training.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {type AttachmentPlan, attach} from "../../../src/engine/lora/attach.ts";
import {type Sizes, TARGETS} from "../../../src/engine/network/architecture.ts";
import type {Batch} from "../../../src/engine/network/transformer.ts";
import {initTransformer} from "../../../src/engine/network/untrained.ts";
import {adamw} from "../../../src/engine/training/optimizer.ts";
import {cosineDecay} from "../../../src/engine/training/schedule.ts";
import {digitMachine, drawBatch, newTasks} from "../../../src/engine/training/tasks.ts";
import {drawWords, wordForge} from "../../../src/engine/training/words.ts";
import {hash} from "./checksum.ts";

/** What `fortySteps` gives in Node 24 and Chromium. */
export const KEPT_RUNS = {
  path: "simd",
  LoRA: "1b9d7370",
  full: "b683f704",
  bottlenecks: "666a88db",
  prefix: "a1048c4e",
  words: {LoRA: "68b84b80", full: "b090e1c6", bottlenecks: "99a16ce0", prefix: "15239ee8"},
};

/** Words of two to eleven letters: what stands after the mark at their end is left out of a pass. */
const WORDS = ["io", "ann", "dora", "elise", "helena", "barbara", "florence", "alexandra", "jacqueline", "bernadettes"];

const digits = (random: () => number): Batch => drawBatch([newTasks.plusThree], 8, random);
const words = (random: () => number): Batch => drawWords(WORDS, 32, random);

/** The digit machine learns +3, and the word forge some words, by a LoRA on every matrix, all weights, bottlenecks and a prefix. */
export function fortySteps(): typeof KEPT_RUNS {
  let path = "";
  const end = (sizes: Sizes, draw: (random: () => number) => Batch, plan?: AttachmentPlan) => {
    const random = mulberry32(40);
    const base = initTransformer(sizes, random);
    const attached = plan ? [attach(sizes, plan, random)] : [];
    const kernels = createKernels(createHeap(16e6));
    const decoder = placeTransformer(kernels, {...base, attached});
    const training = {optimizer: adamw, steps: 40, rate: 0.01, clip: 1, schedule: cosineDecay()};
    const [last] = [...trainOnHeap(decoder, () => draw(random), training)].slice(-1);
    path = kernels.path;
    return hash(Float32Array.of(...last.params, last.loss, last.gradientNorm));
  };
  const every = (sizes: Sizes, draw: (random: () => number) => Batch) => ({
    LoRA: end(sizes, draw, {targets: TARGETS, r: 4, alpha: 8}),
    full: end(sizes, draw),
    bottlenecks: end(sizes, draw, {width: 4}),
    prefix: end(sizes, draw, {vectors: 3}),
  });
  return {...every(digitMachine, digits), words: every(wordForge, words), path};
}
