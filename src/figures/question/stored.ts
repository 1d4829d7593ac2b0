import file from "../../../content/lab/question.json" with {type: "json"};
import {fromBase64} from "../../engine/adapters/base64.ts";
import {STORED_SEEDS} from "./controls.ts";

/** A trained question and its answer. */
export interface TrainedQuestion {
  seed: number;
  /** Loss on held-out names, nats a letter. */
  loss: number;
  /** The question: 128 numbers, turned so that names make a·x positive on average. */
  a: Float32Array;
  /** The answer, with α/r in it and turned as a is: 32 numbers. */
  b: Float32Array;
}

/** Loss on held-out names of the forge as it is, and after all of its weights were trained. */
export const forgeLosses = {base: file.base, full: file.full};

/** |cosine| of each two runs' a before training, the pairs in the order of STORED_SEEDS. */
export const start: number[] = file.start;

/** The same after 0, 10, … steps. */
export const path: number[][] = file.path;

/** The stored runs, in the order of STORED_SEEDS. */
export const storedQuestions: readonly TrainedQuestion[] = STORED_SEEDS.map((seed) => {
  const run = file.runs.find((one) => one.seed === seed);
  if (!run) throw new Error(`question.json holds no run of seed ${seed}: run ${file.command}`);
  const numbers = new Float32Array(fromBase64(run.numbers).buffer);
  return {seed, loss: run.loss, a: numbers.subarray(0, file.inputs), b: numbers.subarray(file.inputs)};
});
