/** Whether PEFT, vLLM and llama.cpp load an adapter, and how strong it then is: from names, shapes and the config alone. */
import {PREFIX} from "../../peftNames.ts";
import {isTarget} from "../../peftRules.ts";
import {grouped, shown} from "../../wording.ts";
import {unwrapped} from "../families/wrappers.ts";
import type {ModuleKeys} from "../keys.ts";
import type {OpenedAdapter} from "../open.ts";
import {dueRank} from "../scales.ts";
import {commandFor} from "./commands.ts";
import {
  LLAMA_PAIR,
  LLAMA_SKIPPED,
  READERS,
  type Reader,
  type RuleName,
  SEES_PICTURES,
  VLLM_FIELDS,
  VLLM_PAIR,
  VLLM_RANK,
  VLLM_RANKS,
  VLLM_SKIPPED,
} from "./rules.ts";
import {largestRank, rankForVllm, type Strength, strengthsOf, timesTrained} from "./strength.ts";

/** What becomes of the file. */
export type Outcome = "as trained" | "too weak" | "too strong" | "not as trained" | "nothing" | "refused";

/** The field or the tensor that a verdict follows from, and the rule of the reader. */
export interface Behind {
  what: string;
  rule: RuleName;
}

/** What one reader does with the file. */
export interface Verdict {
  reader: Reader;
  outcome: Outcome;
  /** The outcome in the words that are always used: "Loads, as trained". */
  words: string;
  /** Why, in one sentence with its full stop. */
  why: string;
  /** What names and config cannot tell, as a sentence: the base decides it. */
  doubt?: string;
  behind: Behind[];
  /** Only where it works. */
  command?: string;
  /** How many times as strong as trained, with how many modules are; none where the file is refused. */
  times: [times: number, modules: number][];
}

/** What a reader does, before it is put into words. */
interface Found {
  /** Sentences or nouns for what makes it refuse. */
  stops: Behind[];
  why?: string;
  doubt?: string;
  behind?: Behind[];
  /** Modules that are not found by their names. */
  lost?: ReadonlySet<string>;
  /** It adds B·A, which is not the whole update. */
  isPartial?: boolean;
}

const one = (count: number, noun: string) => `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
const short = (x: number) => String(Number(x.toPrecision(3)));

/** "DoRA, a trained bias and rank 600". */
export const listed = (all: readonly string[], and = "and"): string =>
  all.length < 2 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} ${and} ${all.at(-1)}`;

/** The verdicts of all readers, in their order; none for a file of other names than PEFT's, which has readers of its own. */
export function readersOf(adapter: OpenedAdapter, path = "PATH"): Verdict[] {
  const families = new Set([...adapter.keys.modules.values()].map(({family}) => family.id));
  const {pairs, faults} = adapter;
  const empty = faults.find(({kind}) => kind === "empty");
  const isUnread = faults.some(({kind}) => kind === "unread");
  if ((pairs.size === 0 && !empty) || isUnread || families.size !== 1 || !families.has("peft")) return [];
  const strengths = strengthsOf(adapter);
  return READERS.map((reader) => {
    const found = empty
      ? {stops: [{what: "the numbers are not in this file", rule: NEEDS[reader]}]}
      : DOES[reader](adapter);
    return verdictOf(reader, found, strengths, adapter, path);
  });
}

const NEEDS = {PEFT: "peftShapes", vLLM: "vllmTensors", "llama.cpp": "llamaTensors"} as const;
const DOES: Readonly<Record<Reader, (adapter: OpenedAdapter) => Found>> = {
  PEFT: peftDoes,
  vLLM: vllmDoes,
  "llama.cpp": llamaDoes,
};

/** The tensors of pairs that have both halves. */
const modulesOf = ({keys, pairs}: OpenedAdapter): [string, ModuleKeys][] =>
  [...keys.modules].filter(([name]) => pairs.has(name));

const fieldOf = ({config}: OpenedAdapter, name: string) =>
  config?.kind === "PEFT" ? config.config.fields.get(name) : undefined;

