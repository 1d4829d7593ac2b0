/** What the figure of choices and seeds says in words. */
import {capital, fixed, lettersInDoubt, percent, whole} from "../../figure/plot/text/format.ts";
import {listText} from "../shared/listText.ts";
import {progressText} from "../shared/liveSentences.ts";
import type {SweepParams} from "./controls.ts";
import type {Contrast, SweepResult, SweepRow} from "./model.ts";

/** A run with a smaller share of exact answers is far from learning the task. */
const FAR = 0.5;

/** Whether every row has all its results. */
export const isWhole = ({live, pretrained}: SweepResult): boolean =>
  pretrained === undefined && (!live || live.done === live.due);

/** Nats a letter, or a share of exact answers. */
export const sweepResultText = (isWords: boolean, result: number): string =>
  isWords ? fixed(result, 4) : percent(result);

/** Worst first. */
const byMean = (rows: readonly SweepRow[]): SweepRow[] => rows.toSorted((a, b) => b.mean - a.mean);

/** The number of rows in which some seeds learn the task and others are far from it. */
export const disagreeingRows = ({rows}: SweepResult): number =>
  rows.filter(({learnedCount, results}) => learnedCount > 0 && Math.min(...results) < FAR).length;

/** With rows sorted by mean: how many neighbors have results that do not overlap. */
export const neighborsWithoutOverlap = ({rows}: SweepResult): number =>
  byMean(rows).filter((row, i, ordered) => i > 0 && Math.max(...row.results) < Math.min(...ordered[i - 1]!.results))
    .length;

const isOverlap = (one: SweepRow, other: SweepRow): boolean =>
  Math.max(...one.results) >= Math.min(...other.results) && Math.max(...other.results) >= Math.min(...one.results);

/** Pairs of rows whose runs overlap, by their places. */
export const overlaps = ({rows}: SweepResult): (readonly [SweepRow, SweepRow])[] =>
  rows.flatMap((one, i) =>
    rows.slice(i + 1).flatMap((other) => (isOverlap(one, other) ? [[one, other] as const] : [])),
  );

/** "rank 8, 16 and 32" */
const together = (rows: readonly SweepRow[], vary: SweepParams["vary"]): string =>
  listText(rows.map(({name}, i) => (i > 0 ? name.replace(`${vary} `, "") : name)));

/** Which rows the runs tell apart. */
function apartSays(result: SweepResult, vary: SweepParams["vary"]): string {
  const met = overlaps(result).flat();
  const [alone, meeting] = [false, true].map((is) => result.rows.filter((row) => met.includes(row) === is));
  if (!alone!.length) return `By ${result.seeds} runs no row can be told apart: each overlaps another.`;
  const apart = `${capital(together(alone!, vary))} can be told apart by ${result.seeds} runs`;
  if (!meeting!.length) return `${apart}, and no two rows overlap.`;
  const names = together(meeting!, vary);
  // Of three rows the first and the last may well be apart.
  return meeting!.length === 2 ? `${apart}; ${names} overlap.` : `${apart}; each of ${names} overlaps another.`;
}

/** The two places whose order another task may reverse: the one that more seeds learn with comes first. */
const rivals = ({here: [keys, values]}: Contrast) =>
  values > keys
    ? ({names: ["Wv", "Wq + Wk"], seeds: [values, keys]} as const)
    : ({names: ["Wq + Wk", "Wv"], seeds: [keys, values]} as const);

const isTurned = ({here: [keys, values], other: [keysThere, valuesThere]}: Contrast): boolean =>
  (keys - values) * (keysThere - valuesThere) < 0;

function contrastSays(contrast: Contrast, task: string): string {
  const {names, seeds} = rivals(contrast);
  const [keys, values] = contrast.other.map((count) => (count ? whole(count) : "none"));
  const there = names[0] === "Wv" ? `${values} to ${keys}` : `${keys} to ${values}`;
  if (isTurned(contrast))
    return `No: on “${task}” ${names[0]} beats ${names[1]} by ${seeds[0]} seeds to ${seeds[1] || "none"}; on “${contrast.otherTask}” it loses, ${there}.`;
  return `On this base no order turns: ${names[0]} learns “${task}” with ${seeds[0]} seeds, ${names[1]} with ${seeds[1]}.`;
}

