/** Whether PEFT, vLLM and llama.cpp load an adapter, and how strong it then is: from names, shapes and the config alone. */
import type {OpenedAdapter} from "../open.ts";
import type {Found} from "./found.ts";
import {llamaDoes} from "./llamaCpp.ts";
import {peftDoes} from "./peft.ts";
import {READERS, type Reader} from "./rules.ts";
import {strengthsOf} from "./strength.ts";
import {type Verdict, verdictOf} from "./verdict.ts";
import {vllmDoes} from "./vllm.ts";

/** The verdicts of all readers, in their order; none for a file without PEFT's names, which other programs read. */
export function verdictsOf(adapter: OpenedAdapter, path = "PATH"): Verdict[] {
  const families = new Set([...adapter.keys.modules.values()].map(({family}) => family.id));
  const {pairs, faults} = adapter;
  const empty = faults.find(({kind}) => kind === "empty");
  const isUnread = faults.some(({kind}) => kind === "unread");
  if ((pairs.size === 0 && !empty) || isUnread || families.size !== 1 || !families.has("peft")) return [];
  const strengths = strengthsOf(adapter);
  return READERS.map((reader) => {
    const found = empty
      ? {stops: [{what: "the numbers are not in this file", rule: RULE_FOR_EMPTY[reader], isSentence: true as const}]}
      : FINDS[reader](adapter);
    return verdictOf(reader, found, strengths, adapter, path);
  });
}

/** The rule by which each reader refuses a file without numbers. */
const RULE_FOR_EMPTY = {PEFT: "peftShapes", vLLM: "vllmTensors", "llama.cpp": "llamaTensors"} as const;
const FINDS: Readonly<Record<Reader, (adapter: OpenedAdapter) => Found>> = {
  PEFT: peftDoes,
  vLLM: vllmDoes,
  "llama.cpp": llamaDoes,
};
