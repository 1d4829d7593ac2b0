/** Whether PEFT, vLLM and llama.cpp load an adapter, and how strong it then is: from names, shapes and the config alone. */
import {grouped, listed, shown} from "../../../wording.ts";
import {isTarget} from "../../peftRules.ts";
import type {OpenedAdapter} from "../open.ts";
import {dueRank} from "../scales.ts";
import {
  type BaseClass,
  baseClassOf,
  brokenPairs,
  counted,
  type Found,
  fieldOf,
  isSet,
  partialOf,
  scaleSays,
  strayOf,
  unmapped,
  type VerdictReason,
  withoutConfig,
} from "./found.ts";
import {
  LLAMA_PAIR,
  LLAMA_SKIPPED,
  READERS,
  type Reader,
  type RuleName,
  VLLM_DEFAULT_RANK,
  VLLM_FIELDS,
  VLLM_PAIR,
  VLLM_RANKS,
  VLLM_SKIPPED,
} from "./rules.ts";
import {largestRank, rankForVllm, strengthsOf} from "./strength.ts";
import {type Verdict, verdictOf} from "./verdict.ts";

/** What PEFT does with the file, by the rules of `rules.ts`. */
export function peftDoes(adapter: OpenedAdapter): Found {
  const {config, pairs, saved, keys} = adapter;
  if (config?.kind !== "PEFT") return {stops: withoutConfig(adapter, "peftConfig")};
  const stops: VerdictReason[] = [];
  const unfound = new Map<string, VerdictReason>();
  for (const [name, {faults, parts}] of keys.modules) {
    if (faults.length > 0)
      unfound.set(name, {what: `${shown(Object.values(parts)[0]!)}: ${faults.join(", ")}`, rule: "peftNames"});
    else if (!pairs.has(name)) unfound.set(name, {what: `${shown(name)} has half of its pair`, rule: "peftNames"});
    else if (!isTarget(config.config, config.rules, name))
      unfound.set(name, {what: `target_modules does not name ${shown(name)}`, rule: "peftTargets"});
  }
  const wrongRank = [...pairs.values()].find(
    (pair) => pair.experts === 1 && dueRank(pair, config) !== pair.r && !unfound.has(pair.name),
  );
  if (wrongRank)
    stops.push({
      what: `it says “size mismatch”, because the config gives ${shown(wrongRank.name)} rank ${dueRank(wrongRank, config)} and its tensors have ${wrongRank.r}`,
      rule: "peftShapes",
    });
  if (saved.missing.length > 0)
    stops.push({
      what: `on a base that has ${saved.missing.map(shown).join(" or ")} it says “KeyError”, because modules_to_save names what the file does not have`,
      rule: "peftSaved",
    });
  const mismatched = [...keys.modules].find(
    ([name, {parts}]) => !pairs.has(name) && parts.A !== undefined && parts.B !== undefined,
  );
  if (mismatched)
    stops.push({
      what: `it says “size mismatch” for ${shown(mismatched[0])}, whose A and B do not fit`,
      rule: "peftShapes",
    });
  const [first] = unfound.values();
  const moduleCount = counted(keys.modules.size, "module");
  const foundCount = keys.modules.size - unfound.size;
  const doubt = peftDoubt(adapter);
  return {
    stops,
    lost: new Set(unfound.keys()),
    why:
      first === undefined
        ? `It looks for exactly these names, on a base that has ${keys.modules.size === 1 ? "this module" : `these ${moduleCount}`}.`
        : `It finds ${foundCount === 0 ? "none" : `only ${grouped(foundCount)}`} of the ${moduleCount}; B stays 0 ${foundCount === 0 ? "everywhere, so the base answers" : "in the others"}.`,
    reasons: [...(first ? [first] : []), {what: scaleSays(adapter, "PEFT"), rule: "peftScale"}],
    ...(doubt && {doubt}),
  };
}

/** With which class to load the base. */
const LOAD_WITH: Readonly<Record<BaseClass, string>> = {
  text: "Load the base with AutoModelForCausalLM: the class for pictures has other names.",
  pictures: "Load the base with the class for pictures, from Transformers 4.52 on: a text model has no such names.",
  "old pictures":
    "Load the base with the class for pictures, from before Transformers 4.52: newer versions have other names.",
};

function peftDoubt(adapter: OpenedAdapter): string | undefined {
  const baseClass = baseClassOf(adapter);
  if (baseClass) return LOAD_WITH[baseClass];
  return [...adapter.pairs.values()].some(({experts}) => experts > 1)
    ? "It reads target_parameters from PEFT 0.17 on; older versions ignore the field."
    : undefined;
}

