import file from "../../../content/lab/sweep.json" with {type: "json"};
import {rows as table5, typicalFluctuation} from "../../../content/paper/table-5.json";
import {countLora} from "../../engine/lora/counts.ts";
import {TARGETS, type Target, targetShape, weightLayout} from "../../engine/network/architecture.ts";
import {count} from "../../engine/network/parameters.ts";
import {digitMachine} from "../../engine/training/tasks.ts";
import {wordForge} from "../../engine/training/words.ts";
import {COMMAND, type Pretrained, type Printed} from "./controls.ts";

/** One setting of the sweep, and its results seed by seed from 1 on. */
export interface Cell {
  subject: string;
  plan: "full" | {targets: readonly Target[]; r: number; alpha: number};
  rate: number;
  results: readonly number[];
}

/** A digit machine of its own pretraining, and what was tried on it. */
export interface Machine extends Pretrained {
  cells: readonly Cell[];
}

interface Stored extends Readonly<Record<"matrices" | "ranks" | "rates" | "tasks", readonly Cell[]>> {
  bases: readonly Machine[];
}

const stored = file as unknown as Stored;
export const {matrices, ranks, rates, tasks} = stored;

/** Throws when the file has no digit machine of that pretraining. */
export function machineOf(seed: number, steps: number): Machine {
  const machine = stored.bases.find((one) => one.seed === seed && one.steps === steps);
  if (!machine) throw new Error(`sweep.json has no digit machine of seed ${seed} and ${steps} steps: run ${COMMAND}`);
  return machine;
}

/** What a plan is called by its matrices: "Wq + Wv", "every matrix", "all weights". */
export const placesOf = ({plan}: Cell): string =>
  plan === "full" ? "all weights" : plan.targets.length === TARGETS.length ? "every matrix" : plan.targets.join(" + ");

/** How many numbers are trained: B and A on each matrix of each layer, or the whole model. */
export function trainedOf({subject, plan}: Cell): number {
  const sizes = subject === "names" ? wordForge : digitMachine;
  if (plan === "full") return count(weightLayout(sizes));
  const shapes = plan.targets.map((target) => ({...targetShape(sizes, target), copies: sizes.L}));
  return countLora(shapes, plan.r);
}

/** Undefined where the paper did not try them. */
export const paperOf = ({plan}: Cell): Printed | undefined =>
  plan === "full" ? undefined : table5.find(({weights}) => weights === plan.targets.join());

/** How far the paper says its numbers in that table typically vary. */
export const fluctuation = typicalFluctuation;
