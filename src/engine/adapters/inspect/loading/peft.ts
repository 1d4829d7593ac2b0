/** What PEFT does with a file. */

import {grouped, shown} from "../../../wording.ts";
import {isTarget} from "../../peftRules.ts";
import type {OpenedAdapter} from "../open.ts";
import {dueRank} from "../scales.ts";
import {
  type BaseClass,
  baseClassOf,
  counted,
  type Found,
  scaleSays,
  type VerdictReason,
  withoutConfig,
} from "./found.ts";

/** What PEFT does with the file, by the rules of `rules.ts`. */
export function peftDoes(adapter: OpenedAdapter): Found {
  const {config, pairs, saved, keys} = adapter;
  if (config?.kind !== "PEFT") return {stops: withoutConfig(adapter, "peftConfig")};
  const stops: VerdictReason[] = [];
  const lost = new Map<string, VerdictReason>();
  for (const [name, {faults, parts}] of keys.modules) {
    if (faults.length > 0)
      lost.set(name, {what: `${shown(Object.values(parts)[0]!)}: ${faults.join(", ")}`, rule: "peftNames"});
    else if (!pairs.has(name)) lost.set(name, {what: `${shown(name)} has half of its pair`, rule: "peftNames"});
    else if (!isTarget(config.config, config.rules, name))
      lost.set(name, {what: `target_modules does not name ${shown(name)}`, rule: "peftTargets"});
  }
  const wrongRank = [...pairs.values()].find(
    (pair) => pair.experts === 1 && dueRank(pair, config) !== pair.r && !lost.has(pair.name),
  );
  if (wrongRank)
    stops.push({
      what: `it says “size mismatch”, because the config gives ${shown(wrongRank.name)} rank ${dueRank(wrongRank, config)} and its tensors have ${wrongRank.r}`,
      rule: "peftShapes",
    });
  if (saved.missing.length > 0)
    stops.push({
      what: `on a base that has ${saved.missing.map(shown).join(" or ")} it says “KeyError”, because modules_to_save names what the file does not have`,
      rule: "peftSaved",
    });
  const mismatched = [...keys.modules].find(
    ([name, {parts}]) => !pairs.has(name) && parts.A !== undefined && parts.B !== undefined,
  );
  if (mismatched)
    stops.push({
      what: `it says “size mismatch” for ${shown(mismatched[0])}, whose A and B do not fit`,
      rule: "peftShapes",
    });
  const [first] = lost.values();
  const all = counted(keys.modules.size, "module");
  const foundCount = keys.modules.size - lost.size;
  const doubt = peftDoubt(adapter);
  return {
    stops,
    lost: new Set(lost.keys()),
    why:
      first === undefined
        ? `It looks for exactly these names, on a base that has ${keys.modules.size === 1 ? "this module" : `these ${all}`}.`
        : `It finds ${foundCount === 0 ? "none" : `only ${grouped(foundCount)}`} of the ${all}; B stays 0 ${foundCount === 0 ? "everywhere, so the base answers" : "in the others"}.`,
    reasons: [...(first ? [first] : []), {what: scaleSays(adapter, "PEFT"), rule: "peftScale"}],
    ...(doubt && {doubt}),
  };
}

/** With which class to load the base. */
const LOAD_WITH: Readonly<Record<BaseClass, string>> = {
  text: "Load the base with AutoModelForCausalLM: the class for pictures has other names.",
  pictures: "Load the base with the class for pictures, from Transformers 4.52 on: a text model has no such names.",
  "old pictures":
    "Load the base with the class for pictures, from before Transformers 4.52: newer versions have other names.",
};

function peftDoubt(adapter: OpenedAdapter): string | undefined {
  const baseClass = baseClassOf(adapter);
  if (baseClass) return LOAD_WITH[baseClass];
  return [...adapter.pairs.values()].some(({experts}) => experts > 1)
    ? "It reads target_parameters from PEFT 0.17 on; older versions ignore the field."
    : undefined;
}