/** Modules whose A and B are no pair, as a noun: one is missing, or they do not fit. */
function brokenPairs({keys, pairs}: OpenedAdapter): string[] {
  const broken = [...keys.modules].find(([name]) => !pairs.has(name));
  if (!broken) return [];
  const [name, {parts}] = broken;
  return [
    `${parts.A !== undefined && parts.B !== undefined ? "A and B that do not fit" : "half a pair"} (${shown(name)})`,
  ];
}

/** A config that is missing or cannot be used, as all three need one. */
function withoutConfig({config}: OpenedAdapter, rule: RuleName): Behind[] {
  if (config?.kind === "PEFT") return [];
  const what =
    config === undefined
      ? "there is no adapter_config.json"
      : `its adapter_config.json cannot be used${config.kind === "other" ? ` (${config.sentence})` : ""}`;
  return [{what, rule}];
}

function peftDoes(adapter: OpenedAdapter): Found {
  const {config, pairs, saved, keys} = adapter;
  if (config?.kind !== "PEFT") return {stops: withoutConfig(adapter, "peftConfig")};
  const stops: Behind[] = [];
  const lost = new Map<string, Behind>();
  for (const [name, {faults, parts}] of keys.modules) {
    if (faults.length > 0)
      lost.set(name, {what: `${shown(Object.values(parts)[0]!)}: ${faults.join(", ")}`, rule: "peftNames"});
    else if (!pairs.has(name)) lost.set(name, {what: `${shown(name)} has half of its pair`, rule: "peftNames"});
    else if (!isTarget(config.config, config.rules, name))
      lost.set(name, {what: `target_modules does not name ${shown(name)}`, rule: "peftTargets"});
  }
  const misfit = [...pairs.values()].find(
    (pair) => pair.experts === 1 && dueRank(pair, config) !== pair.r && !lost.has(pair.name),
  );
  if (misfit)
    stops.push({
      what: `it says “size mismatch”, because the config gives ${shown(misfit.name)} rank ${dueRank(misfit, config)} and its tensors have ${misfit.r}`,
      rule: "peftShapes",
    });
  if (saved.missing.length > 0)
    stops.push({
      what: `on a base that has ${saved.missing.map(shown).join(" or ")} it says “KeyError”, because modules_to_save names what the file does not have`,
      rule: "peftSaved",
    });
  const unfit = [...keys.modules].find(
    ([name, {parts}]) => !pairs.has(name) && parts.A !== undefined && parts.B !== undefined,
  );
  if (unfit)
    stops.push({what: `it says “size mismatch” for ${shown(unfit[0])}, whose A and B do not fit`, rule: "peftShapes"});
  const [first] = lost.values();
  const all = one(keys.modules.size, "module");
  const found = keys.modules.size - lost.size;
  const doubt = peftDoubt(adapter);
  return {
    stops,
    lost: new Set(lost.keys()),
    why:
      first === undefined
        ? `It looks for exactly these names, on a base that has ${keys.modules.size === 1 ? "this module" : `these ${all}`}.`
        : `It finds ${found === 0 ? "none" : `only ${grouped(found)}`} of the ${all}; B stays 0 ${found === 0 ? "everywhere, so the base answers" : "in the others"}.`,
    behind: [...(first ? [first] : []), {what: scaleSays(adapter, "PEFT"), rule: "peftScale"}],
    ...(doubt && {doubt}),
  };
}

/** Names of one of Transformers' classes for a base that may be loaded with another. */
export type Path = "text" | "pictures" | "old pictures";

/** Which class a path belongs to, where the file shows that the base may be loaded with another. */
export function pathOf({pairs, facts}: OpenedAdapter): Path | undefined {
  const [name = ""] = pairs.keys();
  if (name.startsWith("model.language_model.")) return "pictures";
  if (name.startsWith("language_model.model.")) return "old pictures";
  return name.startsWith("model.layers.") && SEES_PICTURES.test(facts.base?.name ?? "") ? "text" : undefined;
}

