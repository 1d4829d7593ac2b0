/** The family of a tensor's name, and which part of which module it names; reads through what training wraps around a model. */
import {PREFIX} from "../../peftNames.ts";
import {FAMILIES, type Family, type Part, peft} from "./families.ts";

/** The name under which a wrapper holds the model → the wrapper, as the end of “saved from …”. */
const WRAPPERS: Readonly<Record<string, string>> = {
  _orig_mod: "a compiled model",
  _fsdp_wrapped_module: "FSDP’s wrapper",
  _checkpoint_wrapped_module: "activation checkpointing’s wrapper",
};
const WRAPPED = new RegExp(`(^|\\.)((?:(?:${Object.keys(WRAPPERS).join("|")})\\.)+)`, "g");
/** The name under which DistributedDataParallel holds the model; it is outermost. */
const OUTERMOST = "module.";

/** Whether a wrapper's name is in a tensor's name. */
export const isWrapped = (name: string): boolean => unwrapped(name).name !== name;

/** A tensor's name → the name without wrappers, and a part of a sentence for each fault of it; most names have none. */
export function unwrapped(stored: string): {name: string; faults: string[]} {
  const wrapperNames = new Set<string>();
  let name = stored.replace(WRAPPED, (_, before: string, inside: string) => {
    for (const word of inside.split(".")) if (word) wrapperNames.add(word);
    return before;
  });
  const faults = [...wrapperNames].map((word) => `“${word}.” is in the names (saved from ${WRAPPERS[word]})`);
  if (name.startsWith(OUTERMOST + PREFIX)) {
    name = name.slice(OUTERMOST.length);
    faults.unshift("module. comes first");
  }
  if (name.startsWith(PREFIX + PREFIX)) {
    while (name.startsWith(PREFIX + PREFIX)) name = name.slice(PREFIX.length);
    faults.push(`${PREFIX} is there twice (a PEFT model was wrapped in another)`);
  }
  return {name, faults};
}

/** The length of the longest name on which a rule is tried: names come from anyone. */
const MAX_NAME_LENGTH = 1000;

/** Every name of a part matches this. Most names of a whole model do not, and no rule is tried on those. */
const PART = /lora|alpha$|dora_scale$|\.m$/;

/** What a tensor's name says. */
export interface Place {
  family: Family;
  module: string;
  part: Part;
  embedding: boolean;
  /** The adapter's name, where it was left in the tensor's name. */
  adapter?: string;
  /** The name without what training wrapped around the model, and the wrappers' faults: see `unwrapped`. */
  clean: string;
  faults: string[];
}

/** A tensor's name → its place in a family; undefined for any other name. */
export function placeOf(stored: string): Place | undefined {
  if (stored.length > MAX_NAME_LENGTH || !PART.test(stored)) return undefined;
  const {name: clean, faults} = unwrapped(stored);
  // No other family's names begin with PEFT's prefix.
  for (const family of clean.startsWith(PREFIX) ? [peft] : FAMILIES) {
    for (const {pattern, part, embedding = false} of family.rules) {
      const groups = pattern.exec(clean)?.groups;
      if (!groups) continue;
      const {module, which, adapter} = groups;
      return {
        family,
        module,
        part: typeof part === "string" ? part : part[which],
        embedding,
        ...(adapter !== undefined && {adapter}),
        clean,
        faults,
      };
    }
  }
  return undefined;
}
