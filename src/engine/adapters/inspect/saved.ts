/** Whole tensors beside the pairs that a training run saves on purpose: heads, modules_to_save, biases. */

import {shown} from "../../wording.ts";
import {countOf} from "../dtype.ts";
import type {Config} from "./config.ts";
import type {Container} from "./container.ts";

/** What lies beside the pairs and is explained by the config. */
export interface Saved {
  tensors: Set<string>;
  /** What they are, as the end of a sentence: "a trained head (classifier)". */
  what: string;
  /** How many parameters they hold. */
  numbers: number;
  /** Modules that the config says are in the file, which has no tensor of them. */
  missing: string[];
  /** The heads that PEFT looks for by the config’s task; none where the file has a head. */
  missingHead: readonly string[];
}

/** What Transformers calls the head of a task. For the tasks below it counts as saved on purpose even where modules_to_save does not name it. */
const HEADS = ["classifier", "score", "pre_classifier", "classification_head", "qa_outputs"];
/** What PEFT saves whole when the vocabulary was resized, without a word in the config. */
const EMBEDDINGS = ["embed_tokens", "lm_head", "wte"];
/** The tasks whose models have such a head, with the heads that PEFT adds to modules_to_save for them. */
export const TASKS_WITH_HEAD: ReadonlyMap<string, readonly string[]> = new Map([
  ["SEQ_CLS", ["classifier", "score"]],
  ["TOKEN_CLS", ["classifier", "score"]],
  ["QUESTION_ANS", ["qa_outputs"]],
]);

/** The tensors among `others` that the config accounts for. */
export function savedOf(others: readonly string[], {tensors}: Container, config: Config | undefined): Saved {
  const saved: Saved = {tensors: new Set(), what: "", numbers: 0, missing: [], missingHead: []};
  if (config?.kind !== "PEFT") return saved;
  const {task_type, bias, fields} = config.config;
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
  const [one, many] = [...foundNames].every((name) => HEADS.includes(name))
    ? ["a trained head", "a trained head"]
    : ["a module that was trained whole", "modules that were trained whole"];
  saved.what = [
    ...(foundNames.size > 0
      ? [`${foundNames.size === 1 ? one : many} (${[...foundNames].map(shown).join(", ")})`]
      : []),
    ...(biases > 0 ? [biases === 1 ? "a trained bias" : "trained biases"] : []),
  ].join(" and ");
  // PEFT writes both classifier and score into modules_to_save, and a base has one of them.
  const hasHead = HEADS.some((name) => foundNames.has(name));
  saved.missing = [...requested].filter((name) => !foundNames.has(name) && !(hasHead && HEADS.includes(name)));
  if (!hasHead) saved.missingHead = TASKS_WITH_HEAD.get(task_type ?? "") ?? [];
  return saved;
}