/** The places that a sentence about two tasks compares. */
export const RIVALS: readonly string[] = ["Wv", "Wq + Wk"];

/** The name of the row that the sentence is about. */
export function newsOf(result: SweepResult, {vary}: SweepParams): string | undefined {
  if (!isWhole(result)) return undefined;
  if (result.contrast) return rivals(result.contrast).names[0];
  return vary === "matrices" && result.isWords ? byMean(result.rows).at(-1)!.name : undefined;
}

/** Best and worst, which rows are told apart, or who learns and who does not. */
export function says(result: SweepResult, {vary}: SweepParams): string {
  const {live, pretrained, machine, isWords, rows, seeds, task, contrast} = result;
  if (pretrained !== undefined)
    return `This base is being pretrained first: ${whole(pretrained)} of ${whole(machine!.steps)} steps.`;
  if (live && !isWhole(result)) return `${live.done} of ${live.due} runs made here so far.`;
  if (isWords && vary !== "matrices") return apartSays(result, vary);
  if (isWords) {
    const [worst, best] = [byMean(rows)[0]!, byMean(rows).at(-1)!];
    const doubt = ({mean}: SweepRow) => fixed(lettersInDoubt(mean), 2);
    return `Worst is ${worst.name}, with ${doubt(worst)} letters in doubt on average; best is ${best.name}, with ${doubt(best)}.`;
  }
  if (contrast) return contrastSays(contrast, task);
  const [every, none] = [seeds, 0].map((count) => rows.filter(({learnedCount}) => learnedCount === count));
  if (task && every!.length)
    return `Every seed learns “${task}” with ${together(every!, vary)}${none!.length ? `, and none with ${together(none!, vary)}` : ""}.`;
  const counts = [every, none].map((some) => some!.length || "none");
  return `Every seed learns ${task ? `“${task}”` : "its task"} in ${counts[0]} of ${rows.length} rows, and no seed does in ${counts[1]}.`;
}

/** "by every seed with Wv and Wo; by 9 with Wq + Wv; by none with Wq (0.1% at most)" */
function learnedBy({rows, seeds}: SweepResult, vary: SweepParams["vary"]): string {
  const counts = [...new Set(rows.map(({learnedCount}) => learnedCount))].sort((a, b) => b - a);
  const groups = counts.map((count) => {
    const group = rows.filter(({learnedCount}) => learnedCount === count);
    // Quoted because names of tasks contain commas.
    const names = listText(group.map(({name}) => (vary === "tasks" ? `“${name}”` : name)));
    const where = `${{matrices: "with", rank: "at", rate: "at", tasks: "on"}[vary]} ${names}`;
    if (count > 0) return `by ${count === seeds ? "every seed" : count} ${where}`;
    const most = Math.max(...group.flatMap(({results}) => results));
    return `by none ${where} (${percent(most)} at most)`;
  });
  return groups.join("; ");
}

/** The second sentence: what is trained, and how far the seeds agree. */
export function seedsSay(result: SweepResult, {vary}: SweepParams): string {
  const {task, places, isWords, seeds, rows, machine, live} = result;
  const base = machine ? `, base of seed ${machine.seed} after ${whole(machine.steps)} steps` : "";
  const what = places ? (task ? `“${task}” with ${places}` : `each task with ${places}`) : `“${task}”`;
  if (result.pretrained !== undefined) return `Learning ${what}: this base’s weights are not on the page.`;
  if (live && !isWhole(result)) return `Learning ${what}${base}: ${progressText(live)}.`;
  const head = `Learning ${what}, ${seeds} seeds a row${base}${live ? ` (${progressText(live)})` : ""}`;
  if (!isWords) return `${head}: 90% is reached ${learnedBy(result, vary)}.`;
  const [count, gaps] = [neighborsWithoutOverlap(result), rows.length - 1];
  const rest = count < gaps ? "; in the rest they do" : ", so each choice matters more than the seed";
  return `${head}: in ${count} of ${gaps} places in the order of the means the seeds of neighbors do not overlap${rest}.`;
}