/** What the names of a class are, for a sentence. */
export const PATHS: Readonly<Record<Path, string>> = {
  text: "these are the names of a text model, and the base sees pictures",
  pictures: "these are the names of a model that sees pictures",
  "old pictures": "these are the names of a model that sees pictures, as Transformers had them before 4.52",
};

const CLASSES: Readonly<Record<Path, string>> = {
  text: "Load the base with AutoModelForCausalLM: the class for pictures has other names.",
  pictures: "Load the base with the class for pictures, from Transformers 4.52 on: a text model has no such names.",
  "old pictures":
    "Load the base with the class for pictures, from before Transformers 4.52: newer versions have other names.",
};

function peftDoubt(adapter: OpenedAdapter): string | undefined {
  const path = pathOf(adapter);
  if (path) return CLASSES[path];
  return [...adapter.pairs.values()].some(({experts}) => experts > 1)
    ? "It reads target_parameters from PEFT 0.17 on; older versions ignore the field."
    : undefined;
}

/** The settings under which B·A is not all, and which another reader does not know. */
const PARTIAL = [
  "use_qalora",
  "use_bdlora",
  "kasa_config",
  "alora_invocation_tokens",
  "layer_replication",
  "arrow_config",
];

const isSet = (value: unknown) =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);

const partialOf = (adapter: OpenedAdapter) => PARTIAL.filter((name) => isSet(fieldOf(adapter, name)));

/** The first of the tensors that a reader takes for neither A nor B, as a noun. */
function strayOf({container}: OpenedAdapter, pair: RegExp, skipped: RegExp): string[] {
  const names = [...container.tensors.keys()].filter((name) => !pair.test(name) && !skipped.test(name));
  if (names.length === 0) return [];
  const first = shown(names[0]!);
  return [
    names.length === 1
      ? `a tensor that is neither A nor B (${first})`
      : `${grouped(names.length)} tensors that are neither A nor B (${first} first)`,
  ];
}

/** Modules whose path a reader does not find: a wrapper's name is inside. vLLM and llama.cpp take PEFT's prefix off wherever it stands. */
const unmapped = (adapter: OpenedAdapter) =>
  modulesOf(adapter).filter(([, {parts}]) => {
    const name = parts.A ?? "";
    return unwrapped(name).name.replaceAll(PREFIX, "") !== name.replaceAll(PREFIX, "");
  });

/** What vLLM does not take, as nouns. */
function vllmStops(adapter: OpenedAdapter): Behind[] {
  const {config, pairs} = adapter;
  if (config?.kind !== "PEFT") return withoutConfig(adapter, "vllmConfig");
  const {use_dora, bias} = config.config;
  const whole = fieldOf(adapter, "modules_to_save");
  const missing = VLLM_FIELDS.filter((name) => !config.config.fields.has(name));
  const rank = rankForVllm(adapter);
  const tells = (rule: RuleName, ...what: (string | false)[]) =>
    what.flatMap((noun): Behind[] => (noun === false ? [] : [{what: noun, rule}]));
  return [
    ...tells("vllmConfig", missing.length > 0 && `a config without ${listed(missing)}`),
    ...tells(
      "vllmFeatures",
      use_dora && "DoRA",
      Array.isArray(whole) &&
        whole.length > 0 &&
        `modules_to_save (${whole.map((name) => (typeof name === "string" ? shown(name) : "…")).join(", ")})`,
      bias !== "none" && `trained biases (bias is ${bias})`,
    ),
    ...tells("vllmRanks", rank === undefined && `a rank above ${VLLM_RANKS.at(-1)}`),
    ...tells("vllmTensors", ...strayOf(adapter, VLLM_PAIR, VLLM_SKIPPED)),
    ...tells("vllmPaths", [...pairs.values()].some(({kind}) => kind === "convolution") && "convolutions"),
    ...tells("vllmTensors", ...brokenPairs(adapter)),
  ];
}

