import {placeTransformer} from "../../engine/kernels/decoder.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {quantizeLayers} from "../../engine/memory/levels.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, mergeAll, type Transformer} from "../../engine/network/transformer.ts";
import {newTasks, SYMBOLS} from "../../engine/training/tasks.ts";
import {LETTERS} from "../../engine/training/words.ts";
import {loadedBase} from "../shared/baseModels.ts";
import {giveBack, lend} from "../shared/kernelPool.ts";
import {type LabSettings, runText, stepsOf} from "./controls.ts";
import {lessonOf} from "./lessons.ts";
import {answersFrom, answersTo} from "./operationLesson.ts";
import type {UseOrder} from "./orders.ts";
import {attachedOf, quantizers} from "./plan.ts";
import type {LabSnapshot, Scores, Use, WayOfUse} from "./snapshot.ts";
import {isOfWords, type LabTask} from "./tasks.ts";
import {trainLabRun} from "./train.ts";
import {parametersAt, parametersOf} from "./trainedRuns.ts";
import {listOf, wordSampler} from "./wordListLesson.ts";

/** A run with the parameters that it trained. */
interface Made {
  settings: LabSettings;
  parameters: Float32Array;
}

/** Words that continue the input; every way uses the same random numbers. */
const CONTINUED = 6;
const SEED = 21;

/** A model with the attachments of these runs; LoRAs are scaled by `factor`. */
const withAll = ({sizes, weights}: Transformer, made: readonly Made[], factor = 1): Transformer => ({
  ...{sizes, weights},
  attached: made.flatMap(({settings, parameters}) => attachedOf(sizes, settings, parameters, factor) ?? []),
});

/** Logits that force the letters of `text`, and are the model's own after it. */
function after(model: Transformer, text: string) {
  const cols = LETTERS.length;
  return (tokens: Int32Array, B: number): Matrix => {
    const T = tokens.length / B;
    const data = new Float64Array(tokens.length * cols);
    if (T <= text.length) {
      const forced = LETTERS.indexOf(text[T - 1]);
      return {rows: tokens.length, cols, data: data.map((_, i) => (i % cols === forced ? 1000 : 0))};
    }
    // Words that have ended need no logits.
    const words = Array.from({length: B}, (_, b) => tokens.subarray(b * T, (b + 1) * T));
    const open = words.flatMap((word, b) => (T > 1 && word[T - 1] === 0 ? [] : b));
    const {logits} = forward(model, Int32Array.from(open.flatMap((b) => [...words[b]])), open.length);
    open.forEach((b, i) => {
      data.set(logits.data.subarray(i * T * cols, (i + 1) * T * cols), b * T * cols);
    });
    return {rows: tokens.length, cols, data};
  };
}

const writtenBy = (model: Transformer, task: LabTask, input: string): string[] =>
  isOfWords(task)
    ? sampleWords(after(model, input), CONTINUED, mulberry32(SEED))
    : answersTo([input], (tokens, B) => forward(model, tokens, B).logits);

/** What the new operations make of the digits; empty if the input asks for an old one. */
function dueOf(input: string, made: readonly Pick<Made, "settings">[]): Use["due"] {
  if (!input.startsWith("X")) return [];
  return made.flatMap(({settings: {task}}) =>
    isOfWords(task) ? [] : {task, answer: newTasks[task].answer(Array.from(input.slice(1), Number)).join("")},
  );
}

/** The words of the list that a run learned from, among those that were written. */
function knownOf({task, examples, words}: LabSettings, ways: readonly WayOfUse[]): readonly string[] {
  if (!isOfWords(task)) return [];
  const list = listOf({task, examples, words});
  return ways.flatMap(({texts}) => texts.filter((text) => list.has(text)));
}

/** Whether two adapters can be on at once: any number of LoRAs, but only one of each other kind. */
const canMeet = (one: Made, other: Made): boolean =>
  one.settings.method === "lora" || one.settings.method !== other.settings.method;

/** The model in each way in which it can be used. */
function* variants(
  made: Made,
  other: Made | undefined,
  scale: number,
): Generator<readonly [WayOfUse["name"], Transformer], void> {
  const {task, method, base: format} = made.settings;
  const bare = loadedBase(task);
  const quantize = quantizers[format];
  const base = quantize ? quantizeLayers(bare, quantize) : bare;
  yield ["off", base];
  if (method === "full") {
    yield ["on", {...base, weights: allocate(base.weights.layout, Float64Array.from(made.parameters))}];
    return;
  }
  if (method === "lora") yield ["scaled", withAll(base, [made], scale)];
  const on = withAll(base, [made]);
  yield ["on", on];
  if (method === "lora") {
    const merged = mergeAll(on);
    yield ["merged", merged];
    if (quantize) {
      yield ["rounded", quantizeLayers(merged, quantize)];
      yield ["bare", withAll(bare, [made])];
    }
  }
  if (other) yield ["other", withAll(base, [other])];
  if (other && canMeet(made, other)) yield ["both", withAll(base, [made, other])];
}

