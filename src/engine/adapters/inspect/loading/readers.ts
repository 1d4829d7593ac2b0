/** Whether PEFT, vLLM and llama.cpp load an adapter, and how strong it then is: from names, shapes and the config alone. */
import {grouped, listed, shown} from "../../../wording.ts";
import {PREFIX} from "../../peftNames.ts";
import {isTarget} from "../../peftRules.ts";
import type {OpenedAdapter} from "../open.ts";
import type {StoredPair} from "../pairs.ts";
import {dueRank} from "../scales.ts";
import {
  type BaseClass,
  baseClassOf,
  brokenPairs,
  counted,
  type Found,
  fieldOf,
  hasWrapper,
  isSet,
  partialOf,
  SINGLE_EXPERT,
  scaleSays,
  startOf,
  strayOf,
  unmapped,
  type VerdictReason,
  withoutConfig,
} from "./found.ts";
import {
  LLAMA_NORM,
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
  const {config, pairs, keys} = adapter;
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
  stops.push(...savedStops(adapter));
  if (startOf(adapter)?.startsWith("corda"))
    stops.push({
      what: "it says “`eigens` attribute not found”, because it would make CorDA’s start again, which needs data",
      rule: "peftStarts",
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
  const partial = partialInPeft(adapter);
  return {
    stops,
    lost: new Set(unfound.keys()),
    isPartial: first === undefined && partial !== undefined,
    why:
      first === undefined
        ? (partial?.what ??
          `It looks for exactly these names, on a base that has ${keys.modules.size === 1 ? "this module" : `these ${moduleCount}`}.`)
        : foundCount === 0 && first.rule === "peftTargets"
          ? `It finds none of the ${moduleCount}: it stops with “Target modules not found”, or B stays 0 where the base has others of these names.`
          : `It finds ${foundCount === 0 ? "none" : `only ${grouped(foundCount)}`} of the ${moduleCount}; B stays 0 ${foundCount === 0 ? "everywhere, so the base answers" : "in the others"}.`,
    reasons: [
      ...(first ? [first] : partial ? [{...partial, what: partial.field}] : []),
      {what: scaleSays(adapter, "PEFT"), rule: "peftScale"},
    ],
    ...(doubt && {doubt}),
  };
}

/** Whole matrices that PEFT looks up in the file and does not find. */
function savedStops({saved, config}: OpenedAdapter): VerdictReason[] {
  const {missing, missingHead} = saved;
  const stop = (names: readonly string[], why: string): VerdictReason => ({
    what: `on a base that has ${names.map(shown).join(" or ")} it says “KeyError”, because ${why}`,
    rule: "peftSaved",
  });
  const task = config?.kind === "PEFT" ? (config.config.task_type ?? "") : "";
  return [
    ...(missing.length > 0 ? [stop(missing, "modules_to_save names what the file does not have")] : []),
    ...(missing.length === 0 && missingHead.length > 0
      ? [stop(missingHead, `task_type ${task} asks for a head that the file does not have`)]
      : []),
  ];
}

/** What PEFT leaves out without stopping: a whole sentence, and the field or tensor behind it. */
function partialInPeft(adapter: OpenedAdapter): (VerdictReason & {field: string}) | undefined {
  const start = startOf(adapter);
  if (start === "lora_ga" || start?.startsWith("pissa_niter"))
    return {
      what:
        start === "lora_ga"
          ? "It does not make LoRA-GA’s start again, which changed the base too, and adds plain B·A."
          : "It makes PiSSA’s start again with other random numbers, so the base is not the one of the training.",
      field: `init_lora_weights is ${shown(start)}`,
      rule: "peftStarts",
    };
  if (isSet(fieldOf(adapter, "kasa_config")))
    return {
      what: "PEFT 0.20 does not know kasa_config and adds plain B·A; later versions know it.",
      field: "kasa_config",
      rule: "peftConfig",
    };
  const bias = adapter.keys.others.find((name) => name.endsWith(".bias") && adapter.pairs.has(moduleOf(name)));
  return bias === undefined
    ? undefined
    : {
        what: `It looks for ${shown(`${moduleOf(bias)}.base_layer.bias`)} and leaves out the bias of another name.`,
        field: shown(bias),
        rule: "peftNames",
      };
}

/** The module that a tensor belongs to, by PEFT’s name for it. */
const moduleOf = (name: string) => name.slice(name.startsWith(PREFIX) ? PREFIX.length : 0, name.lastIndexOf("."));

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
  if (isSet(fieldOf(adapter, "megatron_config")))
    return "megatron_config is set, so it needs the package megatron.core.";
  const start = startOf(adapter);
  if (start !== undefined)
    return start === "loftq"
      ? "It quantizes the base again, as LoftQ’s start did, and needs bitsandbytes for it."
      : `It makes the start of ${shown(start)} again from the base, so load it on the published one and not on a saved residual.`;
  if ([...adapter.pairs.keys()].some((name) => SINGLE_EXPERT.test(name)))
    return "With Transformers 5, where experts are one parameter, it needs all experts of a layer, and gate with up and down.";
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
  const [lost] = unmapped(adapter);
  const unknown = lost?.[1].parts.A ?? adapter.keys.rivals.find(([name]) => hasWrapper(name))?.[0];
  if (unknown !== undefined) stops.push({what: `at a name that no base has (${shown(unknown)})`, rule: "llamaPaths"});
  if (!config.config.fields.has("lora_alpha"))
    stops.push({what: "at a config without lora_alpha", rule: "llamaConfig"});
  const isStacked = ({experts, name}: StoredPair) => experts > 1 || /\.experts(?:\.base_layer)*$/.test(name);
  const stacked = [...pairs.values()].find((pair) => isStacked(pair) || pair.kind === "convolution");
  if (stacked)
    stops.push({
      what: `at ${isStacked(stacked) ? "stacked experts" : "a convolution"} (${shown(stacked.name)})`,
      rule: "llamaPaths",
    });
  const alone = expertWithoutAll(pairs.keys());
  if (alone) stops.push({what: `at experts without all of gate, up and down (${shown(alone)})`, rule: "llamaExperts"});
  for (const broken of brokenPairs(adapter)) stops.push({what: `at ${broken}`, rule: "llamaTensors"});
  // What alora does, llama.cpp does too.
  const partial = partialOf(adapter).filter((name) => name !== "alora_invocation_tokens");
  const norm = adapter.keys.others.find((name) => LLAMA_NORM.test(name));
  const head = [...pairs.keys()].find((name) => /(?:^|\.)lm_head$/.test(name));
  const doubt = head
    ? `${shown(head)} is adapted: the converter, or llama.cpp when it loads the file, stops there if the base ties it to the embedding.`
    : [...pairs.keys()].some((name) => SINGLE_EXPERT.test(name))
      ? "Experts are adapted one by one: the converter stops if the base has still others."
      : config.config.fan_in_fan_out
        ? "The base stores its weights as in × out (fan_in_fan_out), which the converter does not read: compare outputs before you use what it makes."
        : undefined;
  return {
    stops,
    isPartial: partial.length > 0 || norm !== undefined,
    why:
      partial.length > 0
        ? `It does not know ${listed(partial)} and adds plain B·A.`
        : norm !== undefined
          ? `The converter keeps ${shown(norm)}, and llama.cpp skips it when it loads the adapter.`
          : "It divides α by each module’s own rank, as this adapter was trained.",
    ...(doubt && {doubt}),
    reasons: [
      {what: scaleSays(adapter, "llama.cpp"), rule: "llamaScale"},
      ...(norm !== undefined ? [{what: shown(norm), rule: "llamaNorms" as const}] : []),
      ...(head ? [{what: shown(head), rule: "llamaHead" as const}] : []),
    ],
  };
}

/** Of experts that are modules of their own, one whose layer lacks gate, up or down of some expert; the base may have still more experts. */
function expertWithoutAll(names: Iterable<string>): string | undefined {
  const layers = new Map<string, {first: string; count: number; experts: Set<string>; last: number}>();
  for (const name of names) {
    const [, layer, expert] = SINGLE_EXPERT.exec(name) ?? [];
    if (layer === undefined || expert === undefined) continue;
    const own = layers.get(layer) ?? {first: name, count: 0, experts: new Set<string>(), last: 0};
    layers.set(layer, own);
    own.count++;
    own.experts.add(expert);
    own.last = Math.max(own.last, Number(expert));
  }
  return [...layers.values()].find(({count, experts, last}) => count !== 3 * experts.size || experts.size !== last + 1)
    ?.first;
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