function vllmDoes(adapter: OpenedAdapter): Found {
  const stops = vllmStops(adapter);
  if (stops.length > 0) return {stops};
  const lost = unmapped(adapter);
  const [wrapped] = lost;
  const partial = partialOf(adapter);
  const doubt = vllmDoubt(adapter);
  const rank = rankForVllm(adapter)!;
  const most = largestRank(adapter);
  return {
    stops,
    lost: new Set(lost.map(([name]) => name)),
    isPartial: partial.length > 0,
    why:
      partial.length > 0
        ? `It does not know ${listed(partial)} and adds plain B·A.`
        : wrapped
          ? `It compares only the last word of a name, so it accepts the file and matches ${lost.length === adapter.pairs.size ? "no module" : `only ${grouped(adapter.pairs.size - lost.length)} of the ${one(adapter.pairs.size, "module")}`}.`
          : rank > VLLM_RANK
            ? `It takes rank ${most} with --max-lora-rank ${rank}.`
            : "All modules have one scale, as it requires.",
    behind: [
      ...(wrapped ? [{what: `${shown(wrapped[1].parts.A!)} is no module’s name`, rule: "vllmPaths" as const}] : []),
      {what: scaleSays(adapter, "vLLM"), rule: "vllmScale"},
      {what: `the largest rank is ${most}`, rule: "vllmRanks"},
    ],
    ...(doubt && {doubt}),
  };
}

function vllmDoubt(adapter: OpenedAdapter): string | undefined {
  if (pathOf(adapter))
    return "Where vLLM serves the base with another class, it accepts the file and lets the base answer. Look for “No LoRA weights were applied” under VLLM_LOGGING_LEVEL=DEBUG.";
  return isSet(fieldOf(adapter, "trainable_token_indices"))
    ? "It takes trained tokens only in versions after 0.28, with --max-lora-trainable-tokens."
    : undefined;
}

function llamaDoes(adapter: OpenedAdapter): Found {
  const {config, pairs} = adapter;
  if (config?.kind !== "PEFT") return {stops: withoutConfig(adapter, "llamaConfig")};
  const stops: Behind[] = [];
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
    behind: [
      {what: scaleSays(adapter, "llama.cpp"), rule: "llamaScale"},
      ...(head ? [{what: shown(head), rule: "llamaHead" as const}] : []),
    ],
  };
}

/** The fields of the config that a reader's scale comes from. */
function scaleSays({config}: OpenedAdapter, reader: Reader): string {
  if (config?.kind !== "PEFT") return "";
  const {r, lora_alpha, use_rslora, rank_pattern, alpha_pattern} = config.config;
  const patterns = [rank_pattern.size > 0 && "rank_pattern", alpha_pattern.size > 0 && "alpha_pattern"].filter(Boolean);
  return [
    `lora_alpha ${short(lora_alpha)}`,
    reader === "llama.cpp" ? "the tensors’ own ranks" : `r ${r}`,
    ...(use_rslora ? [`use_rslora${reader === "llama.cpp" ? ", which is not read" : ""}`] : []),
    ...(patterns.length > 0 ? [`${patterns.join(" and ")}${reader === "PEFT" ? "" : ", which are not read"}`] : []),
  ].join(", ");
}

function verdictOf(
  reader: Reader,
  found: Found,
  strengths: readonly Strength[],
  adapter: OpenedAdapter,
  path: string,
): Verdict {
  const {stops, lost, doubt, behind = []} = found;
  if (stops.length > 0)
    return {
      ...{reader, outcome: "refused", words: reader === "llama.cpp" ? "The converter stops" : "Refuses it"},
      ...{why: refusalOf(reader, stops), behind: stops, times: []},
    };
  const times = new Map<number, number>();
  for (const {pair, trained, by} of strengths) {
    const factor = lost?.has(pair.name) ? 0 : timesTrained(by[reader], trained);
    times.set(factor, (times.get(factor) ?? 0) + 1);
  }
  const halves = [...(lost ?? [])].filter((name) => !adapter.pairs.has(name)).length;
  if (halves > 0) times.set(0, (times.get(0) ?? 0) + halves);
  const all = [...times].sort(([, a], [, b]) => b - a);
  const outcome = found.isPartial ? "not as trained" : outcomeOf(all);
  const why = lost?.size || found.isPartial ? found.why! : (strengthWhy(reader, all, adapter) ?? found.why!);
  const isRight = outcome === "as trained";
  const command = isRight ? commandFor(reader, adapter, path) : undefined;
  return {
    ...{reader, outcome, words: wordsOf(reader, outcome, adapter), why, behind, times: all},
    ...(doubt && isRight && {doubt}),
    ...(command && {command}),
  };
}

