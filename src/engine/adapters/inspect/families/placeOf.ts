/** The family of a tensor's name, and which part of which module it names. */
import {PREFIX} from "../../peftNames.ts";
import {FAMILIES, peft} from "./families.ts";
import type {Family, NameRule, Part} from "./family.ts";
import {unwrapped} from "./wrappers.ts";

/** No module has a longer name, so no rule is tried on a longer one. */
const MAX_NAME_LENGTH = 1000;

/** Matches every name of a part. Most names of a whole model do not match, and no rule is tried on those. */
const PART = /lora|alpha$|dora_scale$|\.m$/;

/** What is tried on names with PEFT's prefix, with which no other family's names begin. */
const ONLY_PEFT = [peft];

/** What a tensor's name says. */
export interface Place {
  family: Family;
  module: string;
  part: Part;
  embedding: boolean;
  /** The adapter's name, where it was left in the key. */
  adapter?: string;
  /** The name without what training wrapped around the model, and the wrappers' faults: see `unwrapped`. */
  clean: string;
  faults: string[];
}

/** A tensor's name → its place in a family; undefined for any other name. */
export function placeOf(stored: string): Place | undefined {
  if (stored.length > MAX_NAME_LENGTH || !PART.test(stored)) return undefined;
  const {name, faults} = unwrapped(stored);
  for (const family of name.startsWith(PREFIX) ? ONLY_PEFT : FAMILIES) {
    for (const rule of family.rules) {
      const place = matched(family, rule, name);
      if (place) return {...place, clean: name, faults};
    }
  }
  return undefined;
}

function matched(
  family: Family,
  {pattern, part, embedding = false}: NameRule,
  name: string,
): Omit<Place, "clean" | "faults"> | undefined {
  const groups = pattern.exec(name)?.groups;
  if (!groups) return undefined;
  const {module, which, adapter} = groups;
  return {
    family,
    module,
    part: typeof part === "string" ? part : part[which],
    embedding,
    ...(adapter !== undefined && {adapter}),
  };
}
