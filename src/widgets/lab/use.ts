import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {quantizeLayers} from "../../engine/memory/levels.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, mergeAll, type Transformer} from "../../engine/network/transformer.ts";
import {newTasks, SYMBOLS} from "../../engine/training/tasks.ts";
import {LETTERS} from "../../engine/training/words.ts";
import {baseOf} from "../shared/baseModels.ts";
import {isList, type Task} from "../shared/taskNames.ts";
import type {Settings, UseOrder} from "./controls.ts";
import {attachedOf, quantizers} from "./plan.ts";
import type {Due, Frame, Use, Way} from "./snapshot.ts";
import {train} from "./train.ts";
import {madeBy} from "./trainedRuns.ts";

/** The numbers that were trained in a run. */
interface Made {
  settings: Settings;
  params: Float32Array;
}

/** Words that are continued; the same random numbers for every way. */
const CONTINUED = 6;
const SEED = 21;
/** A model with what was trained on it, each counted `factor` times where it is a LoRA. */
const withAll = ({sizes, weights}: Transformer, made: readonly Made[], factor = 1): Transformer => ({
  ...{sizes, weights},
  attached: made.flatMap(({settings, params}) => attachedOf(sizes, settings, params, factor) ?? []),
});

/** Logits that leave no choice but `text` for its letters, and are the model's own after it. */
function after(model: Transformer, text: string) {
  const cols = LETTERS.length;
  return (tokens: Int32Array, B: number): Matrix => {
    const T = tokens.length / B;
    const data = new Float64Array(tokens.length * cols);
    if (T <= text.length) {
      const forced = LETTERS.indexOf(text[T - 1]);
      return {rows: tokens.length, cols, data: data.map((_, i) => (i % cols === forced ? 1000 : 0))};
    }
    // What stands behind the end of a word is never looked at.
    const words = Array.from({length: B}, (_, b) => tokens.subarray(b * T, (b + 1) * T));
    const open = words.flatMap((word, b) => (T > 1 && word[T - 1] === 0 ? [] : b));
    const {logits} = forward(model, Int32Array.from(open.flatMap((b) => [...words[b]])), open.length);
    open.forEach((b, i) => {
      data.set(logits.data.subarray(i * T * cols, (i + 1) * T * cols), b * T * cols);
    });
    return {rows: tokens.length, cols, data};
  };
}

function answer(model: Transformer, text: string): string {
  const tokens = Array.from(`${text}=`, (symbol) => SYMBOLS.indexOf(symbol));
  const start = tokens.length;
  while (tokens.length < start + 6) {
    const {data, cols} = forward(model, Int32Array.from(tokens), 1).logits;
    const last = data.subarray(data.length - cols);
    tokens.push(last.indexOf(Math.max(...last)));
  }
  return tokens
    .slice(start)
    .map((token) => SYMBOLS[token])
    .join("");
}

/** What the new operations make of the digits; nothing where an old one is asked for. */
function dueOf(input: string, made: readonly Made[]): Due[] {
  if (!input.startsWith("X")) return [];
  return made.flatMap(({settings: {task}}) =>
    isList(task) ? [] : {task, answer: newTasks[task].answer(Array.from(input.slice(1), Number)).join("")},
  );
}

/** Whether two adapters can be on at once: any number of LoRAs, and at most one of each other kind. */
const canMeet = (one: Made, other: Made): boolean =>
  one.settings.method === "lora" || one.settings.method !== other.settings.method;

/** A trained model at work: off, scaled, on, merged; and with the adapter of another run, alone and too. */
export function* use({run, other: beside, scale, input}: UseOrder): Generator<Frame | Promise<void> | undefined, void> {
  const params = yield* madeBy(run, train);
  const others = beside && (yield* madeBy(beside, train));
  if (!params) return;
  const made = {settings: run, params};
  yield {use: yield* worked({scale, input}, made, beside && others && {settings: beside, params: others})};
}

function* worked(
  {scale, input}: Pick<UseOrder, "scale" | "input">,
  made: Made,
  other: Made | undefined,
): Generator<undefined, Use> {
  const {task, method, base: format} = made.settings;
  const bare = baseOf(task);
  const quantize = quantizers[format];
  const base = quantize ? quantizeLayers(bare, quantize) : bare;
  const ways: Way[] = [];
  const way = function* (name: Way["name"], model: Transformer): Generator<undefined, void> {
    const written = isList(task)
      ? sampleWords(after(model, input), CONTINUED, mulberry32(SEED))
      : [answer(model, input)];
    ways.push({name, written});
    yield;
  };
  const due = dueOf(input, other ? [made, other] : [made]);
  yield* way("off", base);
  if (method === "full") {
    yield* way("on", {...base, weights: allocate(base.weights.layout, Float64Array.from(made.params))});
    return {input, due, ways};
  }
  const on = withAll(base, [made]);
  let difference: number | undefined;
  if (method === "lora") {
    yield* way("scaled", withAll(base, [made], scale));
    yield* way("on", on);
    const merged = mergeAll(on);
    yield* way("merged", merged);
    if (quantize) {
      yield* way("rounded", quantizeLayers(merged, quantize));
      yield* way("bare", withAll(bare, [made]));
    }
    difference = apart(on, merged, tokensOf(task, input));
  } else yield* way("on", on);
  if (other) yield* way("other", withAll(base, [other]));
  if (other && canMeet(made, other)) yield* way("both", withAll(base, [made, other]));
  return {input, due, ways, ...(difference === undefined ? {} : {difference})};
}

const tokensOf = (task: Task, input: string): Int32Array =>
  isList(task)
    ? Int32Array.from(`.${input}`, (letter) => LETTERS.indexOf(letter))
    : Int32Array.from(`${input}=`, (symbol) => SYMBOLS.indexOf(symbol));

/** The largest difference of a logit. */
function apart(one: Transformer, other: Transformer, tokens: Int32Array): number {
  const [a, b] = [one, other].map((model) => forward(model, tokens, 1).logits.data);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
}
