/** The runs that `npm run sweep:question` stored: five adapters of rank 1, their losses, and how their a came to agree. */
import file from "../../../content/lab/question.json" with {type: "json"};
import {fromBase64} from "../../engine/adapters/base64.ts";
import {STORED_SEEDS} from "./controls.ts";

/** A trained adapter of rank 1: its question a and its answer b. */
export interface TrainedQuestion {
  seed: number;
  /** Loss on held-out names, nats a letter. */
  loss: number;
  /** Row a, 128 values, with the sign that makes a·x positive on average over names. */
  a: Float32Array;
  /** Column b, 32 values, multiplied by α/r and by the same sign. */
  b: Float32Array;
}

/** Loss on held-out names, nats a letter: of the base, and after full fine-tuning. */
export const forgeLosses = {base: file.base, full: file.full};

/** |cosine| of a for each pair of runs after 0, 10, … steps, the pairs in the order of STORED_SEEDS. */
export const cosinesByStep: number[][] = file.path;

/** The stored runs, in the order of STORED_SEEDS. */
export const storedQuestions: readonly TrainedQuestion[] = STORED_SEEDS.map((seed) => {
  const run = file.runs.find((one) => one.seed === seed);
  if (!run) throw new Error(`question.json holds no run of seed ${seed}: run ${file.command}`);
  const values = new Float32Array(fromBase64(run.numbers).buffer);
  return {seed, loss: run.loss, a: values.subarray(0, file.inputs), b: values.subarray(file.inputs)};
});
