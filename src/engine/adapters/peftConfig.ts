/** Reads adapter_config.json of PEFT's LoRA and checks every field, because the file may come from anyone. */

import {grouped, shown} from "../wording.ts";
import {isNumeral, type Json, type JsonObject, parseJson} from "./json.ts";
import {otherKeys, variantsOf} from "./peftVariants.ts";

/** The fields that decide what the tensors mean, under PEFT's names. */
export interface AdapterConfig {
  r: number;
  lora_alpha: number;
  /** The factor is lora_alpha / √r instead of lora_alpha / r. */
  use_rslora: boolean;
  /** DoRA: the file has row norms besides A and B. */
  use_dora: boolean;
  /** The ranks and alphas of modules that differ, by regular expression; the first match counts. */
  rank_pattern: Map<string, number>;
  alpha_pattern: Map<string, number>;
  /** The base stores its weights as (in, out), like GPT-2, so ΔW is added transposed. */
  fan_in_fan_out: boolean;
  /** "none", or which biases were trained too: "all" or "lora_only". */
  bias: string;
  /** Names, or one regular expression, or null when the field is absent. */
  target_modules: string[] | string | null;
  /** Parameters that are adapted directly, such as stacked experts; [] when the field is absent. */
  target_parameters: string[];
  base_model_name_or_path: string | null;
  task_type: string | null;
  peft_version: string | null;
  /** A sentence for each setting under which B·A is not the whole change. */
  variants: string[];
  /** Fields that PEFT of 2026 does not know and would drop. */
  unknown: string[];
  /** All fields as they stand in the file, for `writeAdapter`. */
  fields: JsonObject;
}

const LONGEST_CONFIG = 2 ** 20;
const MOST_PATTERNS = 10_000;

function wrong(field: string, value: Json, expected: string): Error {
  const text = textOf(value);
  return new Error(`peft: ${field} is ${text.length > 60 ? `${text.slice(0, 60)}…` : text}; it must be ${expected}`);
}

function textOf(value: Json): string {
  if (isNumeral(value)) return value.digits;
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Map) return "an object";
  return Array.isArray(value) ? "a list" : String(value);
}

/** Checks the value of a field and converts it. Throws when it has the wrong type. */
type Read<T> = (field: string, value: Json) => T;

const flag: Read<boolean> = (field, value) => {
  if (typeof value !== "boolean") throw wrong(field, value, "true or false");
  return value;
};

const text: Read<string> = (field, value) => {
  if (typeof value !== "string") throw wrong(field, value, "a text");
  return value;
};

const bias: Read<string> = (field, value) => {
  if (value !== "none" && value !== "all" && value !== "lora_only") throw wrong(field, value, "none, all or lora_only");
  return value;
};

const rank: Read<number> = (field, value) => {
  const r = isNumeral(value) && /^\d+$/.test(value.digits) ? Number(value.digits) : 0;
  if (r < 1 || !Number.isSafeInteger(r)) throw wrong(field, value, "a whole number of at least 1");
  return r;
};

const alpha: Read<number> = (field, value) => {
  const number = isNumeral(value) ? Number(value.digits) : Number.NaN;
  if (!Number.isFinite(number)) throw wrong(field, value, "a finite number");
  return number;
};

const targets: Read<string[] | string> = (field, value) => {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) throw wrong(field, value, "a list of names or one text");
  return value.map((name) => text(`${field}: an entry`, name));
};

const parameters: Read<string[]> = (field, value) => {
  if (!Array.isArray(value)) throw wrong(field, value, "a list of names");
  return value.map((name) => text(`${field}: an entry`, name));
};

const patterns =
  (read: Read<number>): Read<Map<string, number>> =>
  (field, value) => {
    if (!(value instanceof Map)) throw wrong(field, value, "an object");
    if (value.size > MOST_PATTERNS)
      throw new Error(`peft: ${field} has ${grouped(value.size)} entries; at most ${grouped(MOST_PATTERNS)} are read`);
    return new Map([...value].map(([pattern, number]) => [pattern, read(`${field}: ${shown(pattern)}`, number)]));
  };

/** The value of a field, or `otherwise` when it is absent or null. */
function field<T, Otherwise>(object: JsonObject, name: string, read: Read<T>, otherwise: Otherwise): T | Otherwise {
  const value = object.get(name);
  return value === undefined || value === null ? otherwise : read(name, value);
}

/**
 * The text of adapter_config.json → its fields, with PEFT's defaults for absent ones (r and lora_alpha are 8).
 * Throws when it is not a JSON object, is longer than 1 MiB, is for another method than LoRA, or has a field of a wrong
 * type.
 */
export function parseAdapterConfig(json: string): AdapterConfig {
  if (typeof json !== "string")
    throw new Error(`peft: expected the text of adapter_config.json, got a value of the type ${typeof json}`);
  if (json.length > LONGEST_CONFIG)
    throw new Error(`peft: adapter_config.json has ${grouped(json.length)} characters; at most 1,048,576 are read`);
  const object = parseJson("peft: adapter_config.json", json);
  if (!(object instanceof Map)) throw wrong("adapter_config.json", object, "an object");
  needLora(object);
  const known: Omit<AdapterConfig, "variants" | "unknown" | "fields"> = {
    r: field(object, "r", rank, 8),
    lora_alpha: field(object, "lora_alpha", alpha, 8),
    use_rslora: field(object, "use_rslora", flag, false),
    use_dora: field(object, "use_dora", flag, false),
    rank_pattern: field(object, "rank_pattern", patterns(rank), new Map()),
    alpha_pattern: field(object, "alpha_pattern", patterns(alpha), new Map()),
    fan_in_fan_out: field(object, "fan_in_fan_out", flag, false),
    bias: field(object, "bias", bias, "none"),
    target_modules: field(object, "target_modules", targets, null),
    target_parameters: field(object, "target_parameters", parameters, []),
    base_model_name_or_path: field(object, "base_model_name_or_path", text, null),
    task_type: field(object, "task_type", text, null),
    peft_version: field(object, "peft_version", text, null),
  };
  const unknown = [...object.keys()].filter((name) => !Object.hasOwn(known, name) && !otherKeys.has(name));
  return {...known, variants: variantsOf(object), unknown, fields: object};
}

function needLora(object: JsonObject): void {
  const type = object.get("peft_type");
  if (type === "LORA") return;
  if (type === undefined && object.has("fine_tune_type"))
    throw new Error("peft: adapter_config.json has fine_tune_type, as MLX writes it; only PEFT adapters are read here");
  if (type === undefined || type === null)
    throw new Error('peft: adapter_config.json has no peft_type; a LoRA adapter says "LORA" there');
  if (typeof type !== "string") throw wrong("peft_type", type, '"LORA"');
  throw new Error(`peft: this is an adapter of the type ${shown(type)}; only LORA is read here`);
}
