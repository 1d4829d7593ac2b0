/** What the lab computes: a run step by step, or a model in use. */

import {mulberry32} from "../../engine/linalg/random.ts";
import {quantizeLayers} from "../../engine/memory/levels.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, mergeAll, type Transformer} from "../../engine/network/transformer.ts";
import {newTasks, SYMBOLS} from "../../engine/training/tasks.ts";
import {LETTERS} from "../../engine/training/words.ts";
import {loadFor} from "../shared/baseModels.ts";
import {loadKernels} from "../shared/kernelPool.ts";
import {type LabSettings, runText, stepsOf} from "./controls.ts";
import {answersTo, listOf, samplerOf} from "./lesson.ts";
import type {UseOrder} from "./orders.ts";
import {attachedOf, quantizers} from "./plan.ts";
import {isOfWords, type LabTask} from "./settings.ts";
import type {LabSnapshot, Scores, Use, WayOfUse} from "./snapshot.ts";
import {basesOf, parametersAt, scoresWith, trainLabRun} from "./train.ts";

/** Loads what a run needs; without an argument, what any run needs. */
export async function ready(order?: LabSettings | UseOrder): Promise<void> {
  const tasks = order && [order.task, ...("other" in order && order.other ? [order.other.task] : [])];
  await Promise.all([loadFor(tasks), loadKernels()]);
}

/** A run step by step, or one snapshot of a model in use. */
export const compute = (order: LabSettings | UseOrder): Generator<LabSnapshot | Promise<void> | undefined, void> =>
  "run" in order ? modelInUse(order) : trainLabRun(order);

/** A run with the parameters that it trained. */
interface Trained {
  settings: LabSettings;
  parameters: Float32Array;
}

/** Words that continue the input; every way uses the same random numbers. */
const CONTINUATIONS = 6;
const SEED = 21;

/** A model with the attachments of these runs; LoRAs are scaled by `factor`. */
const withAll = ({sizes, weights}: Transformer, trained: readonly Trained[], factor = 1): Transformer => ({
  sizes,
  weights,
  attached: trained.flatMap(({settings, parameters}) => attachedOf(sizes, settings, parameters, factor) ?? []),
});

/** Logits that force the letters of `text`, and are the model's own after it. */
const continuing = (model: Transformer, text: string) => (tokens: Int32Array, B: number) => {
  const {logits} = forward(model, tokens, B);
  const letter = text[tokens.length / B - 1];
  if (letter === undefined) return logits;
  const token = LETTERS.indexOf(letter);
  return {...logits, data: logits.data.map((_, i) => (i % logits.cols === token ? 1000 : 0))};
};

const writtenBy = (model: Transformer, task: LabTask, input: string): string[] =>
  isOfWords(task)
    ? sampleWords(continuing(model, input), CONTINUATIONS, mulberry32(SEED))
    : answersTo([input], continuing(model, ""));

/** The right answers by each run's new operation; none if the input asks for an old one. */
function answersOf(input: string, runs: readonly LabSettings[]): Use["answers"] {
  if (!input.startsWith("X")) return [];
  return runs.flatMap(({task}) =>
    isOfWords(task) ? [] : {task, answer: newTasks[task].answer(Array.from(input.slice(1), Number)).join("")},
  );
}

/** The model in each way in which it can be used: its base alone, a run on its way, or in full once it is trained. */
function* variants(
  {run, step, scale}: UseOrder,
  trained: Trained | undefined,
  other: Trained | undefined,
): Generator<readonly [WayOfUse["name"], Transformer], void> {
  const {method, base: format} = run;
  const {bare, base} = basesOf(run);
  const quantize = quantizers[format];
  yield ["off", base];
  if (!trained) return;
  if (method === "full") {
    yield ["on", {...base, weights: allocate(base.weights.layout, Float64Array.from(trained.parameters))}];
    return;
  }
  const isAtEnd = step === stepsOf(run);
  if (isAtEnd && method === "lora") yield ["scaled", withAll(base, [trained], scale)];
  const on = withAll(base, [trained]);
  yield ["on", on];
  if (!isAtEnd) return;
  if (method === "lora") {
    const merged = mergeAll(on);
    yield ["merged", merged];
    if (quantize) {
      yield ["rounded", quantizeLayers(merged, quantize)];
      yield ["bare", withAll(bare, [trained])];
    }
  }
  if (other) yield ["other", withAll(base, [other])];
  // Any number of LoRAs can be on at once, but only one of each other kind.
  if (other && (method === "lora" || method !== other.settings.method)) yield ["both", withAll(base, [trained, other])];
}

/** The scores at a scale at which the run was never evaluated. Every letter that is typed asks for them, so the latest are kept. */
let latest: {key: string; scores: Scores} | undefined;

function* scoresAt(run: LabSettings, scale: number, model: Transformer): Generator<undefined, Scores> {
  const key = `${runText(run)} ${scale}`;
  if (latest?.key !== key) latest = {key, scores: yield* scoresWith(run, model)};
  return latest.scores;
}

function* trainedAt(settings: LabSettings, step: number): Generator<Promise<void> | undefined, Trained | undefined> {
  const parameters = step ? yield* parametersAt(settings, step) : undefined;
  return parameters && {settings, parameters};
}

/** A model in use on an input. Yields nothing if its run diverged. */
function* modelInUse(order: UseOrder): Generator<LabSnapshot | Promise<void> | undefined, void> {
  const {run, other, step, task, scale, input} = order;
  const trained = yield* trainedAt(run, step);
  const otherTrained = other && (yield* trainedAt(other, stepsOf(other)));
  if (step && !trained) return;
  const [sampleModel, list] = [samplerOf(run), listOf(run)];
  const ways: WayOfUse[] = [];
  const models = new Map<WayOfUse["name"], Transformer>();
  for (const [name, model] of variants(order, trained, otherTrained)) {
    ways.push({
      name,
      texts: writtenBy(model, task, input),
      samples: sampleModel(continuing(model, "")),
      ...(name === "scaled" && {scores: yield* scoresAt(run, scale, model)}),
    });
    models.set(name, model);
    yield;
  }
  const [on, merged] = [models.get("on"), models.get("merged")];
  const use = {
    input,
    ways,
    learnedWords: ways.flatMap(({texts}) => texts.filter((text) => list.has(text))),
    answers: answersOf(input, otherTrained ? [run, otherTrained.settings] : [run]),
    ...(on && merged && {difference: largestDifference(on, merged, task, input)}),
  };
  yield {kind: "use", use};
}

/** The largest difference of a logit on an input. */
function largestDifference(one: Transformer, other: Transformer, task: LabTask, input: string): number {
  const [text, alphabet] = isOfWords(task) ? [`.${input}`, LETTERS] : [`${input}=`, SYMBOLS];
  const tokens = Int32Array.from(text, (sign) => alphabet.indexOf(sign));
  const [a, b] = [one, other].map((model) => forward(model, tokens, 1).logits.data);
  return a!.reduce((most, x, i) => Math.max(most, Math.abs(x - b![i]!)), 0);
}
