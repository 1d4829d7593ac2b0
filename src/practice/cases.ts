/** The run that a reader describes, and its address. */
import {type LanguagePreset, type ModelPreset, presetOf, presets} from "./models.ts";

export const PRACTICE_TASKS = ["imitation", "preference", "rl", "images"] as const;
export type PracticeTask = (typeof PRACTICE_TASKS)[number];

/** What examples to imitate are about: one study found that code and mathematics want more than the rest. */
export const SUBJECTS = ["other", "code", "mathematics"] as const;
export type Subject = (typeof SUBJECTS)[number];

export const BASES = ["bf16", "int8", "nf4"] as const;
export type Base = (typeof BASES)[number];

/** What the form calls these choices; a refusal calls them the same. */
export const TASK_WORDS: Readonly<Record<PracticeTask, string>> = {
  imitation: "answer like examples (SFT)",
  preference: "prefer better answers (DPO)",
  rl: "earn a reward (RL, GRPO)",
  images: "draw a style or a subject",
};

export const SUBJECT_WORDS: Readonly<Record<Subject, string>> = {
  other: "something else",
  code: "code",
  mathematics: "mathematics",
};

export const BASE_WORDS: Readonly<Record<Base, string>> = {
  bf16: "16 bits (bf16)",
  int8: "8 bits (int8)",
  nf4: "4 bits (NF4)",
};

/** The sizes that a reader can type in place of a preset, with what is allowed. */
export const OWN = {
  layers: {least: 1, most: 200, value: 32},
  width: {least: 64, most: 32_768, value: 4096},
  heads: {least: 1, most: 512, value: 32},
  keyValueWidth: {least: 32, most: 32_768, value: 1024},
  mlp: {least: 64, most: 131_072, value: 14_336},
  vocabulary: {least: 256, most: 1_000_000, value: 128_256},
} as const;
export type OwnSize = keyof typeof OWN;

/** The whole numbers of the form, with what is allowed. */
export const NUMBERS = {
  examples: {least: 1, most: 1_000_000_000, value: 10_000},
  tokens: {least: 1, most: 131_072, value: 500},
  card: {least: 4, most: 1024, value: 24},
  cards: {least: 1, most: 1024, value: 1},
} as const;
export type NumberName = keyof typeof NUMBERS;

export interface Case extends Record<NumberName, number> {
  preset: ModelPreset;
  task: PracticeTask;
  /** "other" for every task but imitation. */
  subject: Subject;
  base: Base;
}

/** The id of a model whose sizes the reader types. */
export const OWN_ID = "own";

/** A case as an address or a form has it. */
export type RawCase = Readonly<Record<string, string | undefined>>;

interface Limits {
  least: number;
  most: number;
  value: number;
}

/** A value that was refused: the field of the form it is in, and what we do instead. */
export interface RefusedValue {
  field: string;
  says: string;
}

/** Notes that a value is refused. */
type Refuse = (field: string, says: string) => void;

/** A whole number within its limits; another one is refused, and the nearest or the usual one taken. */
function whole(field: NumberName | OwnSize, raw: string | undefined, limits: Limits, refuse: Refuse): number {
  const {least, most, value} = limits;
  if (raw === undefined) return value;
  const name = WORDS[field];
  const n = Number(raw);
  if (raw !== "" && Number.isInteger(n) && n >= least && n <= most) return n;
  const taken = raw !== "" && Number.isFinite(n) ? Math.min(most, Math.max(least, Math.round(n))) : value;
  const [from, to, used] = [least, most, taken].map((one) => one.toLocaleString("en-US"));
  const wrong =
    raw === "" ? `${name} is missing` : `${name} has to be a whole number from ${from} to ${to}. “${raw}” is not`;
  refuse(field, `${wrong}, so we use ${used}.`);
  return taken;
}

/** One of the choices of a field, the first unless it is told; another one is refused. */
function oneOf<T extends string>(field: string, raw: string | undefined, words: Map<T, string>, refuse: Refuse): T {
  const [usual] = words.keys() as Iterable<T> as [T];
  if (raw === undefined || raw === "") return usual;
  if ((words as Map<string, string>).has(raw)) return raw as T;
  refuse(field, `This page does not know “${raw}”, so we use “${words.get(usual)}”.`);
  return usual;
}

/** The choices of a field with their words, in an order whose first is the usual one. */
const choices = <T extends string>(order: readonly T[], words: Readonly<Record<T, string>>) =>
  new Map(order.map((one) => [one, words[one]] as const));

