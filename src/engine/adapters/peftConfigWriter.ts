/** Writes adapter_config.json: what the modules to be written need, and everything else as it was. */

import {shown} from "../wording.ts";
import {type Json, type JsonObject, writeJson} from "./json.ts";
import {EMPTY_CONFIG, exactPattern, type LoraOptions, loraAlpha} from "./loraWriter.ts";
import type {AdapterModule} from "./peft.ts";
import {type AdapterConfig, parseAdapterConfig} from "./peftConfig.ts";
import {lookupNames, matchesTargets, rulesOf} from "./peftRules.ts";

/** A module, with its experts in one pair, as far as the config speaks of it. */
type ConfiguredModule = Pick<AdapterModule, "name" | "A" | "alpha" | "r"> &
  Partial<Pick<AdapterModule, "kind" | "magnitude" | "bias" | "transposed">> & {experts: number};

const emptyConfig = () => parseAdapterConfig(JSON.stringify(EMPTY_CONFIG));
/** A number as `writeJson` takes it. */
const numeral = (value: number): Json => ({digits: String(value)});

/**
 * Modules and the config they were read with, if any → the text of the config. A field is changed only where it does
 * not say what the modules are. Throws when PEFT has no config for them; the message names the modules.
 */
export function configFor(
  modules: readonly ConfiguredModule[],
  old: AdapterConfig | undefined,
  {base_model_name_or_path, use_rslora}: LoraOptions,
): string {
  const config = old ?? emptyConfig();
  const fields: JsonObject = new Map(config.fields);
  const stacked = modules.find(({experts}) => experts > 1);
  if (stacked && !old)
    throw new Error(
      `peft: ${shown(stacked.name)} stacks ${stacked.experts} experts, which only a config with target_parameters can ` +
        "express: pass the config it was read with",
    );
  if (base_model_name_or_path !== undefined) fields.set("base_model_name_or_path", base_model_name_or_path);
  const single = modules.filter(({experts}) => experts === 1);
  const linear = single.filter(({kind = "linear"}) => kind === "linear");
  const withoutEmbeddings = single.filter(({kind}) => kind !== "embedding");
  if (use_rslora !== undefined) setFlag(fields, "use_rslora", use_rslora);
  setSharedFlag(fields, "use_dora", modules, "DoRA's magnitudes", ({magnitude}) => magnitude !== undefined);
  setSharedFlag(fields, "fan_in_fan_out", linear, "a transposed weight", ({transposed}) => transposed === true);
  setSharedFlag(fields, "lora_bias", withoutEmbeddings, "a bias of B", ({bias}) => bias !== undefined);
  setTargets(fields, single, config);
  setNumbers(fields, modules, old, use_rslora ?? config.use_rslora);
  return `${writeJson(fields)}\n`;
}

/** Sets a flag of the config if it says the opposite; an absent one says false. */
function setFlag(fields: JsonObject, name: string, value: boolean): void {
  if ((fields.get(name) === true) !== value) fields.set(name, value);
}

/** Sets the flag that PEFT has for all of these modules, if there are any. Throws if some have what it says and some do not. */
function setSharedFlag(
  fields: JsonObject,
  flag: string,
  modules: readonly ConfiguredModule[],
  what: string,
  has: (module: ConfiguredModule) => boolean,
): void {
  const [first] = modules;
  if (!first) return;
  const other = modules.find((module) => has(module) !== has(first));
  if (!other) {
    setFlag(fields, flag, has(first));
    return;
  }
  const [withIt, withoutIt] = has(first) ? [first, other] : [other, first];
  throw new Error(
    `peft: ${shown(withIt.name)} has ${what} and ${shown(withoutIt.name)} does not; PEFT allows this for all modules or for none`,
  );
}

/** Adds to target_modules the modules that it leaves out, by their full names. Throws if it would have to, but is a pattern. */
function setTargets(fields: JsonObject, modules: readonly ConfiguredModule[], config: AdapterConfig): void {
  const {target_modules: targets} = config;
  if (targets === null || targets === "all-linear") return;
  const rules = rulesOf(config, []);
  const missing = modules
    .filter(
      ({name, A}) => !matchesTargets(targets, rules, name) && lookupNames(name, A.rows, config, rules)[0] === name,
    )
    .map(({name}) => name);
  if (missing.length === 0) return;
  if (typeof targets === "string")
    throw new Error(
      `peft: target_modules is the pattern ${shown(targets)}, which does not match ${shown(missing[0])}; ` +
        "make it a list of names, to which the name can be added",
    );
  fields.set("target_modules", [...targets, ...missing]);
}

