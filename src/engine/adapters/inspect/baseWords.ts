/** The comparison of an adapter with its base as sentences and a table, for the inspector's page and a terminal. */
import {grouped, listed} from "../../wording.ts";
import type {BaseComparison} from "./againstBase.ts";
import {type BaseShares, type Presence, presenceOf, sharesOf, sumOfSums} from "./baseSums.ts";

/** A merge keeps ΔW from this share on; rounding does not blur it up to this error, in lengths of ΔW. */
const [MIN_KEPT, MAX_ERROR] = [0.95, 0.5];

/** 0.4123 → "41%", 0.0031 → "0.31%": two digits, and no more than whole percents above 10. A share of nothing is "–". */
const percent = (share: number): string => {
  const value = 100 * share;
  if (!Number.isFinite(value)) return "–";
  return `${Math.abs(value) >= 9.95 ? value.toFixed(0) : String(Number(value.toPrecision(2)))}%`.replace(/^-/, "−");
};

/** 1.03 → "1.03", −0.5 → "−0.50". */
const signed = (x: number): string => x.toFixed(2).replace("-", "−").replace("−0.00", "0.00");

/** The comparison in words. */
export interface BaseReport {
  /** The sentence at the top. */
  headline: string;
  /** What follows from it, and what the numbers do not say. */
  notes: string[];
  /** Whether the adapter is in the merged model; absent if there is none. */
  presence?: string;
  /** The formats of the base and of the merged model. */
  dtypes: string[];
  mergedDtypes: string[];
  head: string[];
  /** A row for each module, those that lose most first. */
  rows: string[][];
  /** How many modules are left out of these numbers, in a sentence; absent if none is. */
  left?: string;
}

/** The report on all modules. */
export function baseReport(comparison: BaseComparison): BaseReport {
  const {modules, leftOut, isMerged, dtypes, mergedDtypes} = comparison;
  const total = sumOfSums(modules.map(({sums}) => sums));
  const shares = sharesOf(total);
  const rows = modules
    .map(({name, sums}) => ({name, shares: sharesOf(sums), presence: presenceOf(sums)}))
    .sort((a, b) => a.shares.kept - b.shares.kept);
  const presence = presenceOf(total);
  return {
    headline: headlineOf(shares),
    notes: notesOf(shares),
    dtypes,
    mergedDtypes,
    ...(isMerged && {presence: presenceSentence(presence, mergedDtypes)}),
    head: ["module", "kept in BF16", "error", "‖ΔW‖ / ‖W‖", "in half steps", ...(isMerged ? ["strength found"] : [])],
    rows: rows.map(({name, shares: {size, halfSteps, kept, error}, presence: {kind, strength}}) => [
      name,
      percent(kept),
      percent(error),
      percent(size),
      String(Number(halfSteps.toPrecision(2))),
      ...(isMerged ? [kind === "lost" ? "–" : signed(strength)] : []),
    ]),
    ...(leftOut.length > 0 && {left: leftOutSentence(modules.length, leftOut)}),
  };
}

function headlineOf({size, kept, error}: BaseShares): string {
  if (size === 0) return "This adapter changes nothing: ΔW is 0 in every module.";
  const length = `${percent(size)} as long as the weights it changes`;
  if (kept < MIN_KEPT) return `A merge in BF16 would keep ${percent(kept)} of this change, which is ${length}.`;
  const rounding = `rounding adds an error of ${percent(error)} of it`;
  return error > MAX_ERROR
    ? `A merge in BF16 would blur this change, which is ${length}: ${rounding}.`
    : `A merge in BF16 keeps this change, which is ${length}; ${rounding}.`;
}

function notesOf({size, kept, error}: BaseShares): string[] {
  if (size === 0) return [];
  return [
    "Kept is the part of ΔW, along its own direction, that is left once W + ΔW is rounded to BF16; the error is all that rounding changes, in lengths of ΔW. An entry of ΔW that is smaller than half a step of its weight can be rounded away: the column “in half steps” has the two, as root mean squares.",
    ...(kept < MIN_KEPT || error > MAX_ERROR
      ? ["Loaded beside the base, or merged and saved in F32, all of it acts."]
      : []),
  ];
}

function presenceSentence({kind, strength, isRough, cosine, distance}: Presence, dtypes: readonly string[]): string {
  const format = listed(dtypes);
  const times = `${isRough ? "about " : ""}strength ${signed(strength)}`;
  const cosineText = `cosine ${signed(cosine)}`;
  switch (kind) {
    case "lost":
      return `Nobody can tell whether this adapter is in this checkpoint: rounding to ${format} leaves nothing of it.`;
    case "base":
      return "This adapter is not in this checkpoint: its weights are the base’s own.";
    case "in":
      return distance === 0
        ? `This adapter is in this checkpoint, bit for bit: its weights are W + ΔW, rounded to ${format}.`
        : `This adapter is in this checkpoint, at full strength: it differs from W + ΔW, rounded to ${format}, by ${percent(distance)} of the change.`;
    case "strength":
      return `This adapter is in this checkpoint at ${times} in place of 1.`;
    case "beside":
      return `This adapter is in this checkpoint at ${times}, with another change beside it: what was changed has ${cosineText} with ΔW.`;
    case "absent":
      return `This adapter is not in this checkpoint: what was changed there has ${cosineText} with ΔW.`;
  }
}

function leftOutSentence(used: number, leftOut: BaseComparison["leftOut"]): string {
  const [first] = leftOut;
  return `${grouped(leftOut.length)} of ${grouped(used + leftOut.length)} modules are not in these numbers; the first: ${first.sentence}.`;
}
