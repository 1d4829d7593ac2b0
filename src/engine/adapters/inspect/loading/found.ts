/** What of a file decides whether a reader loads it: its names, its shapes and the fields of its config. */

import {grouped, shown} from "../../../wording.ts";
import {PREFIX} from "../../peftNames.ts";
import {unwrapped} from "../families/placeOf.ts";
import type {ModuleKeys} from "../keys.ts";
import type {OpenedAdapter} from "../open.ts";
import {type Reader, type RuleName, SEES_PICTURES} from "./rules.ts";

/** The field or the tensor that a verdict follows from, and the rule of the reader. */
export interface VerdictReason {
  what: string;
  /** `what` is a whole sentence but for its capital and its full stop. */
  isSentence?: true;
  rule: RuleName;
}

/** What a reader does, before it is put into words. */
export interface Found {
  /** Sentences or nouns for what makes it refuse. */
  stops: VerdictReason[];
  why?: string;
  doubt?: string;
  reasons?: VerdictReason[];
  /** Modules that are not found by their names. */
  lost?: ReadonlySet<string>;
  /** It adds B·A, which is not the whole update. */
  isPartial?: boolean;
}

/** A number with its noun, as in “3 modules”. */
export const counted = (count: number, noun: string) => `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
/** To three digits. */
export const threeDigits = (x: number) => String(Number(x.toPrecision(3)));

/** An expert that is a module of its own: its layer, its number. */
export const SINGLE_EXPERT = /^(.*\.experts)\.(\d+)\.\w+$/;

/** The modules that have both A and B. */
export const modulesOf = ({keys, pairs}: OpenedAdapter): [string, ModuleKeys][] =>
  [...keys.modules].filter(([name]) => pairs.has(name));

/** A field of PEFT’s config; undefined where there is no such config or field. */
export const fieldOf = ({config}: OpenedAdapter, name: string) =>
  config?.kind === "PEFT" ? config.config.fields.get(name) : undefined;

/** Modules whose A and B are no pair, as a noun: one is missing, or they do not fit. */
export function brokenPairs({keys, pairs}: OpenedAdapter): string[] {
  const broken = [...keys.modules].find(([name]) => !pairs.has(name));
  if (!broken) return [];
  const [name, {parts}] = broken;
  return [
    `${parts.A !== undefined && parts.B !== undefined ? "A and B that do not fit" : "half a pair"} (${shown(name)})`,
  ];
}

/** A config that is missing or cannot be used, as all three need one. */
export function withoutConfig({config}: OpenedAdapter, rule: RuleName): VerdictReason[] {
  if (config?.kind === "PEFT") return [];
  const what =
    config === undefined
      ? "there is no adapter_config.json"
      : `its adapter_config.json cannot be used${config.kind === "other" ? ` (${config.sentence})` : ""}`;
  return [{what, rule, isSentence: true}];
}

/** Which of Transformers' classes for the base has the module names of this file. */
export type BaseClass = "text" | "pictures" | "old pictures";

/** The class that the file's names belong to; undefined unless the file shows that the base may also be loaded with another class. */
export function baseClassOf({pairs, facts}: OpenedAdapter): BaseClass | undefined {
  const [name = ""] = pairs.keys();
  if (name.startsWith("model.language_model.")) return "pictures";
  if (name.startsWith("language_model.model.")) return "old pictures";
  return name.startsWith("model.layers.") && SEES_PICTURES.test(facts.base?.name ?? "") ? "text" : undefined;
}

/** What the names of each class are, as a clause. */
export const BASE_CLASS_TEXTS: Readonly<Record<BaseClass, string>> = {
  text: "these are the names of a text model, and the base sees pictures",
  pictures: "these are the names of a model that sees pictures",
  "old pictures": "these are the names of a model that sees pictures, as Transformers had them before 4.52",
};

/** The settings under which B·A is not all, and which another reader does not know. */
const PARTIAL = [
  "use_qalora",
  "use_bdlora",
  "kasa_config",
  "alora_invocation_tokens",
  "layer_replication",
  "arrow_config",
];

/** Whether a field says anything: none, null, false and an empty list do not. */
export const isSet = (value: unknown) =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);

/** The starts that change the base’s weights too; PEFT writes true instead where it converted the adapter. */
const STARTS = /^(?:pissa|corda|olora$|lora_ga$|loftq$)/;

/** The init_lora_weights under which training began from other base weights than the published ones; undefined for any other start. */
export function startOf(adapter: OpenedAdapter): string | undefined {
  const start = fieldOf(adapter, "init_lora_weights");
  return typeof start === "string" && STARTS.test(start) ? start : undefined;
}

/** The settings of this adapter under which B·A is not all, and which vLLM and llama.cpp do not know. */
export function partialOf(adapter: OpenedAdapter): string[] {
  const start = startOf(adapter);
  return [
    ...PARTIAL.filter((name) => isSet(fieldOf(adapter, name))),
    ...(start === undefined ? [] : [`init_lora_weights (${shown(start)})`]),
  ];
}

/** The first of the tensors that a reader takes for neither A nor B, as a noun. */
export function strayOf({container}: OpenedAdapter, pair: RegExp, skipped: RegExp): string[] {
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
export const unmapped = (adapter: OpenedAdapter) =>
  modulesOf(adapter).filter(([, {parts}]) => hasWrapper(parts.A ?? ""));

/** Whether a tensor's name has a wrapper's in it, PEFT's own prefix aside. */
export const hasWrapper = (name: string): boolean =>
  unwrapped(name).name.replaceAll(PREFIX, "") !== name.replaceAll(PREFIX, "");

/** The fields of the config that a reader's scale comes from. */
export function scaleSays({config}: OpenedAdapter, reader: Reader): string {
  if (config?.kind !== "PEFT") return "";
  const {r, lora_alpha, use_rslora, rank_pattern, alpha_pattern} = config.config;
  const patterns = [rank_pattern.size > 0 && "rank_pattern", alpha_pattern.size > 0 && "alpha_pattern"].filter(Boolean);
  return [
    `lora_alpha ${threeDigits(lora_alpha)}`,
    reader === "llama.cpp" ? "the tensors’ own ranks" : `r ${r}`,
    ...(use_rslora ? [`use_rslora${reader === "llama.cpp" ? ", which is not read" : ""}`] : []),
    ...(patterns.length > 0 ? [`${patterns.join(" and ")}${reader === "PEFT" ? "" : ", which are not read"}`] : []),
  ].join(", ");
}
