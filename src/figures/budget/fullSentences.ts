import {percent, whole} from "../../figure/plot/text/format.ts";
import {progressText} from "../shared/liveSentences.ts";
import {OPERATIONS} from "../shared/taskNames.ts";
import {isWithinSpread} from "../shared/withinSpread.ts";
import type {BudgetParams} from "./controls.ts";
import {
  type BudgetResult,
  LEARNED_TASKS,
  type Learned,
  matrixSum,
  type PaperScores,
  type PaperTask,
  PRINTED,
  type SettingRow,
} from "./result.ts";
import {chosenRow, hasAllRuns, learnedBy, plusMinus, printedScore, ranksText, sureRanks, tasks} from "./sentences.ts";

/** The progress of the live runs, as a phrase. */
const progress = ({next, ...live}: NonNullable<BudgetResult["live"]>): string =>
  progressText({
    ...live,
    ...(next && {next: `“${OPERATIONS[next.learned]}” at rank ${next.r} with seed ${next.seed}`}),
  });

/** The lowest and highest score of a set over the ranks that the paper tested. */
export function scoreRange({sets}: BudgetResult, on: string, task: PaperTask): [number, number] | undefined {
  const scores = sets.find((set) => set.on === on)?.scores.flatMap((one) => (one ? [one[task]] : []));
  return scores && [Math.min(...scores), Math.max(...scores)];
}

const withSpread = (scores: PaperScores, fluctuation: PaperScores): string =>
  PRINTED.map((task) => `${printedScore(scores[task])} ${plusMinus(fluctuation[task])} on ${tasks[task]}`).join(
    " and ",
  );

/** Whether two scores of a task tie, each with the ± that is typical for the task. */
const isWithin = ({fluctuation}: BudgetResult, task: PaperTask, one: number, other: number): boolean =>
  !!isWithinSpread({score: one, spread: fluctuation[task]}, {score: other, spread: fluctuation[task]});

/** How the scores compare with the best: "the best on both", "the best on WikiSQL and tied with the best on MultiNLI". */
function againstBest(result: BudgetResult, scores: PaperScores): string {
  const {best} = result;
  const found = PRINTED.map((task) => {
    if (scores[task] === best[task]) return "the best";
    return isWithin(result, task, scores[task], best[task]) ? "tied with the best" : "clearly worse than the best";
  });
  if (found[0] === found[1]) return `${found[0]} on both`;
  return PRINTED.map((task, i) => `${found[i]} on ${tasks[task]}`).join(" and ");
}

function paperSide(result: BudgetResult, on: string): string {
  const {rank, cost, budget, fluctuation} = result;
  const row = chosenRow(result)!;
  if (row.scores)
    return `On ${matrixSum(on)}, ${whole(budget)} parameters of GPT-3 make rank ${rank}, and the paper reports ${withSpread(row.scores, fluctuation)}, ${againstBest(result, row.scores)}`;
  const spent =
    cost.large === budget
      ? `make rank ${rank}`
      : `make rank ${rank}, with ${whole(budget - cost.large)} left over, because a rank is a whole number`;
  return `On ${matrixSum(on)}, ${whole(budget)} parameters of GPT-3 ${spent}: the paper did not test this choice`;
}

function tinySide(result: BudgetResult, seed: number): string {
  const row = chosenRow(result)!;
  const counts = LEARNED_TASKS.map((learned) => `“${OPERATIONS[learned]}” with ${learnedBy(row, learned)}`);
  const live = result.live ? ` (${progress(result.live)})` : "";
  return `The tiny model, with the same matrices at the same rank, learns ${counts.join(" and ")} of ${result.seeds} seeds${live}; seed ${seed} gets ${LEARNED_TASKS.map((learned) => seedResult(row, learned, seed)).join(" and ")} right`;
}

function overRanks(result: BudgetResult, on: string): string {
  const {fluctuation} = result;
  const moves = PRINTED.map((task) => {
    const [low, high] = scoreRange(result, on, task)!;
    const apart = isWithin(result, task, low, high) ? "all ties" : "not all ties";
    return `between ${printedScore(low)} and ${printedScore(high)} on ${tasks[task]} (${plusMinus(fluctuation[task])}, ${apart})`;
  });
  return `At the ranks that Table 6 has for ${matrixSum(on)}, GPT-3 stays ${moves.join(" and ")}`;
}

function tinyRanks(result: BudgetResult, on: string): string {
  const {rows, seeds, live, width} = result;
  if (!rows.some((row) => hasAllRuns(row, seeds)))
    return `For the tiny model no runs of ${matrixSum(on)} at these ranks are stored, but you can run them live`;
  const found = LEARNED_TASKS.map((learned) => {
    const ranks = sureRanks(result, learned);
    return `“${OPERATIONS[learned]}” at ${ranksText(ranks)}${ranks.length ? "" : ` up to ${width}`}`;
  });
  const made = live ? ` (${progress(live)})` : "";
  return `In the tiny model all ${seeds} seeds learn ${found.join(" and ")}${made}`;
}

/** What is set, what came of it and what it means. */
export function summary(result: BudgetResult, {by, on, seed}: BudgetParams): string {
  const {live} = result;
  if (on === "") return "No matrix is chosen, so nothing is trained and both models stay as they are.";
  const isRunning = live && live.done < live.due;
  if (by === "rank") {
    const known = scoreRange(result, on, "wikisql");
    const paper = known ? overRanks(result, on) : `Table 6 does not include ${matrixSum(on)}: no rank of it was tested`;
    return `${paper}. ${isRunning ? `In the tiny model: ${progress(live)}` : tinyRanks(result, on)}.`;
  }
  return `${paperSide(result, on)}. ${isRunning ? `In the tiny model: ${progress(live)}` : tinySide(result, seed)}.`;
}

/** "13.2%", or "–" if there is no such run. */
export const seedResult = (row: SettingRow | undefined, learned: Learned, seed: number): string => {
  const share = row?.results[learned][seed - 1];
  return share === undefined ? "–" : percent(share);
};

/** What the rows of the tiny model show, and the limits of that; a test checks it against the stored runs. */
export const rowFindings = {
  budget: [
    "“Reverse, +1” has to carry something new: every choice with Wv or Wo learns it, and no choice without them does. “Rotate by two” is learned from at least one seed by every choice with a query or a key, and from none by Wv or Wv + Wo; but Wo alone learns it from as many seeds as all four.",
    "So the two tasks rank the matrices differently. In one layer the query and key decide where a token looks, and the value and Wo decide what it brings back. Over two layers the split is less sharp, because layer 2’s queries and keys read what layer 1 carried. Which matrices are enough depends on the task and on the base.",
  ],
  rank: [
    "No rank makes up for the wrong matrices: Wq alone learns nothing of “Reverse, +1” at any rank. With all four, rank 1 is enough; with Wq + Wv it takes rank 8 here before every seed learns it.",
    "In GPT-3, on the two tasks tested, rank 1 with Wq + Wv tied with every larger rank but one, rank 8 on MultiNLI. Neither finding is a rule for the next task.",
  ],
} as const;
