/** What a reader does with a file, in the words that are always used. */
import {grouped, listed} from "../../../wording.ts";
import type {OpenedAdapter} from "../open.ts";
import {type ReaderBehavior, threeDigits, type VerdictReason} from "./found.ts";
import type {Reader} from "./rules.ts";
import {rankForVllm, type Strength, timesTrained} from "./strength.ts";

/** What becomes of the file. */
export type Outcome = "as trained" | "too weak" | "too strong" | "not as trained" | "nothing" | "refused";

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
  reasons: VerdictReason[];
  /** How to load it; absent unless it is applied as trained. */
  command?: string;
  /** How many times as strong as trained, with how many modules are; none where the file is refused. */
  times: [times: number, modules: number][];
}

/** What a reader does, put into words and counted by strength. */
export function verdictOf(
  reader: Reader,
  behavior: ReaderBehavior,
  strengths: readonly Strength[],
  adapter: OpenedAdapter,
  path: string,
): Verdict {
  if ("stops" in behavior)
    return {
      reader,
      outcome: "refused",
      words: reader === "llama.cpp" ? "The converter stops" : "Refuses it",
      why: refusalOf(reader, behavior.stops),
      reasons: behavior.stops,
      times: [],
    };
  const {lost, isPartial, doubt, reasons} = behavior;
  const modulesBy = new Map<number, number>();
  const count = (ratio: number) => modulesBy.set(ratio, (modulesBy.get(ratio) ?? 0) + 1);
  for (const {pair, trained, by} of strengths) count(lost.has(pair.name) ? 0 : timesTrained(by[reader], trained));
  // Modules with half a pair are among those that are not found, and have no strength.
  for (const name of lost) if (!adapter.pairs.has(name)) count(0);
  const times = [...modulesBy].sort(([, a], [, b]) => b - a);
  const outcome = isPartial ? "not as trained" : outcomeOf(times);
  const isRight = outcome === "as trained";
  return {
    reader,
    outcome,
    words: wordsOf(reader, outcome, adapter),
    why: (lost.size === 0 && !isPartial && strengthWhy(reader, times, adapter)) || behavior.why,
    reasons,
    times,
    ...(doubt !== undefined && isRight && {doubt}),
    ...(isRight && {command: commandFor(reader, adapter, path)}),
  };
}

/** Why a reader refuses the file, in one sentence. */
function refusalOf(reader: Reader, stops: readonly VerdictReason[]): string {
  const [{what, isSentence}] = stops as [VerdictReason];
  if (isSentence || reader === "PEFT") return `${what[0]!.toUpperCase()}${what.slice(1)}.`;
  const all = stops.map((stop) => stop.what);
  return reader === "vLLM" ? `It does not take ${listed(all, "or")}.` : `It stops ${what}.`;
}

/** The outcome by the ratio that is furthest from 1. */
function outcomeOf(times: Verdict["times"]): Outcome {
  if (times.every(([ratio]) => ratio === 0)) return "nothing";
  const worst = worstOf(times);
  return worst === 1 ? "as trained" : worst < 1 ? "too weak" : "too strong";
}

/** Of the ratios to the trained factor, the one furthest from 1. */
export const worstOf = (times: Verdict["times"]): number =>
  times.reduce((worst, [ratio]) => (distance(ratio) > distance(worst) ? ratio : worst), 1);

/** How far a ratio is from 1: the size of its logarithm, infinite for 0 and below. */
const distance = (ratio: number) => (ratio > 0 ? Math.abs(Math.log(ratio)) : Number.POSITIVE_INFINITY);

function wordsOf(reader: Reader, outcome: Outcome, {keys}: OpenedAdapter): string {
  if (outcome !== "nothing") return `Loads, ${outcome}`;
  const hasFaults = [...keys.modules.values()].some(({faults}) => faults.length > 0);
  if (!hasFaults) return "Loads nothing";
  return reader === "PEFT" ? "Loads nothing, with a warning" : "Loads nothing, and says nothing";
}

