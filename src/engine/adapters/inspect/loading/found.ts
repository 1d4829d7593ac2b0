/** What of a file decides whether a reader loads it: its names, its shapes and the fields of its config. */

import {grouped, listed, shown} from "../../../wording.ts";
import {isSet} from "../../peftConfig.ts";
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

/** What a reader does with a file, before it is put into words: it refuses it, or it loads it. */
export type ReaderBehavior =
  /** What makes the reader refuse, at least one: a sentence each for PEFT, nouns for the others. */
  | {stops: VerdictReason[]}
  | {
      why: string;
      reasons: VerdictReason[];
      doubt: string | undefined;
      /** Modules that are not found by their names. */
      lost: ReadonlySet<string>;
      /** Whether it adds B·A where that is not the whole update. */
      isPartial: boolean;
    };

/** A number with its noun, as in “3 modules”. */
export const counted = (count: number, noun: string) => `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
/** A number to three digits, as text. */
export const threeDigits = (x: number) => String(Number(x.toPrecision(3)));

/** Matches the name of an expert that is a module of its own, with its layer and its number. */
export const SINGLE_EXPERT = /^(.*\.experts)\.(\d+)\.\w+$/;

/** The modules that have both A and B. */
export const modulesOf = ({keys, pairs}: OpenedAdapter): [string, ModuleKeys][] =>
  [...keys.modules].filter(([name]) => pairs.has(name));

/** A field of PEFT’s config; undefined if there is no such config or field. */
export const fieldOf = ({config}: OpenedAdapter, name: string) =>
  config?.kind === "PEFT" ? config.fields.get(name) : undefined;

/** The first module whose A and B are no pair, as a noun: one is missing, or they do not fit; undefined if there is none. */
export function brokenPairs({keys, pairs}: OpenedAdapter): string | undefined {
  const broken = [...keys.modules].find(([name]) => !pairs.has(name));
  if (!broken) return undefined;
  const [name, {parts}] = broken;
  const isWhole = parts.A !== undefined && parts.B !== undefined;
  return `${isWhole ? "A and B that do not fit" : "half a pair"} (${shown(name)})`;
}

/** Why an adapter without a config of PEFT is refused, as all three readers need one. */
export function withoutConfig({config}: OpenedAdapter, rule: RuleName): VerdictReason {
  const what =
    config === undefined
      ? "there is no adapter_config.json"
      : `its adapter_config.json cannot be used${config.kind === "other" ? ` (${config.sentence})` : ""}`;
  return {what, rule, isSentence: true};
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

/** The settings under which B·A is not the whole update, and which vLLM and llama.cpp do not know. */
const PARTIAL = [
  "use_qalora",
  "use_bdlora",
  "kasa_config",
  "alora_invocation_tokens",
  "layer_replication",
  "arrow_config",
];

/** The starts that change the base’s weights too; PEFT writes true instead where it converted the adapter. */
const STARTS = /^(?:pissa|corda|olora$|lora_ga$|loftq$)/;

/** The init_lora_weights under which training began from other base weights than the published ones; undefined for any other start. */
export function startOf(adapter: OpenedAdapter): string | undefined {
  const start = fieldOf(adapter, "init_lora_weights");
  return typeof start === "string" && STARTS.test(start) ? start : undefined;
}

/** Why B·A is not the whole update of this adapter, as nouns: its settings in `PARTIAL`, and a start that changed the base. */
export function partialOf(adapter: OpenedAdapter): string[] {
  const start = startOf(adapter);
  return [
    ...PARTIAL.filter((name) => isSet(fieldOf(adapter, name))),
    ...(start === undefined ? [] : [`init_lora_weights (${shown(start)})`]),
  ];
}

/** The tensors that a reader takes for neither A nor B, as a noun; undefined if there are none. */
export function strayOf({container}: OpenedAdapter, pair: RegExp, skipped: RegExp): string | undefined {
  const names = [...container.tensors.keys()].filter((name) => !pair.test(name) && !skipped.test(name));
  const [first] = names;
  if (first === undefined) return undefined;
  return names.length === 1
    ? `a tensor that is neither A nor B (${shown(first)})`
    : `${grouped(names.length)} tensors that are neither A nor B (${shown(first)} first)`;
}

/** Modules that vLLM and llama.cpp do not find, because a wrapper's name is inside. They take PEFT's prefix off wherever it is. */
export const unmapped = (adapter: OpenedAdapter) =>
  modulesOf(adapter).filter(([, {parts}]) => hasWrapper(parts.A ?? ""));

/** Whether a tensor's name has a wrapper's in it, PEFT's own prefix aside. */
export const hasWrapper = (name: string): boolean =>
  unwrapped(name).name.replaceAll(PREFIX, "") !== name.replaceAll(PREFIX, "");

/** The fields of the config that a reader's scale comes from, and what it does not read; "" without a config of PEFT. */
export function scaleSays({config}: OpenedAdapter, reader: Reader): string {
  if (config?.kind !== "PEFT") return "";
  const {r, lora_alpha, use_rslora, rank_pattern, alpha_pattern} = config;
  const [isPeft, isLlama] = [reader === "PEFT", reader === "llama.cpp"];
  const patterns = listed([
    ...(rank_pattern.size > 0 ? ["rank_pattern"] : []),
    ...(alpha_pattern.size > 0 ? ["alpha_pattern"] : []),
  ]);
  return [
    `lora_alpha ${threeDigits(lora_alpha)}`,
    isLlama ? "the tensors’ own ranks" : `r ${r}`,
    use_rslora && `use_rslora${isLlama ? ", which is not read" : ""}`,
    patterns && `${patterns}${isPeft ? "" : ", which are not read"}`,
  ]
    .filter(Boolean)
    .join(", ");
}
