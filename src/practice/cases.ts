/** The training run that a reader describes in the form or an address, with checks of every value, and as a sentence. */
import {capital, counted} from "../figure/plot/text/format.ts";
import {type LanguagePreset, type ModelPreset, presetOf, presets} from "./models.ts";

/** The fields with a choice: their values, with the words of the form. The first of each is the default. */
export const CHOICES = {
  task: {
    imitation: "imitate examples (SFT)",
    preference: "prefer answers (DPO)",
    rl: "earn a reward (GRPO)",
    images: "draw a style or a subject",
  },
  /** The form of examples to imitate. */
  data: {messages: "dialogues (messages)", pair: "a prompt and an answer"},
  /** What examples to imitate are about. One study found that code and mathematics need a higher rank. */
  subject: {other: "something else", code: "code", mathematics: "mathematics"},
  /** How the base model is stored. */
  base: {bf16: "16 bits", int8: "8 bits", nf4: "4 bits"},
  /** Sequences that a GPU takes at once. */
  micro: {1: "1", 2: "2", 4: "4", 8: "8", 16: "16"},
} as const;
type ChoiceName = keyof typeof CHOICES;
/** The values of a field with a choice. */
export type Choice<F extends ChoiceName> = `${keyof (typeof CHOICES)[F] & (string | number)}`;

/** A field for a whole number, with its label, its limits and its default. */
interface NumberField {
  label: string;
  min: number;
  max: number;
  value: number;
}

/** The sizes of the reader's own model, typed or from a config.json. */
export const OWN_SIZES = {
  layers: {label: "Layers", min: 1, max: 200, value: 32},
  width: {label: "Width", min: 64, max: 32_768, value: 4096},
  heads: {label: "Heads", min: 1, max: 512, value: 32},
  // 0 stands for the width.
  queryWidth: {label: "Width of queries", min: 32, max: 32_768, value: 0},
  keyValueWidth: {label: "Width of keys, values", min: 32, max: 32_768, value: 1024},
  mlp: {label: "Width of the MLP", min: 64, max: 131_072, value: 14_336},
  vocabulary: {label: "Vocabulary", min: 256, max: 1_000_000, value: 128_256},
  // 1 if the output layer shares the embedding's weights.
  tied: {label: "Output layer is the embedding", min: 0, max: 1, value: 0},
} satisfies Record<string, NumberField>;
type OwnSize = keyof typeof OWN_SIZES;
const ownSizes = Object.entries(OWN_SIZES) as [OwnSize, NumberField][];

/** The form's other whole numbers. The length of examples is in tokens, and GPUs have `card` GB each. */
export const NUMBERS = {
  examples: {label: "Examples", min: 1, max: 1_000_000_000, value: 10_000},
  tokens: {label: "Tokens, at most", min: 1, max: 131_072, value: 500},
  cards: {label: "GPUs", min: 1, max: 1024, value: 1},
  card: {label: "GB of each", min: 4, max: 1024, value: 24},
} satisfies Record<string, NumberField>;
type NumberName = keyof typeof NUMBERS;
const numberFields = Object.entries(NUMBERS) as [NumberName, NumberField][];

/** A run, with every value allowed. `card` is the memory of one GPU in GB, `cards` the number of GPUs. */
export interface Case extends Record<NumberName, number> {
  preset: ModelPreset;
  task: Choice<"task">;
  /** "other" for every task but imitation. */
  subject: Choice<"subject">;
  /** "messages" for every task but imitation. */
  data: Choice<"data">;
  base: Choice<"base">;
  /** Sequences that a GPU takes at once. */
  micro: number;
  /** The name or the file of the data; empty until the reader gives it. */
  set: string;
}

/** The id of a model whose sizes the reader types. */
export const OWN_ID = "own";
/** The name on the hub that stands for the reader's own model until the reader gives one. */
export const OWN_HUB = "your/model";

/** A case as a form or an address has it, unchecked. */
export type RawCase = Readonly<Record<string, string | undefined>>;

