/** Which base an adapter is for, as far as the file says it: by config or metadata, else by names and widths. */
import type {Config} from "./config.ts";
import type {StoredPair} from "./pairs.ts";

/** A base model's name, and where it was found. */
export interface BaseModel {
  name: string;
  from: string;
}

/** Metadata that name the base, best first. */
const METADATA_KEYS = [
  "modelspec.architecture",
  "ss_base_model_version",
  "ss_sd_model_name",
  "base_model",
  "general.base_model.0.name",
  "general.architecture",
];

/** Longer names are cut: they come from a file. */
const MAX_NAME_LENGTH = 200;

/** The base model's name; undefined if the file does not say. */
export function baseOf(
  pairs: ReadonlyMap<string, StoredPair>,
  metadata: ReadonlyMap<string, string>,
  config: Config | undefined,
): BaseModel | undefined {
  if (config?.kind === "PEFT" && config.config.base_model_name_or_path)
    return {name: config.config.base_model_name_or_path.slice(0, MAX_NAME_LENGTH), from: "adapter_config.json"};
  if (config?.kind === "MLX" && config.model)
    return {name: config.model.slice(0, MAX_NAME_LENGTH), from: "adapter_config.json"};
  for (const key of METADATA_KEYS) {
    const value = metadata.get(key)?.trim();
    if (value && value !== "None") return {name: value.slice(0, MAX_NAME_LENGTH), from: `${key} in the metadata`};
  }
  return byNames(pairs);
}

/** Image models are recognized by their blocks, and U-Nets by the width of the text that their cross-attention reads. */
function byNames(pairs: ReadonlyMap<string, StoredPair>): BaseModel | undefined {
  const names = [...pairs.keys()];
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/double_blocks[._]\d/) && has(/single_blocks[._]\d/))
    return {name: "Flux or Hunyuan Video", from: "its names"};
  if (has(/single_transformer_blocks[._]\d/)) return {name: "Flux", from: "its names"};
  if (has(/joint_blocks[._]\d/)) return {name: "Stable Diffusion 3", from: "its names"};
  const cross = names.find((name) => /attn2[._]to_[kv]$/.test(name));
  const width = cross === undefined ? undefined : pairs.get(cross)!.k;
  const bases: Readonly<Record<number, string>> = {
    768: "Stable Diffusion 1.x",
    1024: "Stable Diffusion 2.x",
    2048: "SDXL",
  };
  if (width !== undefined && Object.hasOwn(bases, width))
    return {name: bases[width], from: `its names, and cross-attention that reads ${width} numbers`};
  return has(/^lora_te2_/) ? {name: "SDXL", from: "its names: two text encoders"} : undefined;
}
