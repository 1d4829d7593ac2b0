/** Reads adapter_config.json of PEFT's LoRA and checks every field it uses, because the file may come from anyone. */
import {grouped, shown} from "../wording.ts";
import {isNumeral, type Json, type JsonObject, parseJson, valueText} from "./json.ts";

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
  /** A sentence for each setting under which B·A is not the whole change. */
  variants: string[];
  /** All fields as the file has them, for `writeAdapter`. */
  fields: JsonObject;
}

const MAX_CONFIG_LENGTH = 2 ** 20;
const MAX_PATTERNS = 10_000;

/** The error for a value of the wrong type. */
const typeError = (field: string, value: Json, expected: string): Error =>
  new Error(`peft: ${field} is ${valueText(value)}; it must be ${expected}`);

/** Checks the value of a field and converts it. Throws when it has the wrong type. */
type FieldReader<T> = (field: string, value: Json) => T;

const readFlag: FieldReader<boolean> = (field, value) => {
  if (typeof value !== "boolean") throw typeError(field, value, "true or false");
  return value;
};

const readText: FieldReader<string> = (field, value) => {
  if (typeof value !== "string") throw typeError(field, value, "a text");
  return value;
};

const readBias: FieldReader<string> = (field, value) => {
  if (value !== "none" && value !== "all" && value !== "lora_only")
    throw typeError(field, value, "none, all or lora_only");
  return value;
};

const readRank: FieldReader<number> = (field, value) => {
  const r = isNumeral(value) && /^\d+$/.test(value.digits) ? Number(value.digits) : 0;
  if (r < 1 || !Number.isSafeInteger(r)) throw typeError(field, value, "a whole number of at least 1");
  return r;
};

const readAlpha: FieldReader<number> = (field, value) => {
  const number = isNumeral(value) ? Number(value.digits) : Number.NaN;
  if (!Number.isFinite(number)) throw typeError(field, value, "a finite number");
  return number;
};

const readNames: FieldReader<string[]> = (field, value) => {
  if (!Array.isArray(value)) throw typeError(field, value, "a list of names");
  return value.map((name) => readText(`${field}: an entry`, name));
};

const readTargets: FieldReader<string[] | string> = (field, value) =>
  typeof value === "string" ? value : readNames(field, value);

const readPatterns =
  (read: FieldReader<number>): FieldReader<Map<string, number>> =>
  (field, value) => {
    if (!(value instanceof Map)) throw typeError(field, value, "an object");
    if (value.size > MAX_PATTERNS)
      throw new Error(`peft: ${field} has ${grouped(value.size)} entries; at most ${grouped(MAX_PATTERNS)} are read`);
    return new Map([...value].map(([pattern, number]) => [pattern, read(`${field}: ${shown(pattern)}`, number)]));
  };

/** The value of a field, or `otherwise` when it is absent or null. */
function readField<T, Otherwise>(
  object: JsonObject,
  name: string,
  read: FieldReader<T>,
  otherwise: Otherwise,
): T | Otherwise {
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
  if (json.length > MAX_CONFIG_LENGTH)
    throw new Error(`peft: adapter_config.json has ${grouped(json.length)} characters; at most 1,048,576 are read`);
  const object = parseJson("peft: adapter_config.json", json);
  if (!(object instanceof Map)) throw typeError("adapter_config.json", object, "an object");
  needLora(object);
  return {
    r: readField(object, "r", readRank, 8),
    lora_alpha: readField(object, "lora_alpha", readAlpha, 8),
    use_rslora: readField(object, "use_rslora", readFlag, false),
    use_dora: readField(object, "use_dora", readFlag, false),
    rank_pattern: readField(object, "rank_pattern", readPatterns(readRank), new Map()),
    alpha_pattern: readField(object, "alpha_pattern", readPatterns(readAlpha), new Map()),
    fan_in_fan_out: readField(object, "fan_in_fan_out", readFlag, false),
    bias: readField(object, "bias", readBias, "none"),
    target_modules: readField(object, "target_modules", readTargets, null),
    target_parameters: readField(object, "target_parameters", readNames, []),
    base_model_name_or_path: readField(object, "base_model_name_or_path", readText, null),
    task_type: readField(object, "task_type", readText, null),
    variants: variantsOf(object),
    fields: object,
  };
}