/** How wrong a strength is, from how many times the trained one it is: "8 × too weak". */
export function wrongBy(times: number): string {
  if (times === 0) return "without any strength";
  if (times < 0) return "with the sign flipped";
  if (times === Number.POSITIVE_INFINITY) return "too strong";
  return times < 1 ? `${threeDigits(1 / times)} × too weak` : `${threeDigits(times)} × too strong`;
}

/** Why a reader multiplies by another factor than training did, as a sentence; undefined if it does not. */
function strengthWhy(reader: Reader, times: Verdict["times"], {config}: OpenedAdapter): string | undefined {
  if (config?.kind !== "PEFT") return undefined;
  const {r, lora_alpha, use_rslora} = config;
  if (lora_alpha === 0)
    return reader === "llama.cpp"
      ? "α is 0, which it reads as no α at all, so it adds B·A with scale 1."
      : "α is 0, so it adds nothing of B·A.";
  const wrongTimes = times.filter(([ratio]) => ratio !== 1);
  if (wrongTimes.length === 0) return undefined;
  const modulesIn = (all: Verdict["times"]) => all.reduce((sum, [, modules]) => sum + modules, 0);
  const [count, of] = [modulesIn(wrongTimes), modulesIn(times)];
  const comeOut =
    count === of
      ? `all ${grouped(of)} come out`
      : `${grouped(count)} of ${grouped(of)} come${count === 1 ? "s" : ""} out`;
  const result = `${comeOut} ${wrongTimes.length > 1 ? "up to " : ""}${wrongBy(worstOf(times))}`;
  if (reader === "vLLM") {
    const [name, scale] = use_rslora
      ? (["α / √r", lora_alpha / Math.sqrt(r)] as const)
      : (["α / r", lora_alpha / r] as const);
    return `It gives every module the config’s ${name} = ${threeDigits(scale)}, so ${result}.`;
  }
  return use_rslora
    ? `It does not know rsLoRA and divides α by r instead of √r, so ${result}.`
    : `It divides one α, ${threeDigits(lora_alpha)}, by each module’s own rank, so ${result}.`;
}

/** PEFT's classes for the tasks whose head is trained with the adapter. */
const CLASSES: Readonly<Record<string, string>> = {
  SEQ_CLS: "AutoPeftModelForSequenceClassification",
  TOKEN_CLS: "AutoPeftModelForTokenClassification",
};

/** A text as one word of a shell: in single quotes unless its characters need none; single quotes inside are dropped. */
const quoted = (text: string) => (/^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "")}'`);

/** Whether a base's name can be one of the Hub: an owner, a slash and a name. */
export const isHubId = (name: string): boolean => /^[\w-][\w.-]*\/[\w.-]+$/.test(name) && !name.startsWith(".");

/** How a reader loads an adapter that it applies as trained: a shell command, for PEFT lines of Python. `path` is the adapter's folder. */
export function commandFor(reader: Reader, adapter: OpenedAdapter, path: string): string {
  const {facts, config} = adapter;
  const base = facts.base?.name ?? "BASE";
  if (reader === "vLLM") {
    const name = path.split("/").findLast(Boolean) ?? "adapter";
    return `vllm serve ${quoted(base)} --enable-lora --max-lora-rank ${rankForVllm(adapter)} --lora-modules ${quoted(name)}=${quoted(path)}`;
  }
  if (reader === "llama.cpp")
    return `python convert_lora_to_gguf.py ${quoted(path)}${isHubId(base) ? "" : " --base FOLDER_OF_THE_BASE"}`;
  const task = config?.kind === "PEFT" ? (config.task_type ?? "") : "";
  const className = Object.hasOwn(CLASSES, task) ? CLASSES[task] : undefined;
  const folder = JSON.stringify(path);
  if (!className) return `model = PeftModel.from_pretrained(base, ${folder})`;
  const labels = headRows(adapter);
  return `from peft import ${className}\nmodel = ${className}.from_pretrained(${folder}${labels === undefined ? "" : `, num_labels=${labels}`})`;
}

/** The rows of a trained head, one for each label; undefined if the file has none. */
export function headRows({container}: OpenedAdapter): number | undefined {
  const head = [...container.tensors].find(([name]) => /\.(?:classifier|score)(?:\.out_proj)?\.weight$/.test(name));
  return head?.[1].shape[0];
}
