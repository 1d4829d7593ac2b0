/** The run that a reader describes, and its address. */
import {type LanguagePreset, type Preset, presetOf, presets} from "./models.ts";

export const TASKS = ["imitation", "preference", "rl", "images"] as const;
export type Task = (typeof TASKS)[number];

export const BASES = ["bf16", "int8", "nf4"] as const;
export type Base = (typeof BASES)[number];

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
  preset: Preset;
  task: Task;
  base: Base;
}

/** The id of a model whose sizes the reader types. */
export const OWN_ID = "own";

/** A case as an address or a form has it. */
export type Raw = Readonly<Record<string, string | undefined>>;

interface Limits {
  least: number;
  most: number;
  value: number;
}

/** A whole number within its limits; another one is refused with a sentence, and the nearest or the usual one taken. */
function whole(name: string, raw: string | undefined, {least, most, value}: Limits, refused: string[]): number {
  if (raw === undefined || raw === "") return value;
  const n = Number(raw);
  if (Number.isInteger(n) && n >= least && n <= most) return n;
  const taken = Number.isFinite(n) ? Math.min(most, Math.max(least, Math.round(n))) : value;
  const [from, to, used] = [least, most, taken].map((one) => one.toLocaleString("en-US"));
  refused.push(`${name} has to be a whole number from ${from} to ${to}. “${raw}” is not, so we use ${used}.`);
  return taken;
}

function oneOf<T extends string>(name: string, raw: string | undefined, from: readonly T[], refused: string[]): T {
  const [usual] = from as readonly [T, ...T[]];
  if (raw === undefined || raw === "") return usual;
  if ((from as readonly string[]).includes(raw)) return raw as T;
  refused.push(`${name} “${raw}” is not one that this page knows, so we use ${usual}. It knows ${from.join(", ")}.`);
  return usual;
}

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

function ownPreset(raw: Raw, refused: string[]): LanguagePreset {
  const sizes = Object.fromEntries(
    Object.entries(OWN).map(([name, limits]) => [name, whole(WORDS[name as OwnSize], raw[name], limits, refused)]),
  ) as Record<OwnSize, number>;
  const rest = {id: OWN_ID, kind: "language", label: "another", name: "your model", hub: "your/model"} as const;
  return {...rest, ...sizes, tied: false, source: "the sizes that you typed"};
}

/**
 * The case that an address or a form describes, and a sentence for each value that was refused. Images are learned by an
 * image model and by no other, so a task that does not fit its model gives way.
 */
export function caseOf(raw: Raw): {one: Case; refused: string[]} {
  const refused: string[] = [];
  const ids = ["8b", ...presets.map(({id}) => id).filter((id) => id !== "8b"), OWN_ID];
  const id = oneOf("The model", raw.model, ids, refused);
  const preset = presetOf(id) ?? ownPreset(raw, refused);
  const wanted = oneOf("The task", raw.task, TASKS, refused);
  const task = preset.kind === "images" ? "images" : wanted === "images" ? "imitation" : wanted;
  if (raw.task && task !== wanted)
    refused.push(
      preset.kind === "images"
        ? `${preset.name} makes images, so the task is now images.`
        : `${preset.name} makes no images, so the task is now to imitate examples. For images choose SDXL or FLUX.1.`,
    );
  const base = oneOf("The base", raw.base, BASES, refused);
  const numbers = Object.fromEntries(
    Object.entries(NUMBERS).map(([name, limits]) => [
      name,
      whole(WORDS[name as NumberName], raw[name], limits, refused),
    ]),
  ) as Record<NumberName, number>;
  return {one: {preset, task, base, ...numbers}, refused};
}

/** The address of a case: only what differs from the usual one, in a fixed order. */
export function addressOf({preset, task, base, ...numbers}: Case): string {
  const usual = caseOf({}).one;
  const parts = new URLSearchParams();
  if (preset.id !== usual.preset.id) parts.set("model", preset.id);
  if (preset.id === OWN_ID)
    for (const name of Object.keys(OWN) as OwnSize[]) {
      const value = (preset as LanguagePreset)[name];
      if (value !== OWN[name].value) parts.set(name, String(value));
    }
  if (task !== usual.task && preset.kind === "language") parts.set("task", task);
  for (const name of Object.keys(NUMBERS) as NumberName[])
    if (numbers[name] !== usual[name]) parts.set(name, String(numbers[name]));
  if (base !== usual.base) parts.set("base", base);
  return parts.toString();
}
