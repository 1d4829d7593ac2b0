/** The sentences of the figure of choices and seeds, and the comparisons of rows behind them. */
import {capital, fixed, lettersInDoubt, percent, whole} from "../../figure/plot/text/format.ts";
import {listText} from "../shared/listText.ts";
import {progressText} from "../shared/liveSentences.ts";
import type {SweepParams} from "./controls.ts";
import type {Contrast, SweepResult, SweepRow} from "./model.ts";

/** A run with a smaller share of exact answers is far from learning the task. */
const FAR_SHARE = 0.5;

/** Whether every row has all its results. */
export const isWhole = ({live, pretrained}: SweepResult): boolean =>
  pretrained === undefined && (!live || live.done === live.due);

/** A result as text: nats a letter, or a share of exact answers. */
export const sweepResultText = (isWords: boolean, result: number): string =>
  isWords ? fixed(result, 4) : percent(result);

/** The rows by their means, the worst first. */
const byMean = (rows: readonly SweepRow[]): SweepRow[] => rows.toSorted((a, b) => b.mean - a.mean);

/** The number of rows in which some seeds learn the task and others are far from it. */
export const disagreeingRows = ({rows}: SweepResult): number =>
  rows.filter(({learnedCount, results}) => learnedCount > 0 && Math.min(...results) < FAR_SHARE).length;

/** How many rows do not overlap with the one before, if they are sorted by mean. */
export const neighborsWithoutOverlap = ({rows}: SweepResult): number =>
  byMean(rows).filter((row, i, ordered) => i > 0 && Math.max(...row.results) < Math.min(...ordered[i - 1]!.results))
    .length;

/** Whether the ranges of two rows overlap. */
const isOverlap = (one: SweepRow, other: SweepRow): boolean =>
  Math.max(...one.results) >= Math.min(...other.results) && Math.max(...other.results) >= Math.min(...one.results);

/** The pairs of rows whose results overlap. */
export const overlappingPairs = ({rows}: SweepResult): (readonly [SweepRow, SweepRow])[] =>
  rows.flatMap((one, i) =>
    rows.slice(i + 1).flatMap((other) => (isOverlap(one, other) ? [[one, other] as const] : [])),
  );

/** "rank 8, 16 and 32" */
const namesText = (rows: readonly SweepRow[], vary: SweepParams["vary"]): string =>
  listText(rows.map(({name}, i) => (i > 0 ? name.replace(`${vary} `, "") : name)));

/** The sentence on which rows the runs tell apart. */
function apartSentence(result: SweepResult, vary: SweepParams["vary"]): string {
  const pairs = overlappingPairs(result).flat();
  const [apart, overlapping] = [false, true].map((is) => result.rows.filter((row) => pairs.includes(row) === is));
  if (!apart!.length) return `By ${result.seeds} runs no row can be told apart: each overlaps another.`;
  const apartText = `${capital(namesText(apart!, vary))} can be told apart by ${result.seeds} runs`;
  if (!overlapping!.length) return `${apartText}, and no two rows overlap.`;
  const names = namesText(overlapping!, vary);
  // Of three rows the first and the last may well be apart.
  return overlapping!.length === 2
    ? `${apartText}; ${names} overlap.`
    : `${apartText}; each of ${names} overlaps another.`;
}

/** The two places whose order another task may reverse: the one that more seeds learn with comes first. */
const rivals = ({here: [keys, values]}: Contrast) =>
  values > keys
    ? ({names: ["Wv", "Wq + Wk"], seeds: [values, keys]} as const)
    : ({names: ["Wq + Wk", "Wv"], seeds: [keys, values]} as const);

/** Whether the other task reverses their order. */
const isReversed = ({here: [keys, values], other: [keysThere, valuesThere]}: Contrast): boolean =>
  (keys - values) * (keysThere - valuesThere) < 0;

/** The sentence on whether the other task reverses the order of two places. */
function contrastSentence(contrast: Contrast, task: string): string {
  const {names, seeds} = rivals(contrast);
  const [keys, values] = contrast.other.map((count) => (count ? whole(count) : "none"));
  const otherText = names[0] === "Wv" ? `${values} to ${keys}` : `${keys} to ${values}`;
  if (isReversed(contrast))
    return `No: on “${task}” ${names[0]} beats ${names[1]} by ${seeds[0]} seeds to ${seeds[1] || "none"}; on “${contrast.otherTask}” it loses, ${otherText}.`;
  return `On this base no order turns: ${names[0]} learns “${task}” with ${seeds[0]} seeds, ${names[1]} with ${seeds[1]}.`;
}

