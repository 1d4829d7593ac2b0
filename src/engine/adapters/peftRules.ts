/** Which rank and which alpha adapter_config.json gives to each module. */

import {shown} from "../wording.ts";
import {endMatcher, moduleMatcher} from "./pattern.ts";
import type {AdapterConfig} from "./peftConfig.ts";

/** The steps that matching rank_pattern may take, and alpha_pattern, and target_modules: under a second each, and enough to name each of 4,000 modules. */
const MAX_STEPS = 20_000_000;

/** A module's name → what the config says of it. */
export interface Rules {
  rank(name: string): number;
  /** lora_alpha, not yet times √r under rsLoRA. */
  alpha(name: string): number;
  /** Whether a pattern, such as target_modules can be, matches a whole name; true for one that is not read here or takes too long. */
  matches(pattern: string, name: string): boolean;
}

/** The rules of a config; for patterns that are not read here, a sentence is added to `notes`. */
export function rulesOf(config: AdapterConfig, notes: string[]): Rules {
  return {
    rank: numberByPattern("rank_pattern", config.rank_pattern, config.r, notes),
    alpha: numberByPattern("alpha_pattern", config.alpha_pattern, config.lora_alpha, notes),
    matches: wholeNameMatcher(),
  };
}

/** A function that says whether a pattern matches a whole name; true for a pattern that is not read here, and once the budget is spent. */
function wholeNameMatcher(): Rules["matches"] {
  // The budget is for every name once, and names are asked for many times.
  const budget = {steps: MAX_STEPS};
  const answers = new Map<string, boolean>();
  const isMatch = (pattern: string, name: string): boolean => {
    try {
      return budget.steps < 0 || (moduleMatcher(pattern)?.(name, budget) ?? true);
    } catch {
      return true;
    }
  };
  return (pattern, name) => {
    const key = JSON.stringify([pattern, name]);
    const answer = answers.get(key) ?? isMatch(pattern, name);
    answers.set(key, answer);
    return answer;
  };
}

/** Whether target_modules names a module; true for every module if the config names none, all of them or parameters. */
export function isTarget(
  {target_modules: targets, target_parameters}: AdapterConfig,
  rules: Rules,
  name: string,
): boolean {
  if (targets === null || targets === "all-linear" || targets.length === 0 || target_parameters.length > 0) return true;
  return matchesTargets(targets, rules, name);
}

/** Whether a module's name or its end is in a list of targets; or, for a pattern, whether that matches the name. */
export const matchesTargets = (targets: readonly string[] | string, rules: Rules, name: string): boolean =>
  typeof targets === "string"
    ? rules.matches(targets, name)
    : targets.some((target) => name === target || name.endsWith(`.${target}`));

/**
 * A function from a module's name to its number, by PEFT's rule: that of the first pattern for which ^(.*\.)?(pattern)$
 * matches the name, or else `otherwise`. A pattern that `moduleMatcher` cannot read is compared with the end of the name, and a
 * note says so; `field` is its field in the config.
 */
function numberByPattern(field: string, patterns: ReadonlyMap<string, number>, otherwise: number, notes: string[]) {
  const budget = {steps: MAX_STEPS};
  const matchers = [...patterns].map(([pattern, number]) => {
    const matches = moduleMatcher(pattern);
    if (!matches) notes.push(`${field}: ${shown(pattern)} is no pattern read here; it is taken as the end of a name`);
    return {number, matches: matches ?? endMatcher(pattern)};
  });
  // The budget is for every name once, and names are asked for many times.
  const numbers = new Map<string, number>();
  return (name: string): number => {
    const number = numbers.get(name) ?? matchers.find(({matches}) => matches(name, budget))?.number ?? otherwise;
    numbers.set(name, number);
    return number;
  };
}

/**
 * The names by which PEFT looks a module up in the patterns: its own, or the full names of the parameters that it may
 * be, if target_parameters lists any. An entry there is a parameter's whole name or its end. Where a module has several
 * parameters, PEFT wraps it once for each, and each wrap but the outermost has one more `.base_layer` in its name. The
 * file does not say which wrap is for which parameter. `rows` is the number of A's rows.
 */
export function lookupNames(module: string, rows: number, {target_parameters}: AdapterConfig, rules: Rules): string[] {
  const owner = module.replaceAll(".base_layer", "");
  const matches = target_parameters.flatMap((target) => {
    const name = `${owner}.${target.slice(target.lastIndexOf(".") + 1)}`;
    return name === target || name.endsWith(`.${target}`) ? [{name, isSure: target.includes(".")}] : [];
  });
  const sureMatches = matches.filter(({isSure}) => isSure);
  if (sureMatches.length > 0) return sureMatches.map(({name}) => name);
  // An entry without a dot fits every module, so only the shape can tell the parameter's module from the others.
  return matches.length === 0 || rows === rules.rank(module) ? [module] : matches.map(({name}) => name);
}
