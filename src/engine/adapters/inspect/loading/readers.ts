/** Whether PEFT, vLLM and llama.cpp load an adapter, and how strong it then is: from names, shapes and the config alone. */
import {grouped, listed, shown} from "../../../wording.ts";
import {isSet} from "../../peftConfig.ts";
import {PREFIX} from "../../peftNames.ts";
import {isTarget} from "../../peftRules.ts";
import type {OpenedAdapter} from "../open.ts";
import type {StoredPair} from "../pairs.ts";
import {rankInConfig} from "../scales.ts";
import {
  type BaseClass,
  baseClassOf,
  brokenPairs,
  counted,
  fieldOf,
  hasWrapper,
  partialOf,
  type ReaderBehavior,
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

/** The reasons among pairs of a rule and what of the file it applies to; pairs without the latter are left out. */
const reasonsOf = (all: readonly (readonly [RuleName, string | false | undefined])[]): VerdictReason[] =>
  all.flatMap(([rule, what]) => (what ? [{what, rule}] : []));

/** What PEFT does with the file, by the rules of `rules.ts`. */
export function peftDoes(adapter: OpenedAdapter): ReaderBehavior {
  if (adapter.config?.kind !== "PEFT") return {stops: [withoutConfig(adapter, "peftConfig")]};
  const lostModules = lostInPeft(adapter);
  const stops = peftStops(adapter, lostModules);
  if (stops.length > 0) return {stops};
  const [first] = lostModules.values();
  const partial = first ? undefined : partialInPeft(adapter);
  const {size} = adapter.keys.modules;
  const modules = counted(size, "module");
  const foundCount = size - lostModules.size;
  let why =
    partial?.what ??
    `It looks for exactly these names, on a base that has ${size === 1 ? "this module" : `these ${modules}`}.`;
  if (first && foundCount > 0) why = `It finds only ${grouped(foundCount)} of the ${modules}; B stays 0 in the others.`;
  else if (first?.rule === "peftTargets")
    why = `It finds none of the ${modules}: it stops with “Target modules not found”, or B stays 0 where the base has others of these names.`;
  else if (first) why = `It finds none of the ${modules}; B stays 0 everywhere, so the base answers.`;
  return {
    why,
    reasons: [
      ...(first ? [first] : partial ? [{what: partial.field, rule: partial.rule}] : []),
      {what: scaleSays(adapter, "PEFT"), rule: "peftScale"},
    ],
    doubt: peftDoubt(adapter),
    lost: new Set(lostModules.keys()),
    isPartial: partial !== undefined,
  };
}

/** The modules that PEFT does not find by their names or has no place for, each with the reason. */
function lostInPeft({config, keys, pairs}: OpenedAdapter): Map<string, VerdictReason> {
  const lostModules = new Map<string, VerdictReason>();
  for (const [name, {faults, parts}] of keys.modules) {
    if (faults.length > 0)
      lostModules.set(name, {what: `${shown(Object.values(parts)[0]!)}: ${faults.join(", ")}`, rule: "peftNames"});
    else if (!pairs.has(name)) lostModules.set(name, {what: `${shown(name)} has half of its pair`, rule: "peftNames"});
    else if (config?.kind === "PEFT" && !isTarget(config, config.rules, name))
      lostModules.set(name, {what: `target_modules does not name ${shown(name)}`, rule: "peftTargets"});
  }
  return lostModules;
}

/** What makes PEFT stop, as whole sentences. */
function peftStops(adapter: OpenedAdapter, lostModules: ReadonlyMap<string, VerdictReason>): VerdictReason[] {
  const {config, pairs, keys, saved} = adapter;
  const wrongRank = [...pairs.values()].find(
    (pair) => rankInConfig(pair, config) !== pair.r && !lostModules.has(pair.name),
  );
  const mismatched = [...keys.modules].find(
    ([name, {parts}]) => !pairs.has(name) && parts.A !== undefined && parts.B !== undefined,
  );
  const missingHere = (names: readonly string[], why: string) =>
    names.length > 0 && `on a base that has ${names.map(shown).join(" or ")} it says “KeyError”, because ${why}`;
  return reasonsOf([
    [
      "peftShapes",
      wrongRank &&
        `it says “size mismatch”, because the config gives ${shown(wrongRank.name)} rank ${rankInConfig(wrongRank, config)} and its tensors have ${wrongRank.r}`,
    ],
    [
      "peftSaved",
      missingHere(saved.missing, "modules_to_save names what the file does not have") ||
        missingHere(
          saved.missingHead,
          `task_type ${fieldOf(adapter, "task_type")} asks for a head that the file does not have`,
        ),
    ],
    [
      "peftStarts",
      startOf(adapter)?.startsWith("corda") &&
        "it says “`eigens` attribute not found”, because it would make CorDA’s start again, which needs data",
    ],
    ["peftShapes", mismatched && `it says “size mismatch” for ${shown(mismatched[0])}, whose A and B do not fit`],
  ]);
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

/** The doubt of PEFT’s verdict; see `Verdict`. */
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
  if (config?.kind !== "PEFT") return [withoutConfig(adapter, "vllmConfig")];
  const {use_dora, bias, fields} = config;
  const missing = VLLM_FIELDS.filter((name) => !fields.has(name));
  const whole = fields.get("modules_to_save");
  const wholeNames = (Array.isArray(whole) ? whole : []).map((name) => (typeof name === "string" ? shown(name) : "…"));
  return reasonsOf([
    ["vllmConfig", missing.length > 0 && `a config without ${listed(missing)}`],
    ["vllmFeatures", use_dora && "DoRA"],
    ["vllmFeatures", wholeNames.length > 0 && `modules_to_save (${wholeNames.join(", ")})`],
    ["vllmFeatures", bias !== "none" && `trained biases (bias is ${bias})`],
    ["vllmRanks", rankForVllm(adapter) === undefined && `a rank above ${VLLM_RANKS.at(-1)}`],
    ["vllmTensors", strayOf(adapter, VLLM_PAIR, VLLM_SKIPPED)],
    ["vllmPaths", [...pairs.values()].some(({kind}) => kind === "convolution") && "convolutions"],
    ["vllmTensors", brokenPairs(adapter)],
  ]);
}

/** What vLLM does with the file, by the rules of `rules.ts`. */
export function vllmDoes(adapter: OpenedAdapter): ReaderBehavior {
  const stops = vllmStops(adapter);
  if (stops.length > 0) return {stops};
  const skipped = unmapped(adapter);
  const partial = partialOf(adapter);
  const rank = rankForVllm(adapter)!;
  const largest = largestRank(adapter);
  const modules = counted(adapter.pairs.size, "module");
  const foundCount = adapter.pairs.size - skipped.length;
  let why = "All modules have one scale, as it requires.";
  if (partial.length > 0) why = `It does not know ${listed(partial)} and adds plain B·A.`;
  else if (skipped.length > 0)
    why = `It compares only the last word of a name, so it accepts the file and matches ${foundCount === 0 ? "no module" : `only ${grouped(foundCount)} of the ${modules}`}.`;
  else if (rank > VLLM_DEFAULT_RANK) why = `It takes rank ${largest} with --max-lora-rank ${rank}.`;
  return {
    why,
    reasons: reasonsOf([
      ["vllmPaths", skipped[0] && `${shown(skipped[0][1].parts.A!)} is no module’s name`],
      ["vllmScale", scaleSays(adapter, "vLLM")],
      ["vllmRanks", `the largest rank is ${largest}`],
    ]),
    doubt: vllmDoubt(adapter),
    lost: new Set(skipped.map(([name]) => name)),
    isPartial: partial.length > 0,
  };
}

/** The doubt of vLLM’s verdict. */
function vllmDoubt(adapter: OpenedAdapter): string | undefined {
  if (baseClassOf(adapter))
    return "Where vLLM serves the base with another class, it accepts the file and lets the base answer. Look for “No LoRA weights were applied” under VLLM_LOGGING_LEVEL=DEBUG.";
  return isSet(fieldOf(adapter, "trainable_token_indices"))
    ? "It takes trained tokens only with its pull request 55796, which was still open when this was read."
    : undefined;
}

/** At what convert_lora_to_gguf.py of llama.cpp stops: "at …". */
function llamaStops(adapter: OpenedAdapter): VerdictReason[] {
  const {config, keys, pairs} = adapter;
  if (config?.kind !== "PEFT") return [withoutConfig(adapter, "llamaConfig")];
  const wrapped = unmapped(adapter)[0]?.[1].parts.A ?? keys.rivals.find(([name]) => hasWrapper(name))?.[0];
  const isStacked = ({experts, name}: StoredPair) => experts > 1 || /\.experts(?:\.base_layer)*$/.test(name);
  const unmappable = [...pairs.values()].find((pair) => isStacked(pair) || pair.kind === "convolution");
  const kind = unmappable && (isStacked(unmappable) ? "stacked experts" : "a convolution");
  const expert = expertWithoutAll(pairs.keys());
  return reasonsOf([
    ["llamaTensors", strayOf(adapter, LLAMA_PAIR, LLAMA_SKIPPED)],
    ["llamaPaths", wrapped !== undefined && `a name that no base has (${shown(wrapped)})`],
    ["llamaConfig", !config.fields.has("lora_alpha") && "a config without lora_alpha"],
    ["llamaPaths", unmappable && `${kind} (${shown(unmappable.name)})`],
    ["llamaExperts", expert !== undefined && `experts without all of gate, up and down (${shown(expert)})`],
    ["llamaTensors", brokenPairs(adapter)],
  ]).map((stop) => ({...stop, what: `at ${stop.what}`}));
}

/** What convert_lora_to_gguf.py of llama.cpp does with the file, by the rules of `rules.ts`. */
export function llamaDoes(adapter: OpenedAdapter): ReaderBehavior {
  const stops = llamaStops(adapter);
  if (stops.length > 0) return {stops};
  // llama.cpp knows alora too.
  const partial = partialOf(adapter).filter((name) => name !== "alora_invocation_tokens");
  const norm = adapter.keys.others.find((name) => LLAMA_NORM.test(name));
  const head = adaptedHead(adapter);
  let why = "It divides α by each module’s own rank, as this adapter was trained.";
  if (partial.length > 0) why = `It does not know ${listed(partial)} and adds plain B·A.`;
  else if (norm !== undefined)
    why = `The converter keeps ${shown(norm)}, and llama.cpp skips it when it loads the adapter.`;
  return {
    why,
    reasons: reasonsOf([
      ["llamaScale", scaleSays(adapter, "llama.cpp")],
      ["llamaNorms", norm !== undefined && shown(norm)],
      ["llamaHead", head !== undefined && shown(head)],
    ]),
    doubt: llamaDoubt(adapter),
    lost: new Set(),
    isPartial: partial.length > 0 || norm !== undefined,
  };
}

/** The name of lm_head, if it is adapted. */
const adaptedHead = ({pairs}: OpenedAdapter) => [...pairs.keys()].find((name) => /(?:^|\.)lm_head$/.test(name));

/** The doubt of llama.cpp’s verdict. */
function llamaDoubt(adapter: OpenedAdapter): string | undefined {
  const head = adaptedHead(adapter);
  if (head !== undefined)
    return `${shown(head)} is adapted: the converter, or llama.cpp when it loads the file, stops there if the base ties it to the embedding.`;
  if ([...adapter.pairs.keys()].some((name) => SINGLE_EXPERT.test(name)))
    return "Experts are adapted one by one: the converter stops if the base has still others.";
  return fieldOf(adapter, "fan_in_fan_out") === true
    ? "The base stores its weights as in × out (fan_in_fan_out), which the converter does not read: compare outputs before you use what it makes."
    : undefined;
}

/**
 * Of experts that are modules of their own, the first of a layer that lacks an expert before its last, or gate, up or down of
 * one; undefined if no layer does. The base may have still more experts.
 */
function expertWithoutAll(names: Iterable<string>): string | undefined {
  const layers = new Map<string, {first: string; count: number; experts: Set<number>}>();
  for (const name of names) {
    const [, layer, expert] = SINGLE_EXPERT.exec(name) ?? [];
    if (layer === undefined || expert === undefined) continue;
    const entry = layers.get(layer) ?? {first: name, count: 0, experts: new Set<number>()};
    layers.set(layer, entry);
    entry.count++;
    entry.experts.add(Number(expert));
  }
  return [...layers.values()].find(
    ({count, experts}) => count !== 3 * experts.size || Math.max(...experts) !== experts.size - 1,
  )?.first;
}

/** The rule by which each reader refuses a file without tensor data. */
const RULE_FOR_EMPTY = {PEFT: "peftShapes", vLLM: "vllmTensors", "llama.cpp": "llamaTensors"} as const;
/** What each reader does with a file. */
const DOES: Readonly<Record<Reader, (adapter: OpenedAdapter) => ReaderBehavior>> = {
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
    const behavior: ReaderBehavior = empty
      ? {stops: [{what: "the numbers are not in this file", rule: RULE_FOR_EMPTY[reader], isSentence: true}]}
      : DOES[reader](adapter);
    return verdictOf(reader, behavior, strengths, adapter, path);
  });
}
