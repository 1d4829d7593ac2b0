/** What training wraps around a model and saves into the names: we read through it, name it as a fault, and do not write it again. */
import {PREFIX} from "../../peftNames.ts";

/** The name that a wrapper gives to the module inside → who saves it. */
const INSIDE: Readonly<Record<string, string>> = {
  _orig_mod: "a compiled model",
  _fsdp_wrapped_module: "FSDP’s wrapper",
  _checkpoint_wrapped_module: "activation checkpointing’s wrapper",
};
const WRAPPED = new RegExp(`(^|\\.)((?:(?:${Object.keys(INSIDE).join("|")})\\.)+)`, "g");
/** DistributedDataParallel's, which is outermost. */
const OUTER = "module.";

/** Whether a name has a wrapper's in it. */
export const isWrapped = (name: string): boolean => unwrapped(name).name !== name;

/** A name without wrappers, and what was wrong with it as parts of a sentence; most names have none. */
export function unwrapped(stored: string): {name: string; faults: string[]} {
  const wrapperNames = new Set<string>();
  let name = stored.replace(WRAPPED, (_, before: string, inside: string) => {
    for (const word of inside.split(".")) if (word) wrapperNames.add(word);
    return before;
  });
  const faults = [...wrapperNames].map((word) => `“${word}.” is in the names (saved from ${INSIDE[word]})`);
  if (name.startsWith(OUTER + PREFIX)) {
    name = name.slice(OUTER.length);
    faults.unshift("module. comes first");
  }
  if (name.startsWith(PREFIX + PREFIX)) {
    while (name.startsWith(PREFIX + PREFIX)) name = name.slice(PREFIX.length);
    faults.push(`${PREFIX} is there twice (a PEFT model was wrapped in another)`);
  }
  return {name, faults};
}
