/** The hash of forty seeded steps of fine-tuning on the kernels: the same bits wherever SIMD runs. */

import {createKernels} from "../../../src/engine/kernels/createKernels.ts";
import {placeTransformer} from "../../../src/engine/kernels/decoder.ts";
import {createHeap} from "../../../src/engine/kernels/heap.ts";
import {trainOnHeap} from "../../../src/engine/kernels/training.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {attach, type Plan} from "../../../src/engine/lora/rivals.ts";
import {TARGETS} from "../../../src/engine/network/architecture.ts";
import {initTransformer} from "../../../src/engine/network/untrained.ts";
import {adamw} from "../../../src/engine/training/optimizer.ts";
import {cosineDecay} from "../../../src/engine/training/schedule.ts";
import {digitMachine, drawBatch, newTasks} from "../../../src/engine/training/tasks.ts";
import {hash} from "./checksum.ts";

/** What `fortySteps` gives in Node 24 and Chromium. */
export const KEPT_RUNS = {
  path: "simd",
  LoRA: "1b9d7370",
  full: "b683f704",
  bottlenecks: "666a88db",
  prefix: "a1048c4e",
};

/** The digit machine learns +3 by a LoRA on every matrix, by all its weights, by bottlenecks and by a prefix. */
export function fortySteps(): typeof KEPT_RUNS {
  const end = (plan?: Plan) => {
    const random = mulberry32(40);
    const base = initTransformer(digitMachine, random);
    const attached = plan ? [attach(digitMachine, plan, random)] : [];
    const kernels = createKernels(createHeap(16e6));
    const decoder = placeTransformer(kernels, {...base, attached});
    const nextBatch = () => drawBatch([newTasks.plusThree], 8, random);
    const training = {optimizer: adamw, steps: 40, rate: 0.01, clip: 1, schedule: cosineDecay()};
    const [last] = [...trainOnHeap(decoder, nextBatch, training)].slice(-1);
    const numbers = Float32Array.of(...last.params, last.loss, last.gradientNorm);
    return {path: kernels.path, bits: hash(numbers)};
  };
  const [LoRA, full] = [end({targets: TARGETS, r: 4, alpha: 8}), end()];
  const [bottlenecks, prefix] = [end({width: 4}), end({vectors: 3})];
  return {path: LoRA.path, LoRA: LoRA.bits, full: full.bits, bottlenecks: bottlenecks.bits, prefix: prefix.bits};
}
