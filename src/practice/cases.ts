/** The training run that a reader describes in the form or an address, with checks of every value, and as a sentence. */

import {capital, counted} from "../figure/plot/text/format.ts";
import {type LanguagePreset, type ModelPreset, presetOf, presets} from "./models.ts";

/** What a run is for: imitating examples, preferring answers, earning rewards, or images. */
export const PRACTICE_TASKS = ["imitation", "preference", "rl", "images"] as const;
export type PracticeTask = (typeof PRACTICE_TASKS)[number];

/** What examples to imitate are about. One study found that code and mathematics need a higher rank. */
export const SUBJECTS = ["other", "code", "mathematics"] as const;
export type Subject = (typeof SUBJECTS)[number];

/** How the base model is stored. */
export const BASES = ["bf16", "int8", "nf4"] as const;
export type Base = (typeof BASES)[number];

/** The form of examples to imitate: dialogues, or prompts and answers as two texts. */
const DATA = ["messages", "pair"] as const;
export type Data = (typeof DATA)[number];

/** Sequences that a GPU takes at once. */
export const MICROS = ["1", "2", "4", "8", "16"] as const;

/** The choices in the words of the form and of refusals. */
export const TASK_WORDS: Readonly<Record<PracticeTask, string>> = {
  imitation: "imitate examples (SFT)",
  preference: "prefer answers (DPO)",
  rl: "earn a reward (GRPO)",
  images: "draw a style or a subject",
};

export const SUBJECT_WORDS: Readonly<Record<Subject, string>> = {
  other: "something else",
  code: "code",
  mathematics: "mathematics",
};

export const DATA_WORDS: Readonly<Record<Data, string>> = {
  messages: "dialogues (messages)",
  pair: "a prompt and an answer",
};

export const BASE_WORDS: Readonly<Record<Base, string>> = {
  bf16: "16 bits",
  int8: "8 bits",
  nf4: "4 bits",
};

/** The sizes of the reader's own model, typed or from a config.json, with limits and defaults. */
export const OWN = {
  layers: {least: 1, most: 200, value: 32},
  width: {least: 64, most: 32_768, value: 4096},
  heads: {least: 1, most: 512, value: 32},
  // 0 stands for the width.
  queryWidth: {least: 32, most: 32_768, value: 0},
  keyValueWidth: {least: 32, most: 32_768, value: 1024},
  mlp: {least: 64, most: 131_072, value: 14_336},
  vocabulary: {least: 256, most: 1_000_000, value: 128_256},
  // 1 if the output layer shares the embedding's weights.
  tied: {least: 0, most: 1, value: 0},
} as const;
type OwnSize = keyof typeof OWN;

/** The form's other whole numbers, with limits and defaults: examples, tokens of each, GB of a GPU, and GPUs. */
export const NUMBERS = {
  examples: {least: 1, most: 1_000_000_000, value: 10_000},
  tokens: {least: 1, most: 131_072, value: 500},
  card: {least: 4, most: 1024, value: 24},
  cards: {least: 1, most: 1024, value: 1},
} as const;
type NumberName = keyof typeof NUMBERS;

/** A run, with every value allowed. `card` is the memory of one GPU in GB, `cards` the number of GPUs. */
export interface Case extends Record<NumberName, number> {
  preset: ModelPreset;
  task: PracticeTask;
  /** "other" for every task but imitation. */
  subject: Subject;
  /** "messages" for every task but imitation. */
  data: Data;
  base: Base;
  /** Sequences that a GPU takes at once. */
  micro: number;
  /** The name or the file of the data; empty until the reader gives it. */
  set: string;
}

/** The id of a model whose sizes the reader types. */
export const OWN_ID = "own";
/** In place of its name until the reader gives one. */
export const OWN_HUB = "your/model";

/** A case as a form or an address has it, unchecked. */
export type RawCase = Readonly<Record<string, string | undefined>>;

interface Limits {
  least: number;
  most: number;
  value: number;
}

/** A refused value: its field, and a sentence on what is used instead. */
export interface RefusedValue {
  field: string;
  sentence: string;
}

/** Notes a refused value. */
type Refuse = (field: string, sentence: string) => void;

/** A whole number within its limits. Other numbers are refused for the nearest one, other texts for the default. */
function wholeNumber(field: NumberName | OwnSize, raw: string | undefined, limits: Limits, refuse: Refuse): number {
  const {least, most, value} = limits;
  if (raw === undefined) return value;
  const name = NUMBER_WORDS[field];
  const n = Number(raw);
  if (raw !== "" && Number.isInteger(n) && n >= least && n <= most) return n;
  const nearest = raw !== "" && Number.isFinite(n) ? Math.min(most, Math.max(least, Math.round(n))) : value;
  const [from, to, usedText] = [least, most, nearest].map((one) => one.toLocaleString("en-US"));
  const wrong =
    raw === "" ? `${name} is missing` : `${name} has to be a whole number from ${from} to ${to}. “${raw}” is not`;
  refuse(field, `${wrong}, so we use ${usedText}.`);
  return nearest;
}

