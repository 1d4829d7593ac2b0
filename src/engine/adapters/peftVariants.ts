/** The settings in adapter_config.json under which B·A is not the whole change of the model. */

import {shown} from "../wording.ts";
import type {Json, JsonObject} from "./json.ts";

function isSet(value: Json | undefined): value is Json {
  if (value === undefined || value === null || value === false || value === "") return false;
  return Array.isArray(value) ? value.length > 0 : !(value instanceof Map) || value.size > 0;
}

/** " (q_proj, v_proj)": the first five of a list of names, in parentheses. */
const namesIn = (value: Json) =>
  Array.isArray(value)
    ? ` (${value
        .slice(0, 5)
        .map((name) => (typeof name === "string" ? shown(name) : "…"))
        .join(", ")})`
    : "";
const partial = (what: string) => () => `${what}: this changes the formula, and B·A shows only part of it`;

/** What each setting means; undefined when this value changes nothing. */
const SENTENCES: Readonly<Record<string, (value: Json) => string | undefined>> = {
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
  use_qalora: partial("use_qalora: inputs are pooled in groups before A"),
  use_bdlora: partial("use_bdlora: the factors are block-diagonal"),
  kasa_config: partial("kasa_config: a diagonal lora_diag sits between A and B"),
  alora_invocation_tokens: partial("alora_invocation_tokens: the adapter acts only after given tokens"),
  ...Object.fromEntries(
    ["layer_replication", "arrow_config", "velora_config", "monteclora_config"].map((name) => [name, partial(name)]),
  ),
};

/** The fields that PEFT knows besides the fields of `AdapterConfig`. */
export const otherKeys: ReadonlySet<string> = new Set([
  ...Object.keys(SENTENCES),
  ...["peft_type", "auto_mapping", "revision", "inference_mode", "lora_dropout", "exclude_modules"],
  ...["layers_to_transform", "layers_pattern", "megatron_core", "megatron_config", "qalora_group_size"],
  // A start's own config counts only with its init_lora_weights, which has a sentence above.
  ...["loftq_config", "eva_config", "corda_config", "lora_ga_config", "ensure_weight_tying"],
]);

/** adapter_config.json → a sentence for each setting under which B·A is not the whole change. */
export function variantsOf(config: JsonObject): string[] {
  return Object.entries(SENTENCES).flatMap(([name, sentence]) => {
    const value = config.get(name);
    return (isSet(value) && sentence(value)) || [];
  });
}
