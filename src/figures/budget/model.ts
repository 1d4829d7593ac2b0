/** The paper's choices of matrices for one budget, beside runs of the digit machine with the same choices. */
import {countLora} from "../../engine/lora/counts.ts";
import {type Target, targetShape} from "../../engine/network/architecture.ts";
import {adaptation} from "../../engine/training/adaptation.ts";
import {digitMachine, newTasks} from "../../engine/training/tasks.ts";
import {digitLesson} from "../../engine/training/trials.ts";
import {loadedBase, loadFor} from "../shared/baseModels.ts";
import {giveBack, lend, loadKernels} from "../shared/kernelPool.ts";
import {type LiveProgress, type LiveRow, liveRuns} from "../shared/liveRuns.ts";
import type {BudgetParams} from "./controls.ts";
import {BUDGET, printedChoices, printedFluctuation, scales, sets, UNIT} from "./printed.ts";
import {type BudgetResult, LEARNED_TASKS, type PaperScores, type SettingRow, type TrainedCounts} from "./result.ts";
import {RANK_SEEDS, SEEDS, storedChoiceResults, storedRankResults} from "./stored.ts";

const {C: width, L} = digitMachine;

/** The ranks to compare: Table 6's, and 16 and 32, which the table leaves out. */
const RANKS = [1, 2, 4, 8, 16, 32, 64];

/** The targets that letters such as "qv" name. */
const targetsOf = (on: string): Target[] => [...on].map((letter) => `W${letter}` as Target);

/** What a choice trains at this rank. */
const costOf = (on: string, r: number): TrainedCounts => ({
  large: UNIT * on.length * r,
  tiny: countLora(
    targetsOf(on).map((target) => ({...targetShape(digitMachine, target), copies: L})),
    r,
  ),
});

/** The largest whole rank within the budget. */
const rankOf = (on: string): number => (on ? Math.floor(BUDGET / (UNIT * on.length)) : 0);

/** No runs of either task. */
const NO_RUNS = {reversePlusOne: [], rotateTwo: []};

/** A row for each choice of the paper, and for the chosen one if the paper did not test it. */
function budgetRows(on: string): SettingRow[] {
  const isTested = printedChoices.some((choice) => choice.on === on);
  const untested = on && !isTested ? [{on, r: rankOf(on), scores: undefined}] : [];
  return [...printedChoices, ...untested].map((row) => ({
    ...row,
    isChosen: row.on === on,
    results: storedChoiceResults(row.on, row.r),
  }));
}

/** A row for each rank of the chosen matrices. */
function rankRows(on: string): SettingRow[] {
  const set = sets.find((one) => one.on === on);
  return RANKS.map((r) => ({
    on,
    r,
    isChosen: true,
    scores: set?.at.get(r),
    results: on ? storedRankResults(on, r) : NO_RUNS,
  }));
}

/** The best score on each task. */
const most = (scores: readonly PaperScores[]): PaperScores => ({
  wikisql: Math.max(...scores.map(({wikisql}) => wikisql)),
  multinli: Math.max(...scores.map(({multinli}) => multinli)),
});

/** The result with the stored runs. */
function stored({by, on}: BudgetParams): BudgetResult {
  const isRanks = by === "rank";
  const printed = isRanks ? sets.flatMap(({at}) => [...at.values()]) : printedChoices.map(({scores}) => scores);
  return {
    rows: isRanks ? rankRows(on) : budgetRows(on),
    sets: isRanks ? sets.map(({on, at}) => ({on, scores: RANKS.map((r) => at.get(r))})) : [],
    fluctuation: printedFluctuation,
    scales,
    best: most(printed),
    budget: BUDGET,
    ...(isRanks ? {} : {rank: rankOf(on)}),
    cost: costOf(on, isRanks ? 1 : rankOf(on)),
    seeds: isRanks ? RANK_SEEDS : SEEDS,
    width,
  };
}

/** Yields the result with the stored runs first; then, run by run, with live runs of the chosen matrices. */
export function* compute(params: BudgetParams): Generator<BudgetResult | Promise<void> | undefined, void> {
  const still = stored(params);
  yield still;
  // No ΔW of the tiny model has a rank above its width.
  const due = still.rows.filter(({on, r, isChosen}) => isChosen && on && r <= width);
  if (due.length === 0) return;
  yield loadFor(LEARNED_TASKS);
  yield loadKernels();
  const settings = due.flatMap((row) => LEARNED_TASKS.map((learned) => ({row, learned})));
  const rows = settings.map(({row: {on, r, results}, learned}): LiveRow => {
    const plan = {targets: targetsOf(on), r, alpha: 2 * r};
    const trained = {base: loadedBase(learned), lesson: digitLesson(newTasks[learned]), plan, rate: adaptation.rate};
    return {...trained, seeds: still.seeds, stored: results[learned]};
  });
  const kernels = lend();
  try {
    for (const progress of liveRuns(kernels, rows)) yield progress && withLive(progress);
  } finally {
    giveBack(kernels);
  }

  /** The result with the live runs so far. */
  function withLive({results, next, ...live}: LiveProgress): BudgetResult {
    const own = (row: SettingRow) =>
      Object.fromEntries(
        settings.flatMap((one, i) => (one.row === row ? [[one.learned, results[i]]] : [])),
      ) as SettingRow["results"];
    const coming = next && settings[next.row]!;
    return {
      ...still,
      rows: still.rows.map((row) => (due.includes(row) ? {...row, results: own(row), before: row.results} : row)),
      live: {...live, ...(coming && {next: {learned: coming.learned, r: coming.row.r, seed: next.seed}})},
    };
  }
}
