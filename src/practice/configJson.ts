/** What the form takes from a model's config.json. */
import type {RawCase} from "./cases.ts";

/** The fields of the form by the keys of a config.json that have the same number. */
const SAME = {
  layers: "num_hidden_layers",
  width: "hidden_size",
  heads: "num_attention_heads",
  mlp: "intermediate_size",
  vocabulary: "vocab_size",
} as const;

/**
 * The fields of the form that a config.json answers. Queries are as wide as all heads together, which need not be the width
 * of the model. Models that read images as well have the sizes of their language model under text_config. Throws, with the
 * keys that are missing, for a file that tells no such sizes.
 */
export function fieldsOf(text: string): RawCase {
  const whole = JSON.parse(text) as Record<string, unknown>;
  const config = (whole.text_config ?? whole) as Record<string, unknown>;
  const missing = Object.values(SAME).filter((key) => typeof config[key] !== "number");
  if (missing.length > 0) throw new Error(`it has no ${missing.join(", ")}`);
  const number = (key: string, other: number) => (typeof config[key] === "number" ? config[key] : other);
  const heads = config.num_attention_heads as number;
  const head = number("head_dim", (config.hidden_size as number) / heads);
  const isGemma = /^gemma/.test(String(whole.model_type));
  const name = whole._name_or_path;
  return {
    ...Object.fromEntries(Object.entries(SAME).map(([field, key]) => [field, String(config[key])])),
    model: "own",
    queryWidth: String(head * heads),
    keyValueWidth: String(head * number("num_key_value_heads", heads)),
    // Gemma's files leave it out where it is true.
    tied: (config.tie_word_embeddings ?? whole.tie_word_embeddings ?? isGemma) === true ? "1" : "0",
    ...(typeof name === "string" && name !== "" ? {hub: name} : {}),
  };
}
