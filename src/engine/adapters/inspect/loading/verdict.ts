/** What a reader does with a file, in the words that are always used. */
import {grouped, listed} from "../../../wording.ts";
import type {OpenedAdapter} from "../open.ts";
import {type Found, threeDigits, type VerdictReason} from "./found.ts";
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
  /** Only where it works. */
  command?: string;
  /** How many times as strong as trained, with how many modules are; none where the file is refused. */
  times: [times: number, modules: number][];
}

/** What a reader does, put into words and counted by strength. */
export function verdictOf(
  reader: Reader,
  found: Found,
  strengths: readonly Strength[],
  adapter: OpenedAdapter,
  path: string,
): Verdict {
  const {stops, lost, doubt, reasons = []} = found;
  if (stops.length > 0)
    return {
      reader,
      outcome: "refused",
      words: reader === "llama.cpp" ? "The converter stops" : "Refuses it",
      why: refusalOf(reader, stops),
      reasons: stops,
      times: [],
    };
  const modulesBy = new Map<number, number>();
  for (const {pair, trained, by} of strengths) {
    const ratio = lost?.has(pair.name) ? 0 : timesTrained(by[reader], trained);
    modulesBy.set(ratio, (modulesBy.get(ratio) ?? 0) + 1);
  }
  // Modules with half a pair are among those that are not found, and have no strength.
  const halves = [...(lost ?? [])].filter((name) => !adapter.pairs.has(name)).length;
  if (halves > 0) modulesBy.set(0, (modulesBy.get(0) ?? 0) + halves);
  const times = [...modulesBy].sort(([, a], [, b]) => b - a);
  const outcome = found.isPartial ? "not as trained" : outcomeOf(times);
  const why = lost?.size || found.isPartial ? found.why! : (strengthWhy(reader, times, adapter) ?? found.why!);
  const isRight = outcome === "as trained";
  const command = isRight ? commandFor(reader, adapter, path) : undefined;
  return {
    reader,
    outcome,
    words: wordsOf(reader, outcome, adapter),
    why,
    reasons,
    times,
    ...(doubt && isRight && {doubt}),
    ...(command && {command}),
  };
}

function refusalOf(reader: Reader, stops: readonly VerdictReason[]): string {
  const [{what, isSentence}] = stops as [VerdictReason];
  if (isSentence || reader === "PEFT") return `${what[0]!.toUpperCase()}${what.slice(1)}.`;
  const all = stops.map((stop) => stop.what);
  return reader === "vLLM" ? `It does not take ${listed(all, "or")}.` : `It stops ${what}.`;
}

/** The outcome of the ratio that is furthest from 1. */
function outcomeOf(times: Verdict["times"]): Outcome {
  const worst = worstOf(times);
  if (times.every(([ratio]) => ratio === 0)) return "nothing";
  return worst === 1 ? "as trained" : worst < 1 ? "too weak" : "too strong";
}

/** Of the ratios to the trained factor, the one furthest from 1. */
export const worstOf = (times: Verdict["times"]): number =>
  times.reduce((worst, [ratio]) => (distance(ratio) > distance(worst) ? ratio : worst), 1);

const distance = (ratio: number) => (ratio > 0 ? Math.abs(Math.log(ratio)) : Number.POSITIVE_INFINITY);

function wordsOf(reader: Reader, outcome: Outcome, {keys}: OpenedAdapter): string {
  if (outcome !== "nothing") return `Loads, ${outcome}`;
  const isLost = [...keys.modules.values()].some(({faults}) => faults.length > 0);
  return !isLost
    ? "Loads nothing"
    : reader === "PEFT"
      ? "Loads nothing, with a warning"
      : "Loads nothing, and says nothing";
}

/** "8 × too weak"; a ratio of 0 adds nothing. */
export const wrongBy = (times: number): string =>
  times === 0
    ? "without any strength"
    : times === Number.POSITIVE_INFINITY
      ? "too strong"
      : times < 0
        ? "with the sign flipped"
        : `${threeDigits(times < 1 ? 1 / times : times)} × ${times < 1 ? "too weak" : "too strong"}`;

