/** Whole tensors that a training run saves on purpose beside the pairs: heads, modules_to_save, biases. */

import {shown} from "../../wording.ts";
import {countOf} from "../dtype.ts";
import type {Config} from "./config.ts";
import type {Container} from "./container.ts";

/** The tensors beside the pairs that the config explains, and those that it calls for in vain. */
export interface SavedTensors {
  tensors: Set<string>;
  /** What they are, as the end of a sentence: "a trained head (classifier)". */
  what: string;
  /** How many parameters they hold. */
  numbers: number;
  /** Modules that modules_to_save names and of which the file has no tensor. */
  missing: string[];
  /** The heads that PEFT looks for by the config’s task; none if the file has a head. */
  missingHead: readonly string[];
}

/** Transformers' names for the head of a task. Under `TASKS_WITH_HEAD` a head counts as saved on purpose even if modules_to_save does not name it. */
const HEADS = ["classifier", "score", "pre_classifier", "classification_head", "qa_outputs"];
/** The modules that PEFT saves whole if the vocabulary was resized, without a word in the config. */
const EMBEDDINGS = ["embed_tokens", "lm_head", "wte"];
/** The tasks whose models have a head, with the names that PEFT adds to modules_to_save for them. */
export const TASKS_WITH_HEAD: ReadonlyMap<string, readonly string[]> = new Map([
  ["SEQ_CLS", ["classifier", "score"]],
  ["TOKEN_CLS", ["classifier", "score"]],
  ["QUESTION_ANS", ["qa_outputs"]],
]);

/** The tensors among `others`, which belong to no pair, that the config explains; none without a config of PEFT. */
export function savedOf(others: readonly string[], {tensors}: Container, config: Config | undefined): SavedTensors {
  const saved: SavedTensors = {tensors: new Set(), what: "", numbers: 0, missing: [], missingHead: []};
  if (config?.kind !== "PEFT") return saved;
  const {task_type, bias, fields} = config;
  const list = fields.get("modules_to_save");
  const requested = new Set((Array.isArray(list) ? list : []).filter((name) => typeof name === "string"));
  const names = new Set([...requested, ...EMBEDDINGS, ...(TASKS_WITH_HEAD.has(task_type ?? "") ? HEADS : [])]);
  const foundNames = new Set<string>();
  let biases = 0;
  for (const tensor of others) {
    const name = [...names].find((one) => `.${tensor}.`.includes(`.${one}.`));
    if (name === undefined && !(bias !== "none" && tensor.endsWith(".bias"))) continue;
    if (name === undefined) biases++;
    else foundNames.add(name);
    saved.tensors.add(tensor);
    saved.numbers += countOf(tensors.get(tensor)!.shape);
  }
  const isHead = [...foundNames].every((name) => HEADS.includes(name));
  const kind = isHead
    ? "a trained head"
    : foundNames.size === 1
      ? "a module that was trained whole"
      : "modules that were trained whole";
  saved.what = [
    ...(foundNames.size > 0 ? [`${kind} (${[...foundNames].map(shown).join(", ")})`] : []),
    ...(biases > 0 ? [biases === 1 ? "a trained bias" : "trained biases"] : []),
  ].join(" and ");
  // PEFT writes both classifier and score into modules_to_save, and a base has one of them.
  const hasHead = HEADS.some((name) => foundNames.has(name));
  saved.missing = [...requested].filter((name) => !foundNames.has(name) && !(hasHead && HEADS.includes(name)));
  if (!hasHead) saved.missingHead = TASKS_WITH_HEAD.get(task_type ?? "") ?? [];
  return saved;
}
