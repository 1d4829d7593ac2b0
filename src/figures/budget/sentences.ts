import {fixed} from "../../figure/plot/text/format.ts";
import {liveTools} from "../shared/liveSentences.ts";
import {LEARNED_SHARE, OPERATIONS} from "../shared/taskNames.ts";
import type {BudgetParams} from "./controls.ts";
import {type BudgetResult, LEARNED_TASKS, type Learned, matrixSum, type PaperTask, type SettingRow} from "./result.ts";

export const tasks: Readonly<Record<PaperTask, string>> = {wikisql: "WikiSQL", multinli: "MultiNLI"};

/** A score as the tables print it. */
export const printedScore = (value: number): string => fixed(value, 1);

export const plusMinus = (value: number): string => `± ${fixed(value, 1)}`;

export const nameOfRow = ({on, r}: SettingRow): string => `${matrixSum(on)}, rank ${r}`;

/** How many seeds of a row have learned a task. */
export const learnedBy = ({results}: SettingRow, learned: Learned): number =>
  results[learned].filter((share) => share >= LEARNED_SHARE).length;

/** "9 of 10"; empty if there is no run. */
export const seedsThatLearned = (row: SettingRow, learned: Learned): string =>
  row.results[learned].length ? `${learnedBy(row, learned)} of ${row.results[learned].length}` : "";

/** Whether every run of a row is there. */
export const hasAllRuns = ({results}: SettingRow, seeds: number): boolean =>
  LEARNED_TASKS.every((learned) => results[learned].length === seeds);

export const chosenRow = ({rows}: BudgetResult): SettingRow | undefined => rows.find(({isChosen}) => isChosen);

const list = (items: readonly (string | number)[]): string =>
  [items.slice(0, -1).join(", "), items.at(-1)].filter((part) => part !== "").join(" and ");

/** The ranks at which every seed learns a task. */
export const sureRanks = ({rows, seeds}: BudgetResult, learned: Learned): number[] =>
  rows.flatMap((row) => (learnedBy(row, learned) === seeds ? [row.r] : []));

/** "ranks 8, 16 and 32", or "no rank". */
export const ranksText = (ranks: readonly number[]): string =>
  ranks.length ? `rank${ranks.length > 1 ? "s" : ""} ${list(ranks)}` : "no rank";

/** The ranks at which all seeds learn each task, as a clause; a task that no rank is enough for comes last. */
function everySeed(result: BudgetResult): string {
  const found = LEARNED_TASKS.map((learned) => ({task: `“${OPERATIONS[learned]}”`, ranks: sureRanks(result, learned)}));
  const sure = found.filter(({ranks}) => ranks.length).map(({task, ranks}) => `${task} at ${ranksText(ranks)}`);
  const never = found.filter(({ranks}) => !ranks.length).map(({task}) => task);
  const parts = [
    ...(sure.length ? [`every seed learns ${sure.join(", and ")}`] : []),
    ...(never.length ? [`no rank lets every seed learn ${never.join(" or ")}`] : []),
  ];
  return parts.join(", but ");
}

/** The short sentence, for a card. */
export function says(result: BudgetResult, {by, on}: BudgetParams): string {
  const {live, rows, rank, seeds} = result;
  if (on === "") return "No matrix is chosen, so nothing is trained.";
  if (live && live.done < live.due) return `${live.done} of ${live.due} runs of ${matrixSum(on)} are done.`;
  if (by === "rank") {
    if (!rows.some((row) => hasAllRuns(row, seeds)))
      return `No runs of ${matrixSum(on)} at these ranks are stored. Press ${liveTools.play}.`;
    return `With ${matrixSum(on)}, ${everySeed(result)}.`;
  }
  const row = chosenRow(result)!;
  const at = `${matrixSum(on)} at rank ${rank}`;
  const printed = row.scores
    ? `${at}: GPT-3 scores ${printedScore(row.scores.wikisql)} on WikiSQL.`
    : `The paper did not test ${at}.`;
  const [one, other] = LEARNED_TASKS.map((learned) => learnedBy(row, learned));
  return `${printed} In the tiny model ${one} of ${seeds} seeds learn “${OPERATIONS.reversePlusOne}” and ${other} “${OPERATIONS.rotateTwo}”.`;
}
