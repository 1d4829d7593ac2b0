/** The commands with which a file is loaded, to copy. */
import type {OpenedAdapter} from "../open.ts";
import type {Reader} from "./rules.ts";
import {rankForVllm} from "./strength.ts";

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
