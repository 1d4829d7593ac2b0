/** Reads the adapter_config.json beside the weights: PEFT's, MLX's, or one that cannot be used. */

import {shown} from "../../wording.ts";
import {isNumeral, type JsonObject, parseJson} from "../json.ts";
import {type AdapterConfig, parseAdapterConfig} from "../peftConfig.ts";
import {type Rules, rulesOf} from "../peftRules.ts";

/** What a config says. */
export type Config =
  /** `rules` gives a module's rank and alpha; `notes` are sentences on what the config does. */
  | (AdapterConfig & {kind: "PEFT"; rules: Rules; notes: string[]})
  /** `scale` is the factor in front of B·A; with `dora` the pairs have norms besides. */
  | {kind: "MLX"; scale?: number; rank?: number; dora: boolean; model?: string}
  /** A config of another method than LoRA or with a fault; the sentence says which. */
  | {kind: "other"; sentence: string};

/**
 * The text of adapter_config.json → what it says. It does not throw: an adapter can be looked at without its config, so a
 * config that cannot be used becomes a sentence.
 */
export function readConfig(text: string): Config {
  let fields: JsonObject;
  try {
    const value = parseJson("adapter_config.json", text);
    if (!(value instanceof Map))
      return {kind: "other", sentence: "adapter_config.json is not an object, so it is ignored"};
    fields = value;
  } catch (error) {
    return {kind: "other", sentence: `${(error as Error).message}, so it is ignored`};
  }
  if (fields.get("peft_type") === undefined && (fields.has("lora_parameters") || fields.has("fine_tune_type")))
    return mlxConfig(fields);
  if (fields.get("peft_type") === undefined && !fields.has("lora_alpha") && !fields.has("target_modules"))
    return {kind: "other", sentence: "the JSON file is not an adapter_config.json of PEFT or MLX, so it is ignored"};
  try {
    const config = parseAdapterConfig(text);
    const notes = [...config.variants];
    return {...config, kind: "PEFT", rules: rulesOf(config, notes), notes};
  } catch (error) {
    return {kind: "other", sentence: (error as Error).message.replace(/^peft: /, "")};
  }
}

/** The config of mlx-lm, which has the scale itself and the rank in `lora_parameters`. */
function mlxConfig(fields: JsonObject): Config {
  const type = fields.get("fine_tune_type");
  if (type !== undefined && type !== "lora" && type !== "dora")
    return {kind: "other", sentence: `adapter_config.json is MLX's for the method ${shown(String(type))}, not LoRA`};
  const parameters = fields.get("lora_parameters");
  const numberAt = (name: string) => {
    const value = parameters instanceof Map ? parameters.get(name) : undefined;
    const parsed = isNumeral(value) ? Number(value.digits) : Number.NaN;
    return Number.isFinite(parsed) ? parsed : undefined;
  };
  const [scale, rank, model] = [numberAt("scale"), numberAt("rank"), fields.get("model")];
  return {
    kind: "MLX",
    dora: type === "dora",
    ...(scale !== undefined && {scale}),
    ...(rank !== undefined && {rank}),
    ...(typeof model === "string" && {model}),
  };
}
