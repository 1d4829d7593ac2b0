/** What the lab computes: a run step by step, or a model in use. */

import {mulberry32} from "../../engine/linalg/random.ts";
import {quantizeLayers} from "../../engine/memory/levels.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, mergeAll, type Transformer} from "../../engine/network/transformer.ts";
import {baseTasks, newTasks, SYMBOLS} from "../../engine/training/tasks.ts";
import {LETTERS} from "../../engine/training/words.ts";
import {loadFor} from "../shared/baseModels.ts";
import {loadKernels} from "../shared/kernelPool.ts";
import type {Operation} from "../shared/taskNames.ts";
import {isOfWords, type LabSettings} from "./controls.ts";
import {answersTo, listOf, samplerOf} from "./lesson.ts";
import {quantizers, type Trained, withAttached} from "./plan.ts";
import type {LabSnapshot, Sample, UseOrder, WayOfUse} from "./protocol.ts";
import {basesOf, parametersOf, trainLabRun} from "./train.ts";

/** Loads what a run needs; without an argument, what any run needs. */
export async function ready(order?: LabSettings | UseOrder): Promise<void> {
  const runs = order && ("run" in order ? [order.run, ...(order.other ? [order.other] : [])] : [order]);
  await Promise.all([loadFor(runs?.map(({task}) => task)), loadKernels()]);
}

/** A run step by step, or one snapshot of a model in use. */
export const compute = (order: LabSettings | UseOrder): Generator<LabSnapshot | undefined, void> =>
  "run" in order ? modelInUse(order) : trainLabRun(order);

/** How many words continue the input, and the seed of their random numbers, which is the same for every way of use. */
const [CONTINUATION_COUNT, CONTINUATION_SEED] = [6, 21];
/** A logit so large that its letter is certain to be sampled. */
const CERTAIN_LOGIT = 1000;

/** Logits that force the letters of `text`; after it they are the model's own. */
const logitsAfter = (model: Transformer, text: string) => (tokens: Int32Array, B: number) => {
  const {logits} = forward(model, tokens, B);
  const letter = text[tokens.length / B - 1];
  if (letter === undefined) return logits;
  const token = LETTERS.indexOf(letter);
  return {...logits, data: logits.data.map((_, i) => (i % logits.cols === token ? CERTAIN_LOGIT : 0))};
};

/** How a model continues the input. A hit is a word in the list that it learned from, or an answer that is right for one of the runs. */
function continuationsOf(model: Transformer, input: string, runs: readonly LabSettings[]): Sample[] {
  const isWords = isOfWords(runs[0]!.task);
  const texts = isWords
    ? sampleWords(logitsAfter(model, input), CONTINUATION_COUNT, mulberry32(CONTINUATION_SEED))
    : answersTo([input], logitsAfter(model, ""));
  const hits = isWords ? listOf(runs[0]!) : rightAnswers(input, runs);
  return texts.map((text) => ({text, isHit: hits.has(text)}));
}

/** The right answers to an input: by the new operation of each run, or by the old one that it asks for. */
function rightAnswers([symbol, ...digits]: string, runs: readonly LabSettings[]): ReadonlySet<string> {
  const operations =
    symbol === "X"
      ? runs.map(({task}) => newTasks[task as Operation])
      : Object.values(baseTasks).filter((one) => one.symbol === symbol);
  return new Set(operations.map(({answer}) => answer(digits.map(Number)).join("")));
}

/** The model in each way to use it; the base alone if nothing is trained. `other` is another run whose adapter fits. */
function* modelsByWay(
  run: LabSettings,
  trained: Trained | undefined,
  other: Trained | undefined,
): Generator<readonly [WayOfUse["name"], Transformer], void> {
  const {method, base: format} = run;
  const {bare, base} = basesOf(run);
  yield ["off", base];
  if (!trained) return;
  if (method === "full") {
    yield ["on", {...base, weights: allocate(base.weights.layout, Float64Array.from(trained.parameters))}];
    return;
  }
  const on = withAttached(base, [trained]);
  if (method === "lora") yield ["half", withAttached(base, [trained], 0.5)];
  yield ["on", on];
  if (method === "lora") {
    const merged = mergeAll(on);
    yield ["merged", merged];
    const quantize = quantizers[format];
    if (quantize) {
      yield ["rounded", quantizeLayers(merged, quantize)];
      yield ["bare", withAttached(bare, [trained])];
    }
  }
  if (!other) return;
  yield ["other", withAttached(base, [other])];
  // Any number of LoRAs can be on at once, but only one of each other kind.
  if (method === "lora" || method !== other.settings.method) yield ["both", withAttached(base, [trained, other])];
}

/** A run with what it trained; undefined without settings, or if it diverged. Yields while it trains. */
function* trainedRun(settings: LabSettings | undefined): Generator<undefined, Trained | undefined> {
  const parameters = settings && (yield* parametersOf(settings));
  return parameters && {settings, parameters};
}

/** A model in use on an input. Yields nothing if its run diverged. */
function* modelInUse(order: UseOrder): Generator<LabSnapshot | undefined, void> {
  const {run, isTrained, input} = order;
  const trained = yield* trainedRun(isTrained ? run : undefined);
  if (isTrained && !trained) return;
  const other = yield* trainedRun(order.other);
  const sampleModel = samplerOf(run);
  const ways: WayOfUse[] = [];
  const models = new Map<WayOfUse["name"], Transformer>();
  for (const [name, model] of modelsByWay(run, trained, other)) {
    const runs = {other: [order.other!], both: [run, order.other!]}[name as "other" | "both"] ?? [run];
    ways.push({name, texts: continuationsOf(model, input, runs), samples: sampleModel(logitsAfter(model, ""))});
    models.set(name, model);
    yield;
  }
  const [on, merged] = [models.get("on"), models.get("merged")];
  const difference = on && merged && largestDifference(on, merged, order);
  yield {kind: "use", use: {order, ways, ...(difference !== undefined && {difference})}};
}

/** The largest difference between the logits of two models on an input. */
function largestDifference(one: Transformer, other: Transformer, {run, input}: UseOrder): number {
  const [text, alphabet] = isOfWords(run.task) ? [`.${input}`, LETTERS] : [`${input}=`, SYMBOLS];
  const tokens = Int32Array.from(text, (character) => alphabet.indexOf(character));
  const [a, b] = [one, other].map((model) => forward(model, tokens, 1).logits.data);
  return a!.reduce((largest, x, i) => Math.max(largest, Math.abs(x - b![i]!)), 0);
}