/** A refused value: its field, and a sentence on what is used instead. */
export interface RefusedValue {
  field: string;
  sentence: string;
}

/** Notes a refused value. */
type Refuse = (field: string, sentence: string) => void;

/** A whole number within its limits. Other numbers are refused for the nearest one, other texts for the default. */
function wholeNumber(field: string, raw: string | undefined, limits: NumberField, refuse: Refuse): number {
  const {label, min, max, value} = limits;
  if (raw === undefined) return value;
  const n = raw === "" ? Number.NaN : Number(raw);
  if (Number.isInteger(n) && n >= min && n <= max) return n;
  const nearest = Number.isFinite(n) ? Math.min(max, Math.max(min, Math.round(n))) : value;
  const [from, to, used] = [min, max, nearest].map((one) => one.toLocaleString("en-US"));
  const what = raw === "" ? "is missing" : `has to be a whole number from ${from} to ${to}; “${raw}” is not`;
  refuse(field, `${label}: it ${what}, so we use ${used}.`);
  return nearest;
}

/** One of a field's choices. Values that are none are refused for the default. */
function oneOf<T extends string>(
  field: string,
  raw: string | undefined,
  choices: Readonly<Record<T, string>>,
  refuse: Refuse,
  defaultValue = Object.keys(choices)[0] as T,
): T {
  if (raw === undefined || raw === "") return defaultValue;
  if (Object.hasOwn(choices, raw)) return raw as T;
  refuse(field, `This page does not know “${raw}”, so we use “${choices[defaultValue]}”.`);
  return defaultValue;
}

/** A name on the hub or a path, in characters that need no quoting in Python, YAML or a shell. Others are refused. */
function nameOf(field: string, raw: string | undefined, defaultValue: string, refuse: Refuse): string {
  const name = raw?.trim() ?? "";
  if (name === "") return defaultValue;
  if (/^[\w./][\w./-]*$/.test(name)) return name;
  refuse(field, `“${name}” is no name on the hub and no path: it may have letters, digits, “.”, “_”, “-” and “/”.`);
  return defaultValue;
}

