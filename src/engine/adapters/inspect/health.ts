/** The checks of an adapter's health, worst first, and the one sentence to show before them. */

import {grouped, shown} from "../../wording.ts";
import {PREFIX} from "../peftNames.ts";
import {isTarget} from "../peftRules.ts";
import type {Config} from "./config.ts";
import type {Fault} from "./faults.ts";
import {counted} from "./loading/found.ts";
import {type Finding, isMeasured, type MeasuredUpdate, type UnmeasuredUpdate} from "./measure.ts";
import type {OpenedAdapter} from "./open.ts";
import type {StoredPair} from "./pairs.ts";
import {rankInConfig, type ScaledModule, type ScaleSummary, scaleOf, summarizeScales} from "./scales.ts";
import {whyNotTaken} from "./takeHome.ts";

/** One check, as a line of the page's list. */
export interface Check {
  id: "finite" | Fault["kind"] | "names" | "config" | "alpha" | "zero" | "start" | "pairs" | "tensors" | "loudest";
  ok: boolean;
  /** What was found, and what to do if something was. */
  sentence: string;
  /** The sentence at the top of the page, for a fault that matters more than the rank. */
  headline?: string;
}

/** A module whose norm is above this many medians is named. That is no fault: a wide matrix has a larger norm by its size alone. */
const LOUD_MEDIANS = 1.9;
/**
 * A run has hardly moved if A's size differs from a random start's by no more than this share and three standard deviations, and
 * if B's size is at most this share of A's.
 */
const [START_TOLERANCE, MAX_SMALL_B] = [0.03, 0.05];

