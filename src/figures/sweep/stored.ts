/** The runs that `npm run sweep:lab` stored, and Table 5 of the paper beside them. */
import file from "../../../content/lab/sweep.json" with {type: "json"};
import {rows as table5} from "../../../content/paper/table-5.json";
import {countLora} from "../../engine/lora/counts.ts";
import {TARGETS, type Target, targetShape, weightLayout} from "../../engine/network/architecture.ts";
import {layoutLength} from "../../engine/network/parameters.ts";
import {digitMachine} from "../../engine/training/tasks.ts";
import {wordForge} from "../../engine/training/words.ts";
import type {TaskName} from "../shared/taskNames.ts";

/** The paper's Table 5 for the same matrices: GPT-3 175B, percent. */
export interface Table5Scores {
  wikisql: number;
  multinli: number;
}

/** A digit machine: its seed, its steps of pretraining, and for each operation the share of digits that are right under the symbol X. */
export interface Pretrained {
  seed: number;
  steps: number;
  underX: Readonly<Record<string, number>>;
}

/** One setting of the sweep, with a result for each seed from 1 on. */
export interface StoredSetting {
  subject: TaskName;
  plan: "full" | {targets: readonly Target[]; r: number; alpha: number};
  rate: number;
  results: readonly number[];
}

/** A digit machine with the settings that were tried on it. */
export interface Machine extends Pretrained {
  cells: readonly StoredSetting[];
}

interface Stored extends Readonly<Record<"matrices" | "ranks" | "rates" | "tasks", readonly StoredSetting[]>> {
  bases: readonly Machine[];
}

const stored = file as unknown as Stored;
export const {matrices, ranks, rates, tasks} = stored;

/** Throws if the file has no such digit machine. */
export function machineOf(seed: number, steps: number): Machine {
  const machine = stored.bases.find((one) => one.seed === seed && one.steps === steps);
  if (!machine)
    throw new Error(`sweep.json has no digit machine of seed ${seed} and ${steps} steps: run ${file.command}`);
  return machine;
}

/** The matrices of a plan: "Wq + Wv", "MLP (W1 + W2)", "every matrix", "all weights". */
export function placesOf({plan}: StoredSetting): string {
  if (plan === "full") return "all weights";
  if (plan.targets.length === TARGETS.length) return "every matrix";
  const list = plan.targets.join(" + ");
  return list === "W1 + W2" ? `MLP (${list})` : list;
}

/** The number of trained parameters: A and B on each matrix of each layer, or all weights. */
export function trainedOf({subject, plan}: StoredSetting): number {
  const sizes = subject === "names" ? wordForge : digitMachine;
  if (plan === "full") return layoutLength(weightLayout(sizes));
  const shapes = plan.targets.map((target) => ({...targetShape(sizes, target), copies: sizes.L}));
  return countLora(shapes, plan.r);
}

/** Undefined if the paper did not try these matrices. */
export const paperOf = ({plan}: StoredSetting): Table5Scores | undefined =>
  plan === "full" ? undefined : table5.find(({weights}) => weights === plan.targets.join());
