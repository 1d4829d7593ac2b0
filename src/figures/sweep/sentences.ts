/** What the figure of choices and seeds says in words. */
import {capital, counted, fixed, lettersInDoubt, percent, whole} from "../../figure/plot/text/format.ts";
import {listText} from "../shared/listText.ts";
import {controls, type SweepParams} from "./controls.ts";
import type {LiveState, SweepResult, SweepRow, TaskSeeds} from "./model.ts";

/** A run with fewer exact answers than this share is far from learning the task. */
const FAR_SHARE = 0.5;

/** Whether every row has all its results. */
export const isWhole = ({live, pretrainedSteps}: SweepResult): boolean =>
  pretrainedSteps === undefined && (!live || live.doneCount === live.allCount);

/** Nats a letter, or a share of exact answers. */
export const sweepResultText = (isWords: boolean, result: number): string =>
  isWords ? fixed(result, 4) : percent(result);

/** The rows, worst first. */
const byMean = (rows: readonly SweepRow[]): SweepRow[] => rows.toSorted((a, b) => b.mean - a.mean);
/** For results in nats, of which fewer are better. */
const bestRow = ({rows}: SweepResult): SweepRow => byMean(rows).at(-1)!;

/** The number of rows in which some seeds learn the task and others are far from it. */
export const disagreeingRows = ({rows}: SweepResult): number =>
  rows.filter(({learnedCount, results}) => learnedCount > 0 && Math.min(...results) < FAR_SHARE).length;

/** With rows sorted by mean: how many neighbors have results that do not overlap. */
export const neighborsWithoutOverlap = ({rows}: SweepResult): number =>
  byMean(rows).filter((row, i, sorted) => i > 0 && Math.max(...row.results) < Math.min(...sorted[i - 1]!.results))
    .length;

const doOverlap = (one: SweepRow, other: SweepRow): boolean =>
  Math.max(...one.results) >= Math.min(...other.results) && Math.max(...other.results) >= Math.min(...one.results);

/** The rows whose runs overlap those of another row. */
export const overlappingRows = ({rows}: SweepResult): SweepRow[] =>
  rows.filter((row) => rows.some((other) => other !== row && doOverlap(row, other)));

/** "rank 8, 16 and 32" */
const namesText = (rows: readonly SweepRow[], vary: SweepParams["vary"]): string =>
  listText(rows.map(({name}, i) => (i > 0 ? name.replace(`${vary} `, "") : name)));

/** Which rows the runs tell apart. */
function apartText(result: SweepResult, vary: SweepParams["vary"]): string {
  const overlapping = overlappingRows(result);
  const apart = result.rows.filter((row) => !overlapping.includes(row));
  const overlappingText = overlapping.length
    ? `each of ${namesText(overlapping, vary)} overlaps another`
    : "none overlap";
  if (!apart.length) return `By ${result.seeds} runs no row can be told apart: ${overlappingText}.`;
  return `${capital(namesText(apart, vary))} can be told apart by ${result.seeds} runs; ${overlappingText}.`;
}

/** The places that the sentence about two tasks compares. */
export const COMPARED_PLACES: readonly string[] = ["Wv", "Wq + Wk", "Wq"];

/** Whether the order of the first two compared places turns from one task to the other, and how many seeds learn each from all of them. */
function twoTasksText({task, rows, seeds, machine}: SweepResult, tasks: readonly TaskSeeds[]): string {
  const countsOf = ({learnedCounts}: TaskSeeds) =>
    COMPARED_PLACES.map((place) => learnedCounts[rows.findIndex(({name}) => name === place)]!);
  const [chosen, other] = tasks.toSorted((a, b) => Number(b.task === task) - Number(a.task === task));
  const counts = countsOf(chosen!).map(
    (count, i) => `${count}${i ? "" : ` of ${seeds} seeds`} with ${COMPARED_PLACES[i]}`,
  );
  const [lead, otherLead] = [chosen!, other!].map((one) => countsOf(one)[0]! - countsOf(one)[1]!);
  const verdict = lead! * otherLead! < 0 ? "The order turns" : "The order does not turn";
  const isFirst = machine!.seed === controls.machine.value && String(machine!.steps) === controls.pretraining.value;
  return `${isFirst ? verdict : "Another base"}: “${chosen!.task}” is learned by ${listText(counts)}; “${other!.task}” by ${listText(countsOf(other!).map(String))}.`;
}

/** The row with the answer: the best place for names. */
export const answerRow = (result: SweepResult, {vary}: SweepParams): SweepRow | undefined =>
  isWhole(result) && vary === "matrices" && result.isWords ? bestRow(result) : undefined;

/** The sentence of the card: best and worst, which rows are told apart, or who learns. */
export function cardSentence(result: SweepResult, {vary}: SweepParams): string {
  const {live, pretrainedSteps, machine, isWords, rows, seeds, task, tasks} = result;
  if (pretrainedSteps !== undefined)
    return `This base is being pretrained first: ${whole(pretrainedSteps)} of ${whole(machine!.steps)} steps.`;
  if (live && !isWhole(result)) return `${live.doneCount} of ${live.allCount} runs made here so far.`;
  if (isWords && vary !== "matrices") return apartText(result, vary);
  if (isWords) {
    const [worst, best] = [byMean(rows)[0]!, bestRow(result)];
    const doubt = ({mean}: SweepRow) => fixed(lettersInDoubt(mean), 2);
    return `Worst is ${worst.name}, with ${doubt(worst)} letters in doubt on average; best is ${best.name}, with ${doubt(best)}.`;
  }
  if (tasks) return twoTasksText(result, tasks);
  const [byAll, byNone] = [seeds, 0].map((count) => rows.filter(({learnedCount}) => learnedCount === count).length);
  return `Every seed learns ${task ? `“${task}”` : "its task"} in ${byAll} of ${rows.length} rows, and no seed does in ${byNone}.`;
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
    const best = Math.max(...group.flatMap(({results}) => results));
    return `by none ${where} (${percent(best)} at most)`;
  });
  return groups.join("; ");
}

/** Progress of the live runs, and how many equal the stored ones, as part of a sentence. */
function progressText({doneCount, allCount, storedCount, equalCount, path, next}: LiveState): string {
  const equal = equalCount === storedCount ? "all of them" : `${equalCount} of ${storedCount}`;
  const reason =
    equalCount < storedCount && path === "plain" ? ", because this browser computes without the kernels" : "";
  const progress = `${doneCount} of ${counted(allCount, "run")} made here, and ${equal} came out as stored${reason}`;
  return next ? `${progress}; next comes ${next}` : progress;
}

/** The second sentence: what is trained, and how far the seeds agree. */
export function seedsSentence(result: SweepResult, {vary}: SweepParams): string {
  const {task, places, isWords, seeds, rows, machine, live} = result;
  const base = machine ? `, base of seed ${machine.seed} after ${whole(machine.steps)} steps` : "";
  const training = [task ? `“${task}”` : "each task", places].filter(Boolean).join(" with ");
  if (result.pretrainedSteps !== undefined) return `Learning ${training}: this base’s weights are not on the page.`;
  if (live && !isWhole(result)) return `Learning ${training}${base}: ${progressText(live)}.`;
  const start = `Learning ${training}, ${seeds} seeds a row${base}${live ? ` (${progressText(live)})` : ""}`;
  if (!isWords) return `${start}: 90% is reached ${learnedBy(result, vary)}.`;
  return `${start}: in ${neighborsWithoutOverlap(result)} of ${rows.length - 1} places in the order of the means the seeds of neighbors do not overlap.`;
}