/** Scales that differ by less than this share are one scale that was rounded. */
const SCALE_TOLERANCE = 1e-9;

/**
 * The modules whose r and alpha a config may state, always both of one module: vLLM reads no patterns and takes lora_alpha / r
 * for every module. If all modules have the same scale, these are the modules of the largest rank, because vLLM compares r
 * with the largest rank it serves.
 */
function candidatesIn(modules: readonly ConfiguredModule[]): {candidates: ConfiguredModule[]; isOneScale: boolean} {
  const scale = modules[0].alpha / modules[0].r;
  const isOneScale = modules.every(({alpha, r}) => Math.abs(alpha / r - scale) <= SCALE_TOLERANCE * Math.abs(scale));
  const largest = modules.reduce((maxRank, {r}) => Math.max(maxRank, r), 0);
  return {candidates: modules.filter(({r}) => !isOneScale || r === largest), isOneScale};
}

/**
 * Sets r, lora_alpha and the patterns where the config, by PEFT's rule, gives a module other numbers than its own. r and
 * lora_alpha are both the old config's, or both one module's (see `candidatesIn`).
 */
function setNumbers(
  fields: JsonObject,
  modules: readonly ConfiguredModule[],
  old: AdapterConfig | undefined,
  use_rslora: boolean,
): void {
  const alphaOf = (module: ConfiguredModule) => loraAlpha(module, use_rslora);
  const hasAlpha = (module: ConfiguredModule, alpha: number) =>
    alpha === alphaOf(module) || (use_rslora && alpha * Math.sqrt(module.r) === module.alpha);
  const {candidates, isOneScale} = candidatesIn(modules);
  // If scales differ, r and lora_alpha need patterns in any case, so the config's own stay if they are right for one module.
  const oldRules = old && rulesOf(isOneScale ? {...old, rank_pattern: new Map(), alpha_pattern: new Map()} : old, []);
  const isKept = candidates.some(
    (one) => oldRules?.rank(one.name) === one.r && hasAlpha(one, oldRules.alpha(one.name)),
  );
  const largest = candidates.reduce((best, one) => (one.r > best.r ? one : best));
  const {r, lora_alpha} = old && isKept ? old : {r: largest.r, lora_alpha: alphaOf(largest)};
  if (r !== old?.r) fields.set("r", numeral(r));
  if (lora_alpha !== old?.lora_alpha) fields.set("lora_alpha", numeral(lora_alpha));
  const config = {...(old ?? emptyConfig()), r, lora_alpha};
  const rules = rulesOf(config, []);
  const [ranks, alphas]: [string, Json][][] = [[], []];
  for (const module of modules) {
    const names = lookupNames(module.name, module.A.rows, config, rules);
    const isRankRight = names.every((name) => rules.rank(name) === module.r);
    const isAlphaRight = names.every((name) => hasAlpha(module, rules.alpha(name)));
    if (names.length > 1 && !(isRankRight && isAlphaRight))
      throw new Error(
        `peft: ${shown(module.name)} has a different rank or alpha from its config, which would have to name one of ` +
          `${names.map(shown).join(", ")}; the file does not say which one it is`,
      );
    const pattern = exactPattern(names[0]);
    if (!isRankRight) ranks.push([pattern, numeral(module.r)]);
    if (!isAlphaRight) alphas.push([pattern, numeral(alphaOf(module))]);
  }
  addPatterns(fields, "rank_pattern", ranks);
  addPatterns(fields, "alpha_pattern", alphas);
}

/** Adds entries to rank_pattern or alpha_pattern, before the old ones: PEFT takes the first pattern that matches. */
function addPatterns(fields: JsonObject, field: string, added: readonly [string, Json][]): void {
  if (added.length === 0) return;
  const old = fields.get(field);
  fields.set(field, new Map([...added, ...(old instanceof Map ? old : [])]));
}