function needLora(object: JsonObject): void {
  const type = object.get("peft_type");
  if (type === "LORA") return;
  if (type === undefined && object.has("fine_tune_type"))
    throw new Error("peft: adapter_config.json has fine_tune_type, as MLX writes it; only PEFT adapters are read here");
  if (type === undefined || type === null)
    throw new Error('peft: adapter_config.json has no peft_type; a LoRA adapter says "LORA" there');
  if (typeof type !== "string") throw typeError("peft_type", type, '"LORA"');
  throw new Error(`peft: this is an adapter of the type ${shown(type)}; only LORA is read here`);
}

/** Whether a field says anything: a missing one, null, false and an empty text, list or object do not. */
export function isSet(value: Json | undefined): value is Json {
  if (value === undefined || value === null || value === false || value === "") return false;
  return Array.isArray(value) ? value.length > 0 : !(value instanceof Map) || value.size > 0;
}

/** " (q_proj, v_proj)": the first five names of a list, in parentheses; nothing for any other value. */
const namesIn = (value: Json) =>
  Array.isArray(value)
    ? ` (${value
        .slice(0, 5)
        .map((name) => (typeof name === "string" ? shown(name) : "…"))
        .join(", ")})`
    : "";
/** A function that gives the sentence for a setting that is a part of the formula. */
const partialFormula = (what: string) => () => `${what}: this changes the formula, and B·A shows only part of it`;

/** For each setting under which B·A is not the whole change: its value → a sentence; undefined for a value that changes nothing. */
const VARIANT_SENTENCES: Readonly<Record<string, (value: Json) => string | undefined>> = {
  use_dora: () =>
    "use_dora: the weight is m ⊙ (W0 + ΔW) / ‖W0 + ΔW‖ (DoRA), so the change cannot be known without W0; m, A and B can",
  bias: (value) =>
    value === "none"
      ? undefined
      : `bias is ${value}: trained biases are in the file, and turning the adapter off does not restore the base`,
  lora_bias: () => "lora_bias: B has a bias of its own, which ΔW leaves out",
  modules_to_save: (value) =>
    `modules_to_save${namesIn(value)}: whole weights of other modules may be in the file; they are no part of ΔW`,
  trainable_token_indices: () =>
    "trainable_token_indices: rows of the embedding were trained too; they are no part of ΔW",
  target_parameters: (value) =>
    `target_parameters${namesIn(value)}: single parameters are adapted; the file names the module that holds each of them, not the parameter`,
  init_lora_weights: (value) => {
    const method = typeof value === "string" ? value : "";
    if (/^(pissa|olora|corda|lora_ga)/.test(method))
      return `init_lora_weights is ${shown(method)}: the start changed the base weight, so B·A is not the change from the published base unless the adapter was converted`;
    if (method === "loftq") return "init_lora_weights is loftq: B·A also repairs a quantized base";
    return undefined;
  },
  use_qalora: partialFormula("use_qalora: inputs are pooled in groups before A"),
  use_bdlora: partialFormula("use_bdlora: the factors are block-diagonal"),
  kasa_config: partialFormula("kasa_config: a diagonal lora_diag sits between A and B"),
  alora_invocation_tokens: partialFormula("alora_invocation_tokens: the adapter acts only after given tokens"),
  ...Object.fromEntries(
    ["layer_replication", "arrow_config", "velora_config", "monteclora_config"].map((name) => [
      name,
      partialFormula(name),
    ]),
  ),
};

/** adapter_config.json → a sentence for each setting under which B·A is not the whole change. */
function variantsOf(config: JsonObject): string[] {
  return Object.entries(VARIANT_SENTENCES).flatMap(([name, sentence]) => {
    const value = config.get(name);
    return (isSet(value) && sentence(value)) || [];
  });
}
