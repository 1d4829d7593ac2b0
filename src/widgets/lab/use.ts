import {weightLayout} from "../../engine/architecture.ts";
import {attachLora} from "../../engine/loras.ts";
import type {Matrix} from "../../engine/matrix.ts";
import {allocate} from "../../engine/parameters.ts";
import {mulberry32} from "../../engine/random.ts";
import {digitMachine, SYMBOLS} from "../../engine/tasks.ts";
import {forward, mergeAll, type Transformer} from "../../engine/transformer.ts";
import {LETTERS, LONGEST, sampleWords, wordForge} from "../../engine/words.ts";
import {isList} from "../lessonNames.ts";
import {chosen} from "./matrices.ts";
import type {LabParams} from "./settings.ts";

/** The weights of the base and the numbers that were trained on it, each in the order of its layout. */
export interface Made {
  base: Float32Array;
  params: Float32Array;
}

/** The model in one of the ways it can be used, and what it writes so. */
export interface Way {
  name: "off" | "scaled" | "on" | "merged";
  written: readonly string[];
}

export interface Use {
  /** What was typed where it fits the task, or what stands for it. */
  input: string;
  ways: readonly Way[];
  /** Largest difference of a logit between the adapter beside its weights and merged into them, in float64. */
  difference?: number;
}

type UseParams = Pick<LabParams, "task" | "on" | "r" | "alpha" | "method" | "scale" | "input">;

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

/** The model with ΔW counted `factor` times beside its weights; 0 is the base. */
function modelOf({task, on, r, alpha, method}: UseParams, {base, params}: Made, factor: number): Transformer {
  const sizes = isList(task) ? wordForge : digitMachine;
  const isFull = method === "full" && factor > 0;
  const weights = allocate(weightLayout(sizes), Float64Array.from(isFull ? params : base));
  if (isFull || factor === 0) return {sizes, weights, attached: []};
  const plan = {targets: chosen(on).map(({target}) => target), r: Number(r), alpha: alpha * factor};
  // Drawn to be written over: only the layout is of interest.
  const attachment = attachLora(sizes, plan, () => 0.5);
  return {
    ...{sizes, weights},
    attached: [{...attachment, params: allocate(attachment.params.layout, Float64Array.from(params))}],
  };
}

/** Logits that leave no choice but `text` for its letters, and are the model's own after it. */
function after(model: Transformer, text: string) {
  return (tokens: Int32Array, B: number): Matrix => {
    const {logits} = forward(model, tokens, B);
    const place = tokens.length / B - 1;
    if (place >= text.length) return logits;
    const forced = LETTERS.indexOf(text[place]);
    return {...logits, data: logits.data.map((_, i) => (i % logits.cols === forced ? 1000 : 0))};
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

/** A trained model at work on one input: with the adapter off, scaled, on, and merged into the weights. */
export function useOf(params: UseParams, made: Made): Use {
  const {task, method, scale} = params;
  const input = inputFor(params);
  const written = (model: Transformer) =>
    isList(task) ? sampleWords(after(model, input), CONTINUED, mulberry32(SEED)) : [answer(model, input)];
  const way = (name: Way["name"], model: Transformer): Way => ({name, written: written(model)});
  const on = modelOf(params, made, 1);
  const off = way("off", modelOf(params, made, 0));
  if (method === "full") return {input, ways: [off, way("on", on)]};
  const merged = mergeAll(on);
  const alphabet = isList(task) ? LETTERS : SYMBOLS;
  const tokens = Int32Array.from(isList(task) ? `.${input}` : `${input}=`, (symbol) => alphabet.indexOf(symbol));
  const [beside, into] = [on, merged].map((model) => forward(model, tokens, 1).logits.data);
  return {
    input,
    ways: [off, way("scaled", modelOf(params, made, scale)), way("on", on), way("merged", merged)],
    difference: beside.reduce((most, x, i) => Math.max(most, Math.abs(x - into[i])), 0),
  };
}
