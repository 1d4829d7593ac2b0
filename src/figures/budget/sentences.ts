/** The sentences of the figure on the budget, and how its numbers are written. */
import {fixed, percent, whole} from "../../figure/plot/text/format.ts";
import {listText} from "../shared/listText.ts";
import {progressText} from "../shared/liveSentences.ts";
import {LEARNED_SHARE, OPERATIONS} from "../shared/taskNames.ts";
import {isWithinSpread} from "../shared/withinSpread.ts";
import type {BudgetParams} from "./controls.ts";
import {
  type BudgetResult,
  LEARNED_TASKS,
  type Learned,
  matrixSum,
  type PaperTask,
  PRINTED,
  type SettingRow,
} from "./result.ts";

/** The names of the paper's tasks. */
export const tasks: Readonly<Record<PaperTask, string>> = {wikisql: "WikiSQL", multinli: "MultiNLI"};

/** A score as the tables print it. */
export const printedScore = (value: number): string => fixed(value, 1);

/** "± 0.5" */
export const plusMinus = (value: number): string => `± ${fixed(value, 1)}`;

/** How many seeds of a row have learned a task. */
export const learnedBy = ({results}: SettingRow, learned: Learned): number =>
  results[learned].filter((share) => share >= LEARNED_SHARE).length;

/** "9 of 10"; empty if there is no run. */
export const seedsThatLearned = (row: SettingRow, learned: Learned): string =>
  row.results[learned].length ? `${learnedBy(row, learned)} of ${row.results[learned].length}` : "";

/** Whether a row has a run for every seed. */
export const hasAllRuns = ({results}: SettingRow, seeds: number): boolean =>
  LEARNED_TASKS.every((learned) => results[learned].length === seeds);

/** The row of the chosen matrices. */
export const chosenRow = ({rows}: BudgetResult): SettingRow | undefined => rows.find(({isChosen}) => isChosen);

/** The ranks at which every seed learns a task. */
export const sureRanks = ({rows, seeds}: BudgetResult, learned: Learned): number[] =>
  rows.flatMap((row) => (learnedBy(row, learned) === seeds ? [row.r] : []));

/** "ranks 8, 16 and 32", or "no rank". */
export const ranksText = (ranks: readonly number[]): string =>
  ranks.length ? `rank${ranks.length > 1 ? "s" : ""} ${listText(ranks.map(String))}` : "no rank";

/** The lowest and highest score of a set over the ranks that the paper tested. */
export function scoreRange({sets}: BudgetResult, on: string, task: PaperTask): [number, number] | undefined {
  const scores = sets.find((set) => set.on === on)?.scores.flatMap((one) => (one ? [one[task]] : []));
  return scores && [Math.min(...scores), Math.max(...scores)];
}

/** Whether two scores of a task tie, each with the ± that is typical for the task. */
export const isTie = ({fluctuation}: BudgetResult, task: PaperTask, one: number, other: number): boolean =>
  !!isWithinSpread({score: one, spread: fluctuation[task]}, {score: other, spread: fluctuation[task]});

/** "13.2%", or "–" if there is no such run. */
export const seedResult = (row: SettingRow | undefined, learned: Learned, seed: number): string => {
  const share = row?.results[learned][seed - 1];
  return share === undefined ? "–" : percent(share);
};

/** What the paper found at the chosen matrices. */
export function says(result: BudgetResult, {by, on, scored}: BudgetParams): string {
  const {rows, rank, cost, budget, best, fluctuation} = result;
  if (on === "") return "No matrix is chosen, so nothing is trained.";
  if (by === "rank") {
    const ends = scoreRange(result, on, scored);
    if (!ends) return `Table 6 does not include ${matrixSum(on)}: no rank of it was tested.`;
    const [low, high] = ends;
    const found = isTie(result, scored, low, high)
      ? "all ranks tie, so the lowest was enough"
      : "some ranks win against others";
    return `With ${matrixSum(on)} GPT-3 has ${printedScore(low)} to ${printedScore(high)} on ${tasks[scored]}: ${found} (${plusMinus(fluctuation[scored])}).`;
  }
  const row = chosenRow(result)!;
  const {scores} = row;
  if (!scores) {
    const left = budget - cost.large;
    return `The paper did not test ${matrixSum(on)} at rank ${rank}${left ? ` (${whole(left)} of the budget left)` : ""}.`;
  }
  const isBeaten = PRINTED.some((task) =>
    rows.some(
      (other) => (other.scores?.[task] ?? 0) > scores[task] && !isTie(result, task, other.scores![task], scores[task]),
    ),
  );
  if (on.length === 4 && !isBeaten)
    return `Spread over all four, rank ${rank} beats or ties with every thicker choice: ${PRINTED.map((task) => `${printedScore(scores[task])} on ${tasks[task]}`).join(", ")}.`;
  const verdicts = PRINTED.map((task) => {
    if (scores[task] === best[task]) return "the best";
    return isTie(result, task, scores[task], best[task]) ? "a tie with the best" : "below the best";
  });
  const isSame = verdicts[0] === verdicts[1];
  const found = PRINTED.map(
    (task, i) => `${printedScore(scores[task])} on ${tasks[task]}${isSame ? "" : ` (${verdicts[i]})`}`,
  );
  return `${matrixSum(on)} at rank ${rank} scores ${found.join(" and ")}${isSame ? `, both ${verdicts[0]}` : ""}.`;
}

/** The progress of the live runs, as a phrase. */
const progress = ({next, ...live}: NonNullable<BudgetResult["live"]>): string =>
  progressText({
    ...live,
    ...(next && {next: `“${OPERATIONS[next.learned]}” at rank ${next.r} with seed ${next.seed}`}),
  });

/** At which ranks the tiny model learns. */
function tinyRanks(result: BudgetResult, on: string): string {
  const {rows, seeds, live, width} = result;
  if (!rows.some((row) => hasAllRuns(row, seeds)))
    return `For the tiny model no runs of ${matrixSum(on)} at these ranks are stored, but you can run them live.`;
  const found = LEARNED_TASKS.map((learned) => {
    const ranks = sureRanks(result, learned);
    return `“${OPERATIONS[learned]}” at ${ranksText(ranks)}${ranks.length ? "" : ` up to ${width}`}`;
  });
  return `In the tiny model all ${seeds} seeds learn ${found.join(" and ")}${live ? ` (${progress(live)})` : ""}.`;
}

/** What came of the same choice in the tiny model. */
export function tinySays(result: BudgetResult, {by, on, seed}: BudgetParams): string {
  const {live} = result;
  if (on === "") return "";
  if (live && live.done < live.due) return `In the tiny model: ${progress(live)}.`;
  if (by === "rank") return tinyRanks(result, on);
  const row = chosenRow(result)!;
  const [reversed, rotated] = LEARNED_TASKS.map((task) => learnedBy(row, task));
  const shares = LEARNED_TASKS.map((learned) => `${seedResult(row, learned, seed)} of “${OPERATIONS[learned]}”`);
  return `In the tiny model${live ? ` (${progress(live)})` : ""}, with the same matrices at the same rank, ${reversed} of ${row.results.rotateTwo.length} runs learn to reverse and ${rotated} to rotate; seed ${seed} gets ${shares.join(" and ")} right.`;
}

/** What the rows of the tiny model show, and what cannot be concluded from them. A test compares this with the stored runs. */
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
