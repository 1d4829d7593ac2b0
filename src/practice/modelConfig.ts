/** Reads a model's config.json into the fields of the form. */
import type {RawCase} from "./cases.ts";

/** Fields of the form, and the keys of a config.json with the same number. */
const SAME_NUMBER = {
  layers: "num_hidden_layers",
  width: "hidden_size",
  heads: "num_attention_heads",
  mlp: "intermediate_size",
  vocabulary: "vocab_size",
} as const;

/**
 * The text of a config.json → the form's fields. Queries are as wide as all heads together, which need not be the model's width.
 * Models that also read images have the sizes of their language model under text_config. Throws with the missing keys, or for
 * text that is no JSON.
 */
export function formFieldsFrom(text: string): RawCase {
  const file = JSON.parse(text) as Record<string, unknown>;
  const config = (file.text_config ?? file) as Record<string, unknown>;
  const missing = Object.values(SAME_NUMBER).filter((key) => typeof config[key] !== "number");
  if (missing.length > 0) throw new Error(`it has no ${missing.join(", ")}`);
  const numberOr = (key: string, other: number) => (typeof config[key] === "number" ? config[key] : other);
  const heads = config.num_attention_heads as number;
  const headWidth = numberOr("head_dim", (config.hidden_size as number) / heads);
  const isGemma = /^gemma/.test(String(file.model_type));
  const name = file._name_or_path;
  return {
    ...Object.fromEntries(Object.entries(SAME_NUMBER).map(([field, key]) => [field, String(config[key])])),
    model: "own",
    queryWidth: String(headWidth * heads),
    keyValueWidth: String(headWidth * numberOr("num_key_value_heads", heads)),
    // Gemma's files leave the key out if it is true.
    tied: (config.tie_word_embeddings ?? file.tie_word_embeddings ?? isGemma) === true ? "1" : "0",
    ...(typeof name === "string" && name !== "" ? {hub: name} : {}),
  };
}