/** Why a reader multiplies by another factor than training did; undefined where it does not. */
function strengthWhy(reader: Reader, times: Verdict["times"], adapter: OpenedAdapter): string | undefined {
  const {config} = adapter;
  if (config?.kind !== "PEFT") return undefined;
  const {r, lora_alpha, use_rslora} = config.config;
  if (lora_alpha === 0)
    return reader === "llama.cpp"
      ? "α is 0, which it reads as no α at all, so it adds B·A with scale 1."
      : "α is 0, so it adds nothing of B·A.";
  const wrong = times.filter(([ratio]) => ratio !== 1);
  if (wrong.length === 0) return undefined;
  const count = wrong.reduce((sum, [, modules]) => sum + modules, 0);
  const of = times.reduce((sum, [, modules]) => sum + modules, 0);
  const worst = worstOf(times);
  const share =
    count === of
      ? `all ${grouped(of)} come out`
      : `${grouped(count)} of ${grouped(of)} come${count === 1 ? "s" : ""} out`;
  const result = `${share} ${wrong.length > 1 ? "up to " : ""}${wrongBy(worst)}`;
  const scaleText = use_rslora ? `α / √r` : "α / r";
  if (reader === "vLLM")
    return `It gives every module the config’s ${scaleText} = ${threeDigits(lora_alpha / (use_rslora ? Math.sqrt(r) : r))}, so ${result}.`;
  return use_rslora
    ? `It does not know rsLoRA and divides α by r instead of √r, so ${result}.`
    : `It divides one α, ${threeDigits(lora_alpha)}, by each module’s own rank, so ${result}.`;
}

/** PEFT's classes for the tasks whose head is trained with the adapter. */
const CLASSES: Readonly<Record<string, string>> = {
  SEQ_CLS: "AutoPeftModelForSequenceClassification",
  TOKEN_CLS: "AutoPeftModelForTokenClassification",
};

/** As one word of a shell: in single quotes unless its characters need none; quotes inside are dropped. */
const quoted = (text: string) => (/^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "")}'`);

/** A base that the Hub can have: an owner and a name. */
export const isHubId = (name: string): boolean => /^[\w-][\w.-]*\/[\w.-]+$/.test(name) && !name.startsWith(".");

/** How a reader loads an adapter that it can load: a shell command, for PEFT lines of Python. `path` is the adapter's folder. */
export function commandFor(reader: Reader, adapter: OpenedAdapter, path: string): string {
  const {facts, config} = adapter;
  const base = facts.base?.name ?? "BASE";
  if (reader === "vLLM") {
    const name = path.split("/").findLast(Boolean) ?? "adapter";
    return `vllm serve ${quoted(base)} --enable-lora --max-lora-rank ${rankForVllm(adapter)} --lora-modules ${quoted(name)}=${quoted(path)}`;
  }
  if (reader === "llama.cpp")
    return `python convert_lora_to_gguf.py ${quoted(path)}${isHubId(base) ? "" : " --base FOLDER_OF_THE_BASE"}`;
  const task = config?.kind === "PEFT" ? (config.config.task_type ?? "") : "";
  const className = Object.hasOwn(CLASSES, task) ? CLASSES[task] : undefined;
  return className
    ? `from peft import ${className}\nmodel = ${className}.from_pretrained(${JSON.stringify(path)}${labelsOf(adapter)})`
    : `model = PeftModel.from_pretrained(base, ${JSON.stringify(path)})`;
}

/** The rows of a trained head, one for each label; undefined if the file has none. */
export function headRows({container}: OpenedAdapter): number | undefined {
  const head = [...container.tensors].find(([name]) => /\.(?:classifier|score)(?:\.out_proj)?\.weight$/.test(name));
  return head?.[1].shape[0];
}

function labelsOf(adapter: OpenedAdapter): string {
  const rows = headRows(adapter);
  return rows === undefined ? "" : `, num_labels=${rows}`;
}