/** What a model writes where nothing was typed, as a look at it does during training. */
function samplesOf({task, examples, words}: LabSettings): (model: Transformer) => WayOfUse["samples"] {
  if (isOfWords(task)) {
    const sampled = wordSampler({task, examples, words});
    return (model) => sampled(after(model, ""));
  }
  const answered = answersFrom(task);
  return (model) => answered((tokens, B) => forward(model, tokens, B).logits);
}

/** Before the first step there is only the base. */
function* baseAtWork({run, input}: UseOrder): Generator<undefined, Use> {
  const bare = loadedBase(run.task);
  const quantize = quantizers[run.base];
  const base = quantize ? quantizeLayers(bare, quantize) : bare;
  yield;
  const ways = [{name: "off" as const, texts: writtenBy(base, run.task, input), samples: samplesOf(run)(base)}];
  return {input, ways, known: knownOf(run, ways), due: dueOf(input, [{settings: run}])};
}

/** A run at a step on its way: off and on. */
function* onTheWay({run, input}: UseOrder, made: Made): Generator<undefined, Use> {
  const ways: WayOfUse[] = [];
  const samples = samplesOf(run);
  for (const [name, model] of variants(made, undefined, 1)) {
    if (name !== "off" && name !== "on") continue;
    ways.push({name, texts: writtenBy(model, run.task, input), samples: samples(model)});
    yield;
  }
  return {input, ways, known: knownOf(run, ways), due: dueOf(input, [made])};
}

/** The scores at a scale at which the run was never evaluated. Every letter that is typed asks for them, so the latest are kept. */
let latest: {key: string; scores: Scores} | undefined;

function* scoresOf(run: LabSettings, scale: number, model: Transformer): Generator<undefined, Scores> {
  const key = `${runText(run)} ${scale}`;
  if (latest?.key === key) return latest.scores;
  const kernels = lend();
  const start = kernels.heap.mark();
  try {
    const {score, skill} = yield* lessonOf(run, kernels).evaluate(placeTransformer(kernels, model));
    latest = {key, scores: {score, skill}};
    return latest.scores;
  } finally {
    kernels.heap.release(start);
    giveBack(kernels);
  }
}

function* useOf({task, scale, input}: UseOrder, made: Made, other: Made | undefined): Generator<undefined, Use> {
  const ways: WayOfUse[] = [];
  const models = new Map<WayOfUse["name"], Transformer>();
  const samples = samplesOf(made.settings);
  for (const [name, model] of variants(made, other, scale)) {
    ways.push({
      name,
      texts: writtenBy(model, task, input),
      samples: samples(model),
      ...(name === "scaled" && {scores: yield* scoresOf(made.settings, scale, model)}),
    });
    models.set(name, model);
    yield;
  }
  const [on, merged] = [models.get("on"), models.get("merged")];
  return {
    input,
    ways,
    known: knownOf(made.settings, ways),
    due: dueOf(input, other ? [made, other] : [made]),
    ...(on && merged && {difference: largestDifference(on, merged, tokensOf(task, input))}),
  };
}

/** A model at work: the base alone, a run on its way, or trained: off, scaled, on, merged; and with the adapter of another run. Yields nothing if the run diverged. */
export function* modelInUse(order: UseOrder): Generator<LabSnapshot | Promise<void> | undefined, void> {
  const {run, other, step} = order;
  if (step === 0) {
    yield {kind: "use", use: yield* baseAtWork(order)};
    return;
  }
  if (step < stepsOf(run)) {
    const parameters = yield* parametersAt(run, step, trainLabRun);
    if (parameters) yield {kind: "use", use: yield* onTheWay(order, {settings: run, parameters})};
    return;
  }
  const parameters = yield* parametersOf(run, trainLabRun);
  const others = other && (yield* parametersOf(other, trainLabRun));
  if (!parameters) return;
  const beside = other && others && {settings: other, parameters: others};
  yield {kind: "use", use: yield* useOf(order, {settings: run, parameters}, beside)};
}

const tokensOf = (task: LabTask, input: string): Int32Array =>
  isOfWords(task)
    ? Int32Array.from(`.${input}`, (letter) => LETTERS.indexOf(letter))
    : Int32Array.from(`${input}=`, (symbol) => SYMBOLS.indexOf(symbol));

/** The largest difference of a logit. */
function largestDifference(one: Transformer, other: Transformer, tokens: Int32Array): number {
  const [a, b] = [one, other].map((model) => forward(model, tokens, 1).logits.data);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
}
