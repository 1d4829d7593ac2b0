import digits from "../../content/lab/digit-machine.weights.json" with {type: "json"};
import words from "../../content/lab/word-forge.weights.json" with {type: "json"};
import {readBase} from "../../src/engine/files/base.ts";
import {fromBase64} from "../../src/engine/files/base64.ts";
import {createKernels} from "../../src/engine/kernels/createKernels.ts";
import {placeTransformer} from "../../src/engine/kernels/decoder.ts";
import {createHeap} from "../../src/engine/kernels/heap.ts";
import {logitsOf} from "../../src/engine/kernels/logits.ts";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import type {LoraPlan} from "../../src/engine/lora/loras.ts";
import {TARGETS} from "../../src/engine/network/architecture.ts";
import {sampleWords} from "../../src/engine/network/sampling.ts";
import {adaptation, BATCH, type Draw} from "../../src/engine/training/adaptation.ts";
import {digitMachine, drawBatch, newTasks} from "../../src/engine/training/tasks.ts";
import {trial} from "../../src/engine/training/trials.ts";
import {drawWords, wordForge} from "../../src/engine/training/words.ts";
import {interleaved} from "./measure.ts";
import type {Line} from "./table.ts";

const ROUNDS = 3;
/** Seconds for a run of the lab, at most. */
const BAR = 2;

/** A whole fine-tuning as a reader of the lab starts it, examples and snapshots included. */
export function lab(): Line[] {
  const kernels = createKernels(createHeap(64e6));
  const [digitBase, wordBase] = [
    readBase(fromBase64(digits.base64), digitMachine),
    readBase(fromBase64(words.base64), wordForge),
  ];
  const written = sampleWords(logitsOf(placeTransformer(kernels, wordBase)), 500, mulberry32(1)).filter((word) => word);
  const started = (base: typeof digitBase, draw: Draw, plan: LoraPlan) => () => {
    const run = trial(kernels, base, {draw, measure: () => 0}, plan, 1);
    while (!run.next().done);
  };
  const attention: LoraPlan = {targets: ["Wq", "Wv"], r: 4, alpha: 8};
  const everywhere: LoraPlan = {targets: TARGETS, r: 4, alpha: 8};
  const onDigits: Draw = (B, random) => drawBatch([newTasks.reversePlusOne], B, random);
  const onWords: Draw = (B, random) => drawWords(written, B, random);
  const times = interleaved(
    {
      "digit machine, Wq Wv": started(digitBase, onDigits, attention),
      "digit machine, every matrix": started(digitBase, onDigits, everywhere),
      "word forge, every matrix": started(wordBase, onWords, everywhere),
    },
    ROUNDS,
  );
  const {steps} = adaptation;
  return Object.entries(times).map(([name, time]) => ({
    what: `LoRA, ${steps} steps of ${BATCH} sequences, r 4: ${name}`,
    value: time / 1000,
    unit: "s",
    bar: BAR,
  }));
}
