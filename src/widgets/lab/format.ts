import {fixed, percent, whole} from "../../figures/text/format.ts";
import {isList, type Task} from "../shared/taskNames.ts";
import {controls} from "./controls.ts";
import {chosen} from "./matrices.ts";

/** Losses and sizes above this are only said to be so large. */
const MOST = 1000;

/** A loss in nats. */
export const nats = (loss: number): string => (loss > MOST ? `> ${whole(MOST)}` : fixed(loss, 2));

/** ‖ΔW‖; "0" is exactly 0. */
export const size = (x: number): string => (x === 0 ? "0" : x > MOST ? `> ${whole(MOST)}` : fixed(x, 2));

/** A score as it is written: nats a letter of words, the share of exact answers of an operation. */
export const scored = (task: Task, score: number): string => (isList(task) ? nats(score) : percent(score));

/** "Wq and Wv", "Wq, Wk and W1". */
export function matrixNames(on: string): string {
  const names = chosen(on).map(({target}) => target);
  return [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
}

/** "2 bits": in what the frozen weights are kept. */
export const bitsOf = (base: keyof typeof controls.base.options): string => controls.base.options[base];

export const taskName = (task: Task): string => controls.task.options[task];