const WORDS: Readonly<Record<NumberName | OwnSize, string>> = {
  examples: "The number of examples",
  tokens: "The length of an example",
  card: "The memory of one GPU",
  cards: "The number of GPUs",
  layers: "The number of layers",
  width: "The width",
  heads: "The number of heads",
  keyValueWidth: "The width of keys and values",
  mlp: "The width of the MLP",
  vocabulary: "The vocabulary",
};

function ownPreset(raw: RawCase, refuse: Refuse): LanguagePreset {
  const sizes = Object.fromEntries(
    Object.entries(OWN).map(([name, limits]) => [name, whole(name as OwnSize, raw[name], limits, refuse)]),
  ) as Record<OwnSize, number>;
  const {width, heads} = sizes;
  if (width % heads > 0) {
    sizes.width = Math.ceil(width / heads) * heads;
    const used = sizes.width.toLocaleString("en-US");
    refuse("width", `The heads divide the width among them. ${width} is no multiple of ${heads}, so we use ${used}.`);
  }
  if (sizes.keyValueWidth > sizes.width) {
    refuse("keyValueWidth", `Keys and values cannot be wider than the model, so we use ${sizes.width}.`);
    sizes.keyValueWidth = sizes.width;
  }
  const rest = {id: OWN_ID, kind: "language", label: "another", name: "your model", hub: "your/model"} as const;
  return {...rest, ...sizes, tied: false, source: "the sizes that you typed"};
}

/** What a form calls each model: the usual one first. */
const modelWords = () =>
  new Map([
    ...["8b", ...presets.map(({id}) => id).filter((id) => id !== "8b")].map((id) => [id, presetOf(id)!.name] as const),
    [OWN_ID, "another model"] as const,
  ]);

/**
 * The case that an address or a form describes, and a sentence for each value that was refused. Images are learned by an
 * image model and by no other, so a task that does not fit its model gives way.
 */
export function caseOf(raw: RawCase): {one: Case; refused: RefusedValue[]} {
  const refused: RefusedValue[] = [];
  const refuse: Refuse = (field, says) => refused.push({field, says});
  const id = oneOf("model", raw.model, modelWords(), refuse);
  const preset = presetOf(id) ?? ownPreset(raw, refuse);
  const wanted = oneOf("task", raw.task, choices(PRACTICE_TASKS, TASK_WORDS), refuse);
  const task = preset.kind === "images" ? "images" : wanted === "images" ? "imitation" : wanted;
  if (raw.task && task !== wanted) {
    const now = `so the task is now “${TASK_WORDS[task]}”.`;
    refuse(
      "task",
      preset.kind === "images"
        ? `${preset.name} makes images, ${now}`
        : `${preset.name} makes no images, ${now} For images choose SDXL or FLUX.1.`,
    );
  }
  const about = oneOf("subject", raw.subject, choices(SUBJECTS, SUBJECT_WORDS), refuse);
  const subject = task === "imitation" ? about : "other";
  const stored = oneOf("base", raw.base, choices(BASES, BASE_WORDS), refuse);
  const base = task === "images" ? "bf16" : stored;
  if (base !== stored) refuse("model", `The scripts for ${preset.name} keep the base in 16 bits, so we count that.`);
  const numbers = Object.fromEntries(
    Object.entries(NUMBERS).map(([name, limits]) => [name, whole(name as NumberName, raw[name], limits, refuse)]),
  ) as Record<NumberName, number>;
  if (preset.kind === "language" && numbers.tokens > (preset.context ?? Infinity)) {
    const most = preset.context!.toLocaleString("en-US");
    refuse("tokens", `${preset.name} was made for ${most} tokens at once. We count yours all the same.`);
  }
  return {one: {preset, task, subject, base, ...numbers}, refused};
}

/** The address of a case: only what differs from the usual one, in a fixed order. */
export function caseAddress({preset, task, subject, base, ...numbers}: Case): string {
  const usual = caseOf({}).one;
  const parts = new URLSearchParams();
  if (preset.id !== usual.preset.id) parts.set("model", preset.id);
  if (preset.id === OWN_ID)
    for (const name of Object.keys(OWN) as OwnSize[]) {
      const value = (preset as LanguagePreset)[name];
      if (value !== OWN[name].value) parts.set(name, String(value));
    }
  if (task !== usual.task && preset.kind === "language") parts.set("task", task);
  if (subject !== usual.subject) parts.set("subject", subject);
  for (const name of Object.keys(NUMBERS) as NumberName[])
    if (numbers[name] !== usual[name]) parts.set(name, String(numbers[name]));
  if (base !== usual.base) parts.set("base", base);
  return parts.toString();
}
