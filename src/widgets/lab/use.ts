import {weightLayout} from "../../engine/architecture.ts";
import {quantizeLayers} from "../../engine/levels.ts";
import type {Matrix} from "../../engine/matrix.ts";
import {allocate} from "../../engine/parameters.ts";
import {mulberry32} from "../../engine/random.ts";
import {digitMachine, newTasks, SYMBOLS} from "../../engine/tasks.ts";
import {forward, mergeAll, type Transformer} from "../../engine/transformer.ts";
import {LETTERS, LONGEST, sampleWords, wordForge} from "../../engine/words.ts";
import {isList, type Task} from "../lessonNames.ts";
import {attachedOf, quantizers} from "./plan.ts";
import type {LabParams, Settings} from "./settings.ts";

/** The numbers that were trained in a run. */
export interface Made {
  settings: Settings;
  params: Float32Array;
}

/** The model in one of the ways it can be used, and what it writes so. */
export interface Way {
  /**
   * The first four of one adapter; merged and rounded again, or beside the weights as they were before rounding; the
   * adapter of a kept run, and both of them at once.
   */
  name: "off" | "scaled" | "on" | "merged" | "rounded" | "bare" | "other" | "both";
  written: readonly string[];
}

/** What the digits typed should become by an operation. */
export interface Due {
  task: Task;
  answer: string;
}

export interface Use {
  /** What was typed where it fits the task, or what stands for it. */
  input: string;
  ways: readonly Way[];
  /** Largest difference of a logit between the adapter beside its weights and merged into them, in float64. */
  difference?: number;
  /** What is due by the new operation, and by that of the other adapter. */
  due: readonly Due[];
}

/** The frozen weights in the order of their layout, and as they were before rounding. */
export interface Frozen {
  base: Float32Array;
  bare?: Float32Array;
}

/** Words that are continued; the same random numbers for every way. */
const CONTINUED = 6;
const SEED = 21;
/** What the digit machine is asked when nothing that fits is typed. */
const QUESTION = "X204719";

/** An operation and six digits; without an operation it is the new one. */
const question = (text: string): string =>
  /^\d{6}$/.test(text) ? `X${text}` : /^[CRIDLX]\d{6}$/.test(text) ? text : QUESTION;
const beginning = (text: string): string => (/^[a-z]*$/.test(text) && text.length < LONGEST ? text : "");

export const inputFor = ({task, input}: Pick<LabParams, "task" | "input">): string =>
  isList(task) ? beginning(input) : question(input);

/** Weights with what was trained on them, each counted `factor` times where it is a LoRA. */
function modelOf(flat: Float32Array, made: readonly Made[], task: Task, factor = 1): Transformer {
  const sizes = isList(task) ? wordForge : digitMachine;
  const attached = made.flatMap(({settings, params}) => attachedOf(sizes, settings, params, factor) ?? []);
  return {sizes, weights: allocate(weightLayout(sizes), Float64Array.from(flat)), attached};
}

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

/** A trained model at work on one input: off, scaled, on, merged; and with the adapter of another run, alone and too. */
export function useOf(
  {scale, input: typed}: Pick<LabParams, "scale" | "input">,
  {base, bare}: Frozen,
  made: Made,
  other?: Made,
): Use {
  const {task, method} = made.settings;
  const input = inputFor({task, input: typed});
  const written = (model: Transformer) =>
    isList(task) ? sampleWords(after(model, input), CONTINUED, mulberry32(SEED)) : [answer(model, input)];
  const way = (name: Way["name"], model: Transformer): Way => ({name, written: written(model)});
  const off = way("off", modelOf(base, [], task));
  const due = dueOf(input, other ? [made, other] : [made]);
  if (method === "full") return {input, due, ways: [off, way("on", modelOf(made.params, [], task))]};
  const on = modelOf(base, [made], task);
  const others = other
    ? [
        way("other", modelOf(base, [other], task)),
        ...(canMeet(made, other) ? [way("both", modelOf(base, [made, other], task))] : []),
      ]
    : [];
  if (method !== "lora") return {input, due, ways: [off, way("on", on), ...others]};
  const merged = mergeAll(on);
  const alphabet = isList(task) ? LETTERS : SYMBOLS;
  const tokens = Int32Array.from(isList(task) ? `.${input}` : `${input}=`, (symbol) => alphabet.indexOf(symbol));
  const [beside, into] = [on, merged].map((model) => forward(model, tokens, 1).logits.data);
  const quantize = quantizers[made.settings.base];
  return {
    input,
    due,
    ways: [
      off,
      way("scaled", modelOf(base, [made], task, scale)),
      way("on", on),
      way("merged", merged),
      ...(quantize ? [way("rounded", quantizeLayers(merged, quantize))] : []),
      ...(bare ? [way("bare", modelOf(bare, [made], task))] : []),
      ...others,
    ],
    difference: beside.reduce((most, x, i) => Math.max(most, Math.abs(x - into[i])), 0),
  };
}
