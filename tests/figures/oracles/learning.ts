/** What the learning figure must say: the run of the tools, its words by the float64 model, its doubt summed place by place. */
import {placeTransformer} from "../../../src/engine/kernels/decoder.ts";
import {logitsOf} from "../../../src/engine/kernels/logits.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {sampleWords} from "../../../src/engine/network/sampling.ts";
import {forward, type Transformer} from "../../../src/engine/network/transformer.ts";
import type {LearningParams, LearningResult} from "../../../src/figures/learning/model.ts";
import {heldOutBatches, QUERIES_AND_VALUES, trainToEnd} from "../../../src/tools/forgeRuns.ts";
import {createLabKernels} from "../../../src/tools/loadBase.ts";
import {once} from "./once.ts";
import type {Claims} from "./oracle.ts";

const LAST = 200;
const kernels = createLabKernels();
const runOf = once((_: string) => trainToEnd(kernels, QUERIES_AND_VALUES, {}, [...Array(LAST + 1).keys()]).models);
const model = (step: number): Transformer => runOf("names")[step]!;

const wordsAt = once((step: number): string[] =>
  sampleWords((tokens, B) => forward(model(step), tokens, B).logits, 8, mulberry32(11)).filter((_, i) =>
    [0, 1, 3, 4].includes(i),
  ),
);

/** The mean of −log p over all places that count, and e to it. */
const doubtAt = once((step: number): number => {
  const {tokens, targets, B} = heldOutBatches.names;
  const start = kernels.heap.mark();
  const {data, cols} = logitsOf(placeTransformer(kernels, model(step)))(tokens, B);
  let [sum, count] = [0, 0];
  for (const [place, target] of targets.entries()) {
    if (target < 0) continue;
    const row = Array.from(data.subarray(place * cols, (place + 1) * cols));
    sum += Math.log(row.reduce((all, score) => all + Math.exp(score), 0)) - row[target]!;
    count++;
  }
  kernels.heap.release(start);
  return Math.exp(sum / count);
});

const MEASURED = [0, 1, 2, 3, 5, 7, 10, 14, 20, 30, 50, 70, 100, 140, LAST];
/** On the line between its neighbors, over the logarithm of step + 1. */
function doubtShown(step: number): number {
  const high = MEASURED.find((one) => one >= step)!;
  if (high === step) return doubtAt(step);
  const low = MEASURED.findLast((one) => one < step)!;
  const share = Math.log((step + 1) / (low + 1)) / Math.log((high + 1) / (low + 1));
  return doubtAt(low) * (1 - share) + doubtAt(high) * share;
}

function writtenBy(step: number): string[] {
  const every = step <= 10 ? 1 : step <= 50 ? 2 : step <= 100 ? 5 : 10;
  return wordsAt(step - (step % every));
}

const paths = {q1: "layers.0.Wq", v1: "layers.0.Wv", q2: "layers.1.Wq", v2: "layers.1.Wv"} as const;
const entries = (step: number, name: string): number[] => Array.from(model(step).attached[0]!.params.views[name]!.data);

/** By half of the chord between the two rows at length 1. */
function turned(beside: LearningParams["beside"], step: number, row: number): number {
  const unit = (at: number) => {
    const all = entries(at, `${paths[beside]}.A`).slice(32 * row, 32 * row + 32);
    const length = Math.hypot(...all);
    return all.map((x) => x / length);
  };
  const [from, to] = [unit(0), unit(step)];
  return (2 * Math.asin(Math.hypot(...from.map((x, i) => x - to[i]!)) / 2) * 180) / Math.PI;
}

export function learning({beside}: LearningParams, {step}: LearningResult): Claims {
  const changed = writtenBy(step).filter((word, i) => word !== wordsAt(0)[i]).length;
  const moved = (name: "A" | "B") => {
    const start = entries(0, `${paths[beside]}.${name}`);
    return entries(step, `${paths[beside]}.${name}`).filter((x, i) => x !== start[i]).length;
  };
  const angles = [0, 1, 2, 3].map((row) => turned(beside, step, row));
  return {
    summary: [
      ...(moved("A") ? [step, doubtAt(0), doubtShown(step)] : [step, moved("B"), 128]),
      ...[Number(beside[1]), MEASURED.length],
    ],
    readouts: [[doubtShown(step), doubtAt(0)], [changed, 4], [moved("B"), 128], [moved("A"), 128], angles],
    caption: [],
    rows: MEASURED.map((at) => [at, doubtAt(at)]),
  };
}