function refusalOf(reader: Reader, stops: readonly Behind[]): string {
  const [{what}] = stops as [Behind];
  if (/^(?:there is no|its adapter|the numbers)/.test(what)) return `${what[0]!.toUpperCase()}${what.slice(1)}.`;
  if (reader === "vLLM")
    return `It does not take ${listed(
      stops.map((stop) => stop.what),
      "or",
    )}.`;
  return reader === "PEFT" ? `${what[0]!.toUpperCase()}${what.slice(1)}.` : `It stops ${what}.`;
}

/** The outcome of the worst factor. */
function outcomeOf(times: Verdict["times"]): Outcome {
  const worst = worstOf(times);
  if (times.every(([factor]) => factor === 0)) return "nothing";
  return worst === 1 ? "as trained" : worst < 1 ? "too weak" : "too strong";
}

/** The factor that is furthest from 1. */
export const worstOf = (times: Verdict["times"]): number =>
  times.reduce((worst, [factor]) => (distance(factor) > distance(worst) ? factor : worst), 1);

const distance = (factor: number) => (factor > 0 ? Math.abs(Math.log(factor)) : Number.POSITIVE_INFINITY);

function wordsOf(reader: Reader, outcome: Outcome, {keys}: OpenedAdapter): string {
  if (outcome !== "nothing") return `Loads, ${outcome}`;
  const isLost = [...keys.modules.values()].some(({faults}) => faults.length > 0);
  return !isLost
    ? "Loads nothing"
    : reader === "PEFT"
      ? "Loads nothing, with a warning"
      : "Loads nothing, and says nothing";
}

/** "8 × too weak"; a factor of 0 adds nothing. */
export const wrongBy = (times: number): string =>
  times === 0
    ? "without any strength"
    : times === Number.POSITIVE_INFINITY
      ? "too strong"
      : times < 0
        ? "with the sign flipped"
        : `${short(times < 1 ? 1 / times : times)} × ${times < 1 ? "too weak" : "too strong"}`;

/** Why a reader multiplies by another factor than training did; undefined where it does not. */
function strengthWhy(reader: Reader, times: Verdict["times"], adapter: OpenedAdapter): string | undefined {
  const {config} = adapter;
  if (config?.kind !== "PEFT") return undefined;
  const {r, lora_alpha, use_rslora} = config.config;
  if (lora_alpha === 0)
    return reader === "llama.cpp"
      ? "α is 0, which it reads as no α at all, so it adds B·A with scale 1."
      : "α is 0, so it adds nothing of B·A.";
  const wrong = times.filter(([factor]) => factor !== 1);
  if (wrong.length === 0) return undefined;
  const count = wrong.reduce((sum, [, modules]) => sum + modules, 0);
  const of = times.reduce((sum, [, modules]) => sum + modules, 0);
  const worst = worstOf(times);
  const who =
    count === of
      ? `all ${grouped(of)} come out`
      : `${grouped(count)} of ${grouped(of)} come${count === 1 ? "s" : ""} out`;
  const much = `${who} ${wrong.length > 1 ? "up to " : ""}${wrongBy(worst)}`;
  const roots = use_rslora ? `α / √r` : "α / r";
  if (reader === "vLLM")
    return `It gives every module the config’s ${roots} = ${short(lora_alpha / (use_rslora ? Math.sqrt(r) : r))}, so ${much}.`;
  return use_rslora
    ? `It does not know rsLoRA and divides α by r instead of √r, so ${much}.`
    : `It divides one α, ${short(lora_alpha)}, by each module’s own rank, so ${much}.`;
}