/** One of a field's choices, the first by default. Other values are refused. */
function oneOf<T extends string>(field: string, raw: string | undefined, words: Map<T, string>, refuse: Refuse): T {
  const [defaultValue] = words.keys() as Iterable<T> as [T];
  if (raw === undefined || raw === "") return defaultValue;
  if ((words as Map<string, string>).has(raw)) return raw as T;
  refuse(field, `This page does not know “${raw}”, so we use “${words.get(defaultValue)}”.`);
  return defaultValue;
}

/** A field's choices with their words, the default first. */
const wordsOf = <T extends string>(order: readonly T[], words: Readonly<Record<T, string>>) =>
  new Map(order.map((one) => [one, words[one]] as const));

/** A name on the hub or a path, in characters that need no quoting in Python, YAML or a shell. Others are refused. */
function nameOf(field: string, raw: string | undefined, defaultValue: string, refuse: Refuse): string {
  const name = raw?.trim() ?? "";
  if (name === "") return defaultValue;
  if (/^[\w./][\w./-]*$/.test(name)) return name;
  refuse(field, `“${name}” is no name on the hub and no path: it may have letters, digits, “.”, “_”, “-” and “/”.`);
  return defaultValue;
}

const MICRO_WORDS = Object.fromEntries(MICROS.map((n) => [n, n])) as Record<(typeof MICROS)[number], string>;

/** The numbers in the words of refusals. */
const NUMBER_WORDS: Readonly<Record<NumberName | OwnSize, string>> = {
  examples: "The number of examples",
  tokens: "The length of an example",
  card: "The memory of one GPU",
  cards: "The number of GPUs",
  layers: "The number of layers",
  width: "The width",
  heads: "The number of heads",
  queryWidth: "The width of queries",
  keyValueWidth: "The width of keys and values",
  mlp: "The width of the MLP",
  vocabulary: "The vocabulary",
  tied: "Whether the output layer is the embedding",
};

/** The reader's own model, from its sizes. */
function ownPreset(raw: RawCase, refuse: Refuse): LanguagePreset {
  const {tied, queryWidth, ...sizes} = Object.fromEntries(
    Object.entries(OWN).map(([name, limits]) => {
      const typed = raw[name] === "" && limits.value === 0 ? undefined : raw[name];
      return [name, wholeNumber(name as OwnSize, typed, limits, refuse)];
    }),
  ) as Record<OwnSize, number>;
  const {width, heads} = sizes;
  if (queryWidth === 0 && width % heads > 0) {
    sizes.width = Math.ceil(width / heads) * heads;
    const used = sizes.width.toLocaleString("en-US");
    refuse("width", `The heads divide the width among them. ${width} is no multiple of ${heads}, so we use ${used}.`);
  }
  const queries = queryWidth || sizes.width;
  if (sizes.keyValueWidth > queries) {
    refuse("keyValueWidth", `Keys and values cannot be wider than the queries, so we use ${queries}.`);
    sizes.keyValueWidth = queries;
  }
  const hub = nameOf("hub", raw.hub, OWN_HUB, refuse);
  const name = hub === OWN_HUB ? "your model" : hub.split("/").at(-1)!;
  if (hub !== OWN_HUB && Object.entries(OWN).every(([size, {value}]) => Number(raw[size] || value) === value))
    refuse(
      "hub",
      `This page cannot look ${name} up. Until you drop its config.json or type its sizes, we count Llama 3.1 8B’s.`,
    );
  const rest = {id: OWN_ID, kind: "language", label: "another", name, hub} as const;
  const own = queryWidth === 0 ? {} : {queryWidth};
  return {...rest, ...sizes, ...own, tied: tied === 1, source: "the sizes that you typed"};
}

/** The models in the words of the form, the default first. */
const modelWords = () =>
  new Map([
    ...["8b", ...presets.map(({id}) => id).filter((id) => id !== "8b")].map((id) => [id, presetOf(id)!.name] as const),
    [OWN_ID, "another model"] as const,
  ]);

/**
 * The case that a form or an address describes, and a sentence for each refused value. A task that does not fit the model is
 * replaced: image models learn images, and no other model does.
 */
