// Writes content/lab/choices.json anew, some minutes of training: `npm run sweep:choices`.
import type {LoraPlan} from "../engine/lora/loras.ts";
import type {Target} from "../engine/network/architecture.ts";
import {adaptation} from "../engine/training/adaptation.ts";
import {labFile, readJsonFile, writeJsonFile} from "./jsonFiles.ts";
import {baseForSubject, runSettings, type SettingResults, type SweepSetting} from "./sweepLab.ts";

/** What the file holds: every choice of attention matrices on one budget, and the sets of Table 6 at every rank. */
export interface ChoiceSweep {
  command: string;
  choices: SettingResults[];
  ranks: SettingResults[];
}

const SUBJECTS = ["reversePlusOne", "rotateTwo"] as const;
const RANKS = [1, 2, 4, 8, 16, 32];
/** The sets whose rank Table 6 varies. */
const SETS: readonly (readonly Target[])[] = [["Wq"], ["Wq", "Wv"], ["Wq", "Wk", "Wv", "Wo"]];

const {rate} = adaptation;

/** Every choice of at least one attention matrix: fifteen, single matrices first. */
export const SUBSETS: readonly (readonly Target[])[] = Array.from({length: 15}, (_, i) =>
  (["Wq", "Wk", "Wv", "Wo"] as const).filter((_, bit) => ((i + 1) >> bit) % 2 === 1),
).sort((a, b) => a.length - b.length);

/**
 * A choice → its plan at the largest rank that the budget of rank 8 on one matrix pays for: three matrices leave part of
 * it, as a rank is a whole number. alpha / r = 2 throughout.
 */
export function planOnBudget(targets: readonly Target[]): LoraPlan {
  const r = Math.floor(8 / targets.length);
  return {targets, r, alpha: 2 * r};
}

/** The settings of each part, and how many seeds each is tried with. */
export const choiceParts = {
  choices: {
    seeds: 10,
    settings: SUBJECTS.flatMap((subject) =>
      SUBSETS.map((targets): SweepSetting => ({subject, plan: planOnBudget(targets), rate})),
    ),
  },
  ranks: {
    seeds: 5,
    settings: SUBJECTS.flatMap((subject) =>
      SETS.flatMap((targets) => RANKS.map((r): SweepSetting => ({subject, plan: {targets, r, alpha: 2 * r}, rate}))),
    ),
  },
};

const file = labFile("choices.json");
/** The file as it is stored. */
export const readChoices = (): ChoiceSweep => readJsonFile(file);

if (import.meta.main) {
  const {choices, ranks} = choiceParts;
  writeJsonFile(file, {
    command: "npm run sweep:choices",
    choices: runSettings(choices.settings, choices.seeds, baseForSubject),
    ranks: runSettings(ranks.settings, ranks.seeds, baseForSubject),
  });
}