/** The places that the sentence on two tasks compares. */
export const COMPARED_PLACES: readonly string[] = ["Wv", "Wq + Wk"];

/** The name of the row that the sentence is about; undefined if it is about several, or runs are missing. */
export function highlightedRow(result: SweepResult, {vary}: SweepParams): string | undefined {
  if (!isWhole(result)) return undefined;
  if (result.contrast) return rivals(result.contrast).names[0];
  return vary === "matrices" && result.isWords ? byMean(result.rows).at(-1)!.name : undefined;
}

/** The card's sentence: best and worst, which rows are told apart, or with which the seeds learn. */
export function cardSentence(result: SweepResult, {vary}: SweepParams): string {
  const {live, pretrained, machine, isWords, rows, seeds, task, contrast} = result;
  if (pretrained !== undefined)
    return `This base is being pretrained first: ${whole(pretrained)} of ${whole(machine!.steps)} steps.`;
  if (live && !isWhole(result)) return `${live.done} of ${live.due} runs made here so far.`;
  if (isWords && vary !== "matrices") return apartSentence(result, vary);
  if (isWords) {
    const [worst, best] = [byMean(rows)[0]!, byMean(rows).at(-1)!];
    const doubt = ({mean}: SweepRow) => fixed(lettersInDoubt(mean), 2);
    return `Worst is ${worst.name}, with ${doubt(worst)} letters in doubt on average; best is ${best.name}, with ${doubt(best)}.`;
  }
  if (contrast) return contrastSentence(contrast, task);
  const [every, none] = [seeds, 0].map((count) => rows.filter(({learnedCount}) => learnedCount === count));
  if (task && every!.length)
    return `Every seed learns “${task}” with ${namesText(every!, vary)}${none!.length ? `, and none with ${namesText(none!, vary)}` : ""}.`;
  const counts = [every, none].map((some) => some!.length || "none");
  return `Every seed learns ${task ? `“${task}”` : "its task"} in ${counts[0]} of ${rows.length} rows, and no seed does in ${counts[1]}.`;
}

/** "by every seed with Wv and Wo; by 9 with Wq + Wv; by none with Wq (0.1% at most)" */
function learnedByText({rows, seeds}: SweepResult, vary: SweepParams["vary"]): string {
  const counts = [...new Set(rows.map(({learnedCount}) => learnedCount))].sort((a, b) => b - a);
  const groups = counts.map((count) => {
    const group = rows.filter(({learnedCount}) => learnedCount === count);
    // Quoted because names of tasks contain commas.
    const names = listText(group.map(({name}) => (vary === "tasks" ? `“${name}”` : name)));
    const where = `${{matrices: "with", rank: "at", rate: "at", tasks: "on"}[vary]} ${names}`;
    if (count > 0) return `by ${count === seeds ? "every seed" : count} ${where}`;
    const best = Math.max(...group.flatMap(({results}) => results));
    return `by none ${where} (${percent(best)} at most)`;
  });
  return groups.join("; ");
}

/** The sentence that Explore adds: what is trained, and how far the seeds agree. */
export function seedsSentence(result: SweepResult, {vary}: SweepParams): string {
  const {task, places, isWords, seeds, rows, machine, live} = result;
  const base = machine ? `, base of seed ${machine.seed} after ${whole(machine.steps)} steps` : "";
  const what = places ? (task ? `“${task}” with ${places}` : `each task with ${places}`) : `“${task}”`;
  if (result.pretrained !== undefined) return `Learning ${what}: this base’s weights are not on the page.`;
  if (live && !isWhole(result)) return `Learning ${what}${base}: ${progressText(live)}.`;
  const head = `Learning ${what}, ${seeds} seeds a row${base}${live ? ` (${progressText(live)})` : ""}`;
  if (!isWords) return `${head}: 90% is reached ${learnedByText(result, vary)}.`;
  const [count, gaps] = [neighborsWithoutOverlap(result), rows.length - 1];
  const rest = count < gaps ? "; in the rest they do" : ", so each choice matters more than the seed";
  return `${head}: in ${count} of ${gaps} places in the order of the means the seeds of neighbors do not overlap${rest}.`;
}