/** 0 for an empty list. */
const median = (values: readonly number[]) => {
  if (values.length === 0) return 0;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rootOfSquares = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** All findings of an adapter, summed up. */
export interface Summary {
  measured: MeasuredUpdate[];
  unmeasured: UnmeasuredUpdate[];
  /** √Σ‖ΔW‖² over all modules. */
  norm: number;
  medianNorm: number;
  /** Means over the modules that change anything. */
  r90: number;
  r99: number;
  effective: number;
  /** The size of A against its start (`MeasuredUpdate.start`): the median and the range. */
  start: {median: number; smallest: number; largest: number};
  /** Every B is 0. */
  isZero: boolean;
  /** In every module A is as large as at its start and B is small; a hint and no proof. */
  hardlyMoved: boolean;
  scales: ScaleSummary;
}

/** Sums up what a pass found. Throws unless it was given what `measureAdapter` yields. */
export function summarize(adapter: OpenedAdapter, findings: readonly Finding[]): Summary {
  if (!Array.isArray(findings)) throw new Error("summarize: expected a list of what measureAdapter yields");
  const measured = findings.filter(isMeasured);
  const unmeasured = findings.filter((finding) => !isMeasured(finding));
  const nonzero = measured.filter(({s}) => s[0] > 0);
  const meanOf = (value: (one: MeasuredUpdate) => number) => (nonzero.length > 0 ? mean(nonzero.map(value)) : 0);
  const norms = measured.map(({norm}) => norm);
  const starts = measured.map(({start}) => start).sort((a, b) => a - b);
  const hasHardlyMoved = ({start, rmsA, rmsB, grams}: MeasuredUpdate) =>
    Math.abs(start - 1) <= START_TOLERANCE + 3 / Math.sqrt(2 * grams.A.rows * grams.k) && rmsB <= MAX_SMALL_B * rmsA;
  return {
    measured,
    unmeasured,
    norm: rootOfSquares(norms),
    medianNorm: median(norms),
    r90: meanOf(({r90}) => r90),
    r99: meanOf(({r99}) => r99),
    effective: meanOf(({effective}) => effective),
    start: {median: median(starts), smallest: starts[0] ?? 0, largest: starts.at(-1) ?? 0},
    isZero: measured.length > 0 && measured.every(({rmsB}) => rmsB === 0),
    hardlyMoved: nonzero.length > 0 && measured.every(hasHardlyMoved),
    scales: summarizeScales([...measured, ...unreadScales(adapter, unmeasured)], adapter.scales),
  };
}

/** What config or metadata say of the scales of modules whose numbers cannot be used. */
const unreadScales = ({scales}: OpenedAdapter, unmeasured: readonly UnmeasuredUpdate[]): ScaledModule[] =>
  unmeasured.flatMap(({name, pair}) => {
    if (pair.alpha !== undefined) return [];
    const scale = scaleOf(pair, undefined, scales);
    return scale.scaleFrom === "config" || scale.scaleFrom === "metadata" ? [{name, r: pair.r, ...scale}] : [];
  });

/** The checks; the worse a fault, the nearer to the top. Those that failed say what to do. */
export function healthOf(adapter: OpenedAdapter, summary: Summary): Check[] {
  const {faults, pairs, problems} = adapter;
  const hasPairs = pairs.size > 0;
  return [
    ...(hasPairs ? [finiteCheck(summary, adapter)] : []),
    ...faults.map(({kind, sentence}) => failed(kind, sentence.replace(/\.$/, ""), sentence)),
    ...namesCheck(adapter),
    ...(hasPairs ? [configCheck(adapter), alphaCheck(summary), zeroCheck(summary), ...startCheck(summary)] : []),
    // Where no numbers can be read, the fault already says so for all pairs.
    ...(hasPairs || (faults.length === 0 && problems.length > 0) ? [pairsCheck(adapter)] : []),
    ...(hasPairs || faults.length === 0 ? [tensorsCheck(adapter)] : []),
    ...(summary.measured.length > 0 ? [loudestCheck(summary)] : []),
  ];
}

/** The worst fault that the header tells, as a headline; undefined if there is none. */
export function healthHeadline(adapter: OpenedAdapter): string | undefined {
  const {faults, pairs, problems, config} = adapter;
  const isZero =
    config?.kind === "PEFT" &&
    config.lora_alpha === 0 &&
    config.alpha_pattern.size === 0 &&
    [...pairs.values()].every(({family, alpha}) => family === "peft" && alpha === undefined);
  const checks = [
    ...faults.map(({sentence}) => sentence),
    ...(pairs.size > 0 ? [...namesCheck(adapter), configCheck(adapter)].map(({headline}) => headline) : []),
    ...(isZero && pairs.size > 0 ? [`α is 0: ${ZERO_ALPHA}.`] : []),
    ...(problems.length > 0 ? [pairsCheck(adapter).headline] : []),
  ];
  return checks.find((headline) => headline !== undefined);
}

/** What the three readers do if α is 0 in the config. */
const ZERO_ALPHA = "PEFT and vLLM add nothing of this adapter; llama.cpp uses scale 1 instead";

const passed = (id: Check["id"], sentence: string): Check => ({id, ok: true, sentence});
const failed = (id: Check["id"], sentence: string, headline?: string): Check => ({
  id,
  ok: false,
  sentence,
  ...(headline !== undefined && {headline}),
});

/** Whether the modules are found by their names; no check if the file has no module. */
function namesCheck(adapter: OpenedAdapter): Check[] {
  const {modules, rows} = adapter.keys;
  if (rows.length === 0) return [];
  const unfound = [...modules.values()].filter(({faults}) => faults.length > 0);
  if (unfound.length === 0) {
    const readersOf = new Map(rows.map(({family, readers}) => [family, readers]));
    const all = Array.from(readersOf, ([family, readers]) => `${family} names, which are for ${readers}`).join("; ");
    return [passed("names", adapter.facts.families.join() === "PEFT" ? "PEFT looks for exactly these names" : all)];
  }
  const foundText = unfound.length < modules.size ? `only ${grouped(modules.size - unfound.length)}` : "none";
  const foundOf = `${foundText} of the ${grouped(modules.size)} modules`;
  const [does, will] =
    modules.size === 1
      ? ["does not find its one module", "will not find its one module"]
      : [`finds ${foundOf}`, `will find ${foundOf}`];
  const faults = [...new Set(unfound.flatMap((one) => one.faults))];
  const why = faults.join(" and ");
  // These two read names without the prefix, or with two; like PEFT, they need a config.
  const isPrefix = adapter.config?.kind === "PEFT" && faults.every((fault) => fault.startsWith(PREFIX));
  const othersDo = (verb: string) => (isPrefix ? `, though vLLM and llama.cpp ${verb}` : "");
  const remedy = whyNotTaken(adapter, "PEFT") === undefined ? " Take home writes clean names." : "";
  const reader = unfound.every(({family}) => family.id === "peft") ? "PEFT" : "A loader";
  return [
    failed(
      "names",
      `${reader} ${does}${othersDo("do")}: ${why}`,
      `${reader} ${will}${othersDo("will")}: ${why}.${remedy}`,
    ),
  ];
}

function tensorsCheck(adapter: OpenedAdapter): Check {
  const {facts, keys, saved} = adapter;
  const usedText = `${grouped(facts.used)} of ${counted(facts.tensors, "tensor")} used`;
  const savedCount = saved.tensors.size;
  const leftCount = facts.tensors - facts.used - savedCount;
  let savedText = "";
  if (savedCount > 0) {
    const which =
      leftCount > 0 ? grouped(savedCount) : savedCount > 1 ? `the other ${grouped(savedCount)}` : "the other";
    const share = Math.round((100 * saved.numbers) / Math.max(1, facts.numbers + facts.otherNumbers));
    savedText =
      `; ${which} ${savedCount === 1 ? "is" : "are"} ${saved.what}, ` +
      `${share < 1 ? "under 1" : share}% of the file’s parameters`;
  }
  if (leftCount === 0) return passed("tensors", usedText + (savedText || ", none left over"));
  const unreadText = keys.unread.map(({kind, tensors}) => `${grouped(tensors)} of ${kind.title}`).join(", ");
  const whichText = unreadText ? ` (${unreadText})` : `, ${shown(firstLeftOver(adapter))} first`;
  const notPart = `${leftCount === 1 ? "it is" : "they are"} not part of any ΔW`;
  return failed("tensors", `${usedText}${savedText}; ${grouped(leftCount)} left over${whichText}: ${notPart}`);
}

/** The name of a tensor that is left over: of no kind, the same part as another, or of a module without a pair; "" if there is none. */
function firstLeftOver({keys, pairs, saved}: OpenedAdapter): string {
  const unpaired = [...keys.modules].find(([name]) => !pairs.has(name));
  return (
    keys.others.find((name) => !saved.tensors.has(name)) ??
    keys.rivals[0]?.[0] ??
    Object.values(unpaired?.[1].parts ?? {})[0] ??
    ""
  );
}

function finiteCheck({unmeasured, measured}: Summary, {facts}: OpenedAdapter): Check {
  if (unmeasured.length === 0) return passed("finite", `No NaN, no infinity in ${counted(measured.length, "module")}`);
  const tensors = new Set(unmeasured.flatMap(({broken}) => broken.map(({tensor}) => tensor)));
  const [first] = tensors;
  if (first === undefined)
    return failed("finite", `${counted(unmeasured.length, "module")} could not be read: ${unmeasured[0].sentence}`);
  const foundText =
    `${grouped(tensors.size)} of ${counted(facts.tensors, "tensor")} ${tensors.size === 1 ? "holds" : "hold"} NaN or ` +
    `infinity; the first is ${shown(first)}`;
  return failed("finite", `${foundText}. Such a module makes every output NaN. The rest is shown`, `${foundText}.`);
}

function pairsCheck({problems, pairs}: OpenedAdapter): Check {
  const [first] = problems;
  if (!first) return passed("pairs", `Every A has its B: ${counted(pairs.size, "module")}`);
  const more = problems.length > 1 ? `; and ${grouped(problems.length - 1)} more` : "";
  return failed("pairs", first.sentence + more, `${first.sentence}.`);
}

function zeroCheck({measured, isZero}: Summary): Check {
  const zero = measured.filter(({rmsB}) => rmsB === 0);
  if (zero.length === 0) return passed("zero", "Every B differs from 0");
  const sentence = isZero
    ? "Every B is 0: this adapter changes nothing yet"
    : `B is 0 in ${counted(zero.length, "module")}, ${shown(zero[0].name)} first: they change nothing`;
  return failed("zero", sentence, isZero ? `${sentence}.` : undefined);
}

/** The target_modules of a config, as names in a sentence, if they match not one module; a pattern matches when in doubt. */
function foreignTargets(pairs: readonly StoredPair[], config: Config | undefined): string | undefined {
  // Other families have other names for the same modules.
  if (config?.kind !== "PEFT" || !pairs.some(({family}) => family === "peft")) return undefined;
  const {target_modules: targets} = config;
  if (targets === null || pairs.some(({name}) => isTarget(config, config.rules, name))) return undefined;
  return typeof targets === "string" ? shown(targets) : targets.slice(0, 4).map(shown).join(", ");
}

/** Whether the config is for these modules and says their ranks. PEFT compares shapes even where it is told not to be strict. */
function configCheck({pairs, config}: OpenedAdapter): Check {
  const all = [...pairs.values()];
  const foreign = foreignTargets(all, config);
  if (foreign !== undefined) {
    const what = `its target_modules (${foreign}) match no module of the file`;
    return failed(
      "config",
      `The config may be another adapter’s: ${what}`,
      `This looks like another adapter’s config: ${what}.`,
    );
  }
  const configRanks = all.map((pair) => rankInConfig(pair, config));
  if (configRanks.every((rank) => rank === undefined)) return passed("config", "No config to check the ranks against");
  const mismatches = all
    .map((pair, i) => ({pair, configRank: configRanks[i]}))
    .filter(({pair, configRank}) => configRank !== undefined && configRank !== pair.r);
  if (mismatches.length === 0) return passed("config", "Ranks agree with the config");
  const [{pair, configRank}] = mismatches;
  const name = shown(pair.name);
  const more = mismatches.length > 1 ? ` (and ${grouped(mismatches.length - 1)} more)` : "";
  const sentence = `${name} has rank ${pair.r}, but its config says ${configRank}${more}; `;
  if (config?.kind !== "PEFT") return failed("config", `${sentence}loaders that trust the config will refuse it`);
  const isUniform =
    mismatches.length === all.length &&
    mismatches.every((one) => one.pair.r === pair.r && one.configRank === configRank);
  const whose = isUniform
    ? `${configRank}, but the tensors have ${pair.r}`
    : `${configRank} for ${name}, whose tensors have ${pair.r}`;
  return failed(
    "config",
    `${sentence}PEFT stops with “size mismatch”`,
    `PEFT will stop at this config: it says rank ${whose}.`,
  );
}

/** How A and B compare with a start; no check unless this shows that a run has hardly moved. */
function startCheck({start, hardlyMoved, measured, medianNorm, scales}: Summary): Check[] {
  if (!hardlyMoved) return [];
  const medianB = median(measured.map(({rmsB}) => rmsB));
  return [
    failed(
      "start",
      `A is ${start.median.toFixed(2)} times as large as PEFT starts it (${start.smallest.toFixed(2)} to ${start.largest.toFixed(2)} by module); ` +
        `entries of B are about ${medianB.toPrecision(1)}: barely trained, if it began as PEFT begins`,
      "This adapter was hardly trained: A is still as large as PEFT starts it, B is close to 0, and the median " +
        `${scales.asked > 0 ? "‖BA‖" : "‖ΔW‖"} is ${medianNorm.toPrecision(2)}.`,
    ),
  ];
}

function loudestCheck({measured, medianNorm}: Summary): Check {
  const loudest = measured.reduce((largest, one) => (one.norm > largest.norm ? one : largest));
  const ratio = medianNorm > 0 ? loudest.norm / medianNorm : 0;
  return passed(
    "loudest",
    ratio > LOUD_MEDIANS && measured.length >= 3
      ? `The largest is ${ratio.toFixed(1)} × the median of ${counted(measured.length, "module")}: ${shown(loudest.name)}`
      : `No module is above ${LOUD_MEDIANS} × the median`,
  );
}

function alphaCheck({scales, measured}: Summary): Check {
  const {asked, disagreement, lines} = scales;
  const unscaled = measured.filter(({scale}) => scale === 0);
  if (unscaled.length > 0) return zeroScaleCheck(unscaled, measured.length);
  if (asked > 0) {
    const modules = counted(asked, "module");
    const whose = asked === 1 ? "its" : "their";
    return failed("alpha", `No alpha was found for ${modules}: ${whose} strength is known only up to a factor`);
  }
  if (disagreement !== undefined) return failed("alpha", disagreement);
  const places = lines.map(({where, says}) => `${says} (${where})`).join("; ");
  return passed("alpha", places || "No module whose alpha could be told");
}

/** Modules whose scale is 0, of all that were measured. llama.cpp takes an alpha of 0 for none (`get_scale` in llama-adapter.h). */
function zeroScaleCheck(unscaled: readonly MeasuredUpdate[], measuredCount: number): Check {
  const [{name, scaleFrom}] = unscaled;
  if (unscaled.length < measuredCount)
    return failed(
      "alpha",
      `α is 0 in ${counted(unscaled.length, "module")}, ${shown(name)} first: nothing is added there`,
    );
  const sentence = `α is 0: ${scaleFrom === "config" ? ZERO_ALPHA : "nothing of this adapter is added"}`;
  return failed("alpha", sentence, `${sentence}.`);
}

/** The sentence to show first: the worst fault that was found, or else what the ranks say. */
export function sentenceOf(adapter: OpenedAdapter, summary: Summary): string {
  const {measured, r90} = summary;
  const [unread] = adapter.keys.unread;
  if (unread && summary.unmeasured.length + measured.length === 0)
    return `This is ${unread.kind.title}, which is named here and not measured: ${unread.kind.why}.`;
  const worst = healthOf(adapter, summary).find(({headline}) => headline !== undefined);
  if (worst) return worst.headline!;
  if (measured.length === 0) return "No module of this file could be read.";
  const ranks = adapter.facts.ranks.map(([r]) => r);
  const largest = Math.max(...ranks);
  if (largest === 1) return "Every update has rank 1: each is one direction, and there is nothing to cut.";
  const rankText = ranks.length === 1 ? `The rank is ${largest}` : `The ranks are ${Math.min(...ranks)} to ${largest}`;
  const conjunction = 2 * r90 < mean(measured.map(({r}) => r)) ? "but" : "and";
  const carry = r90.toFixed(1) === "1.0" ? "direction carries" : "directions carry";
  return `${rankText}, ${conjunction} on average ${r90.toFixed(1)} ${carry} 90% of the update.`;
}