/** The reader's own model, from its sizes. */
function ownPreset(raw: RawCase, refuse: Refuse): LanguagePreset {
  const {tied, queryWidth, ...sizes} = Object.fromEntries(
    ownSizes.map(([name, limits]) => {
      const typed = raw[name] === "" && limits.value === 0 ? undefined : raw[name];
      return [name, wholeNumber(name, typed, limits, refuse)];
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
  if (hub !== OWN_HUB && ownSizes.every(([size, {value}]) => Number(raw[size] || value) === value))
    refuse(
      "hub",
      `This page cannot look ${name} up. Until you drop its config.json or type its sizes, we count Llama 3.1 8B’s.`,
    );
  const identity = {id: OWN_ID, kind: "language", label: "another", name, hub} as const;
  const ownQueryWidth = queryWidth === 0 ? {} : {queryWidth};
  return {...identity, ...sizes, ...ownQueryWidth, tied: tied === 1, source: "the sizes that you typed"};
}

/** The models in the words of the form, by their ids, and the one that the form begins with. */
export const MODELS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(presets.map(({id, name}) => [id, name])),
  [OWN_ID]: "another model",
};
const DEFAULT_MODEL = "8b";

/**
 * The case that a form or an address describes, and a sentence for each refused value. A task that does not fit the model is
 * replaced: image models learn images, and no other model does.
 */
export function caseOf(raw: RawCase): {run: Case; refused: RefusedValue[]} {
  const refused: RefusedValue[] = [];
  const refuse: Refuse = (field, sentence) => refused.push({field, sentence});
  const choose = <F extends ChoiceName>(field: F) =>
    oneOf(field, raw[field], CHOICES[field] as Readonly<Record<string, string>>, refuse) as Choice<F>;
  const id = oneOf("model", raw.model, MODELS, refuse, DEFAULT_MODEL);
  const preset = presetOf(id) ?? ownPreset(raw, refuse);
  const chosenTask = choose("task");
  const task = preset.kind === "images" ? "images" : chosenTask === "images" ? "imitation" : chosenTask;
  if (raw.task && task !== chosenTask) {
    const ending = `so the task is now “${CHOICES.task[task]}”.`;
    refuse(
      "task",
      preset.kind === "images"
        ? `${preset.name} makes images, ${ending}`
        : `${preset.name} makes no images, ${ending} For images choose SDXL or FLUX.1.`,
    );
  }
  const [chosenSubject, chosenData, chosenBase] = [choose("subject"), choose("data"), choose("base")];
  const subject = task === "imitation" ? chosenSubject : "other";
  const data = task === "imitation" ? chosenData : "messages";
  const base = task === "images" ? "bf16" : chosenBase;
  if (base !== chosenBase)
    refuse("model", `The scripts for ${preset.name} keep the base in 16 bits, so we count that.`);
  const micro = Number(choose("micro"));
  const set = nameOf("set", raw.set, "", refuse);
  const numbers = Object.fromEntries(
    numberFields.map(([name, limits]) => [name, wholeNumber(name, raw[name], limits, refuse)]),
  ) as Record<NumberName, number>;
  if (preset.kind === "language" && numbers.tokens > (preset.context ?? Infinity)) {
    const longest = preset.context!.toLocaleString("en-US");
    refuse("tokens", `${preset.name} was made for ${longest} tokens at once. We count yours all the same.`);
  }
  return {run: {preset, task, subject, data, base, micro, set, ...numbers}, refused};
}

/** The address of a case: the values that differ from the default case, in a fixed order. */
export function caseAddress({preset, task, subject, data, base, micro, set, ...numbers}: Case): string {
  const defaultCase = caseOf({}).run;
  const params = new URLSearchParams();
  if (preset.id !== defaultCase.preset.id) params.set("model", preset.id);
  if (preset.kind === "language" && preset.id === OWN_ID) {
    if (preset.hub !== OWN_HUB) params.set("hub", preset.hub);
    for (const [name, {value}] of ownSizes) {
      const size = Number(preset[name] ?? 0);
      if (size !== value) params.set(name, String(size));
    }
  }
  if (task !== defaultCase.task && preset.kind === "language") params.set("task", task);
  if (subject !== defaultCase.subject) params.set("subject", subject);
  if (data !== defaultCase.data) params.set("data", data);
  if (set !== defaultCase.set) params.set("set", set);
  for (const [name, {value}] of numberFields) if (numbers[name] !== value) params.set(name, String(numbers[name]));
  if (base !== defaultCase.base) params.set("base", base);
  if (micro !== defaultCase.micro) params.set("micro", String(micro));
  return params.toString();
}

/** What the model does in each task, and with what. */
const TASK_PHRASES: Readonly<Record<Choice<"task">, readonly [verb: string, noun: string]>> = {
  imitation: ["learns to imitate", "example"],
  preference: ["learns from", "preference"],
  rl: ["learns from the rewards of", "question"],
  images: ["learns from", "image"],
};

/** A case as a sentence, for paper and for readers without scripts. */
export function caseSentence({preset, task, subject, base, examples, tokens, card, cards}: Case): string {
  const [verb, noun] = TASK_PHRASES[task];
  const lengthText = `of up to ${counted(tokens, "token")}`;
  const aboutText = subject === "other" ? ` ${lengthText}` : ` of ${subject}, ${lengthText} each`;
  const details = task === "images" ? "" : task === "rl" ? `, with answers ${lengthText}` : aboutText;
  const gigabytes = card.toLocaleString("en-US");
  const gpus = cards === 1 ? `one GPU of ${gigabytes} GB` : `${counted(cards, "GPU")} of ${gigabytes} GB each`;
  const sentence = `${preset.name} ${verb} ${counted(examples, noun)}${details}, on ${gpus}, with the base model in ${CHOICES.base[base]}.`;
  return capital(sentence);
}