export function caseOf(raw: RawCase): {one: Case; refused: RefusedValue[]} {
  const refused: RefusedValue[] = [];
  const refuse: Refuse = (field, sentence) => refused.push({field, sentence});
  const id = oneOf("model", raw.model, modelWords(), refuse);
  const preset = presetOf(id) ?? ownPreset(raw, refuse);
  const chosenTask = oneOf("task", raw.task, wordsOf(PRACTICE_TASKS, TASK_WORDS), refuse);
  const task = preset.kind === "images" ? "images" : chosenTask === "images" ? "imitation" : chosenTask;
  if (raw.task && task !== chosenTask) {
    const ending = `so the task is now “${TASK_WORDS[task]}”.`;
    refuse(
      "task",
      preset.kind === "images"
        ? `${preset.name} makes images, ${ending}`
        : `${preset.name} makes no images, ${ending} For images choose SDXL or FLUX.1.`,
    );
  }
  const chosenSubject = oneOf("subject", raw.subject, wordsOf(SUBJECTS, SUBJECT_WORDS), refuse);
  const subject = task === "imitation" ? chosenSubject : "other";
  const chosenData = oneOf("data", raw.data, wordsOf(DATA, DATA_WORDS), refuse);
  const data = task === "imitation" ? chosenData : "messages";
  const micro = Number(oneOf("micro", raw.micro, wordsOf(MICROS, MICRO_WORDS), refuse));
  const set = nameOf("set", raw.set, "", refuse);
  const chosenBase = oneOf("base", raw.base, wordsOf(BASES, BASE_WORDS), refuse);
  const base = task === "images" ? "bf16" : chosenBase;
  if (base !== chosenBase)
    refuse("model", `The scripts for ${preset.name} keep the base in 16 bits, so we count that.`);
  const numbers = Object.fromEntries(
    Object.entries(NUMBERS).map(([name, limits]) => [name, wholeNumber(name as NumberName, raw[name], limits, refuse)]),
  ) as Record<NumberName, number>;
  if (preset.kind === "language" && numbers.tokens > (preset.context ?? Infinity)) {
    const most = preset.context!.toLocaleString("en-US");
    refuse("tokens", `${preset.name} was made for ${most} tokens at once. We count yours all the same.`);
  }
  return {one: {preset, task, subject, data, base, micro, set, ...numbers}, refused};
}

/** The address of a case: the values that differ from the default case, in a fixed order. */
export function caseAddress({preset, task, subject, data, base, micro, set, ...numbers}: Case): string {
  const defaultCase = caseOf({}).one;
  const parts = new URLSearchParams();
  if (preset.id !== defaultCase.preset.id) parts.set("model", preset.id);
  if (preset.kind === "language" && preset.id === OWN_ID) {
    if (preset.hub !== OWN_HUB) parts.set("hub", preset.hub);
    for (const name of Object.keys(OWN) as OwnSize[]) {
      const value = Number(preset[name] ?? 0);
      if (value !== OWN[name].value) parts.set(name, String(value));
    }
  }
  if (task !== defaultCase.task && preset.kind === "language") parts.set("task", task);
  if (subject !== defaultCase.subject) parts.set("subject", subject);
  if (data !== defaultCase.data) parts.set("data", data);
  if (set !== defaultCase.set) parts.set("set", set);
  for (const name of Object.keys(NUMBERS) as NumberName[])
    if (numbers[name] !== defaultCase[name]) parts.set(name, String(numbers[name]));
  if (base !== defaultCase.base) parts.set("base", base);
  if (micro !== defaultCase.micro) parts.set("micro", String(micro));
  return parts.toString();
}

/** What the model does in each task, and with what. */
const TASK_PHRASES: Readonly<Record<PracticeTask, readonly [verb: string, noun: string]>> = {
  imitation: ["learns to imitate", "example"],
  preference: ["learns from", "preference"],
  rl: ["learns from the rewards of", "question"],
  images: ["learns from", "image"],
};

/** A case as a sentence, for paper and for readers without scripts. */
export function caseSentence({preset, task, subject, base, examples, tokens, card, cards}: Case): string {
  const [verb, noun] = TASK_PHRASES[task];
  const length = `of up to ${counted(tokens, "token")}`;
  const about = subject === "other" ? ` ${length}` : ` of ${subject}, ${length} each`;
  const lengths = task === "images" ? "" : task === "rl" ? `, with answers ${length}` : about;
  const gigabytes = card.toLocaleString("en-US");
  const gpus = cards === 1 ? `one GPU of ${gigabytes} GB` : `${counted(cards, "GPU")} of ${gigabytes} GB each`;
  const sentence = `${preset.name} ${verb} ${counted(examples, noun)}${lengths}, on ${gpus}, with the base model in ${BASE_WORDS[base]}.`;
  return capital(sentence);
}