/** What vLLM does not take, as nouns. */
function vllmStops(adapter: OpenedAdapter): VerdictReason[] {
  const {config, pairs} = adapter;
  if (config?.kind !== "PEFT") return withoutConfig(adapter, "vllmConfig");
  const {use_dora, bias} = config.config;
  const whole = fieldOf(adapter, "modules_to_save");
  const missing = VLLM_FIELDS.filter((name) => !config.config.fields.has(name));
  const rank = rankForVllm(adapter);
  const refusals = (rule: RuleName, ...what: (string | false)[]) =>
    what.flatMap((noun): VerdictReason[] => (noun === false ? [] : [{what: noun, rule}]));
  return [
    ...refusals("vllmConfig", missing.length > 0 && `a config without ${listed(missing)}`),
    ...refusals(
      "vllmFeatures",
      use_dora && "DoRA",
      Array.isArray(whole) &&
        whole.length > 0 &&
        `modules_to_save (${whole.map((name) => (typeof name === "string" ? shown(name) : "…")).join(", ")})`,
      bias !== "none" && `trained biases (bias is ${bias})`,
    ),
    ...refusals("vllmRanks", rank === undefined && `a rank above ${VLLM_RANKS.at(-1)}`),
    ...refusals("vllmTensors", ...strayOf(adapter, VLLM_PAIR, VLLM_SKIPPED)),
    ...refusals("vllmPaths", [...pairs.values()].some(({kind}) => kind === "convolution") && "convolutions"),
    ...refusals("vllmTensors", ...brokenPairs(adapter)),
  ];
}

/** What vLLM does with the file, by the rules of `rules.ts`. */
export function vllmDoes(adapter: OpenedAdapter): Found {
  const stops = vllmStops(adapter);
  if (stops.length > 0) return {stops};
  const skipped = unmapped(adapter);
  const [wrapped] = skipped;
  const partial = partialOf(adapter);
  const doubt = vllmDoubt(adapter);
  const rank = rankForVllm(adapter)!;
  const largest = largestRank(adapter);
  return {
    stops,
    lost: new Set(skipped.map(([name]) => name)),
    isPartial: partial.length > 0,
    why:
      partial.length > 0
        ? `It does not know ${listed(partial)} and adds plain B·A.`
        : wrapped
          ? `It compares only the last word of a name, so it accepts the file and matches ${skipped.length === adapter.pairs.size ? "no module" : `only ${grouped(adapter.pairs.size - skipped.length)} of the ${counted(adapter.pairs.size, "module")}`}.`
          : rank > VLLM_DEFAULT_RANK
            ? `It takes rank ${largest} with --max-lora-rank ${rank}.`
            : "All modules have one scale, as it requires.",
    reasons: [
      ...(wrapped ? [{what: `${shown(wrapped[1].parts.A!)} is no module’s name`, rule: "vllmPaths" as const}] : []),
      {what: scaleSays(adapter, "vLLM"), rule: "vllmScale"},
      {what: `the largest rank is ${largest}`, rule: "vllmRanks"},
    ],
    ...(doubt && {doubt}),
  };
}

function vllmDoubt(adapter: OpenedAdapter): string | undefined {
  if (baseClassOf(adapter))
    return "Where vLLM serves the base with another class, it accepts the file and lets the base answer. Look for “No LoRA weights were applied” under VLLM_LOGGING_LEVEL=DEBUG.";
  return isSet(fieldOf(adapter, "trainable_token_indices"))
    ? "It takes trained tokens only with its pull request 55796, which was still open when this was read."
    : undefined;
}

/** What convert_lora_to_gguf.py of llama.cpp does with the file, by the rules of `rules.ts`. */
export function llamaDoes(adapter: OpenedAdapter): Found {
  const {config, pairs} = adapter;
  if (config?.kind !== "PEFT") return {stops: withoutConfig(adapter, "llamaConfig")};
  const stops: VerdictReason[] = [];
  const [stray] = strayOf(adapter, LLAMA_PAIR, LLAMA_SKIPPED);
  if (stray) stops.push({what: `at ${stray}`, rule: "llamaTensors"});
  const [unknown] = unmapped(adapter);
  if (unknown) stops.push({what: `at a name that no base has (${shown(unknown[1].parts.A!)})`, rule: "llamaPaths"});
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

/** The rule by which each reader refuses a file without tensor data. */
const RULE_FOR_EMPTY = {PEFT: "peftShapes", vLLM: "vllmTensors", "llama.cpp": "llamaTensors"} as const;
/** What each reader does with a file. */
const FINDINGS_OF: Readonly<Record<Reader, (adapter: OpenedAdapter) => Found>> = {
  PEFT: peftDoes,
  vLLM: vllmDoes,
  "llama.cpp": llamaDoes,
};

/** The verdicts of all readers, in their order; none unless all names are PEFT's: other names are for other programs. */
export function verdictsOf(adapter: OpenedAdapter, path = "PATH"): Verdict[] {
  const families = new Set([...adapter.keys.modules.values()].map(({family}) => family.id));
  const {pairs, faults} = adapter;
  const empty = faults.find(({kind}) => kind === "empty");
  const isUnread = faults.some(({kind}) => kind === "unread");
  if ((pairs.size === 0 && !empty) || isUnread || families.size !== 1 || !families.has("peft")) return [];
  const strengths = strengthsOf(adapter);
  return READERS.map((reader) => {
    const findings = empty
      ? {stops: [{what: "the numbers are not in this file", rule: RULE_FOR_EMPTY[reader], isSentence: true as const}]}
      : FINDINGS_OF[reader](adapter);
    return verdictOf(reader, findings, strengths, adapter, path);
  });
}
