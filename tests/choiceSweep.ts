// Writes content/lab/choices.json anew, some minutes of training: `npm run sweep:choices`.
import {readFileSync} from "node:fs";
import {writeJson} from "../src/build/writeJson.ts";
import {adaptation} from "../src/engine/adaptation.ts";
import type {Target} from "../src/engine/architecture.ts";
import {affordable, SUBSETS} from "../src/engine/trials.ts";
import {baseFor, type Cell, cells, type Setting} from "./labSweep.ts";

/** What the file holds: every choice of attention matrices on one budget, and the sets of Table 6 at every rank. */
export interface ChoiceSweep {
  command: string;
  choices: Cell[];
  ranks: Cell[];
}

const SUBJECTS = ["reversePlusOne", "rotateTwo"] as const;
const RANKS = [1, 2, 4, 8, 16, 32];
/** The sets whose rank Table 6 varies. */
const SETS: readonly (readonly Target[])[] = [["Wq"], ["Wq", "Wv"], ["Wq", "Wk", "Wv", "Wo"]];

const {rate} = adaptation;

/** The settings of each part, and how many seeds each is tried with. */
export const parts = {
  choices: {
    seeds: 10,
    settings: SUBJECTS.flatMap((subject) =>
      SUBSETS.map((targets): Setting => ({subject, plan: affordable(targets, 8), rate})),
    ),
  },
  ranks: {
    seeds: 5,
    settings: SUBJECTS.flatMap((subject) =>
      SETS.flatMap((targets) => RANKS.map((r): Setting => ({subject, plan: {targets, r, alpha: 2 * r}, rate}))),
    ),
  },
};

const file = new URL("../content/lab/choices.json", import.meta.url).pathname;
export const readChoices = (): ChoiceSweep => JSON.parse(readFileSync(file, "utf8"));

if (import.meta.main) {
  const {choices, ranks} = parts;
  writeJson(file, {
    command: "npm run sweep:choices",
    choices: cells(choices.settings, choices.seeds, baseFor),
    ranks: cells(ranks.settings, ranks.seeds, baseFor),
  });
}
