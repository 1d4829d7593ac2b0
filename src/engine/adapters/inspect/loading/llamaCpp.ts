/** What llama.cpp's converter does with a file. */
import {listed, shown} from "../../../wording.ts";
import type {OpenedAdapter} from "../open.ts";
import {
  brokenPairs,
  type Found,
  partialOf,
  scaleSays,
  strayOf,
  unmapped,
  type VerdictReason,
  withoutConfig,
} from "./found.ts";
import {LLAMA_PAIR, LLAMA_SKIPPED} from "./rules.ts";

/** What convert_lora_to_gguf.py of llama.cpp does with the file, by the rules of `rules.ts`. */
export function llamaDoes(adapter: OpenedAdapter): Found {
  const {config, pairs} = adapter;
  if (config?.kind !== "PEFT") return {stops: withoutConfig(adapter, "llamaConfig")};
  const stops: VerdictReason[] = [];
  const [stray] = strayOf(adapter, LLAMA_PAIR, LLAMA_SKIPPED);
  if (stray) stops.push({what: `at ${stray}`, rule: "llamaTensors"});
  const [lost] = unmapped(adapter);
  if (lost) stops.push({what: `at a name that no base has (${shown(lost[1].parts.A!)})`, rule: "llamaPaths"});
  if (!config.config.fields.has("lora_alpha"))
    stops.push({what: "at a config without lora_alpha", rule: "llamaConfig"});
  const stacked = [...pairs.values()].find(({experts, kind}) => experts > 1 || kind === "convolution");
  if (stacked)
    stops.push({
      what: `at ${stacked.experts > 1 ? "stacked experts" : "a convolution"} (${shown(stacked.name)})`,
      rule: "llamaPaths",
    });
  for (const broken of brokenPairs(adapter)) stops.push({what: `at ${broken}`, rule: "llamaTensors"});
  // What alora does, llama.cpp does too.
  const partial = partialOf(adapter).filter((name) => name !== "alora_invocation_tokens");
  const head = [...pairs.keys()].find((name) => /(?:^|\.)lm_head$/.test(name));
  const doubt = head
    ? `${shown(head)} is adapted: the converter stops there if the base ties it to the embedding.`
    : config.config.fan_in_fan_out
      ? "The base stores its weights as in × out (fan_in_fan_out), which the converter does not read: compare outputs before you use what it makes."
      : undefined;
  return {
    stops,
    isPartial: partial.length > 0,
    why:
      partial.length > 0
        ? `It does not know ${listed(partial)} and adds plain B·A.`
        : "It divides α by each module’s own rank, as this adapter was trained.",
    ...(doubt && {doubt}),
    reasons: [
      {what: scaleSays(adapter, "llama.cpp"), rule: "llamaScale"},
      ...(head ? [{what: shown(head), rule: "llamaHead" as const}] : []),
    ],
  };
}
