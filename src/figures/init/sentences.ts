import {thousandths as shown} from "../../figure/plot/text/format.ts";
import {listed} from "../shared/listed.ts";
import type {Start} from "./controls.ts";
import type {InitPoint, InitResult} from "./model.ts";

export const startNames: Readonly<Record<Start, string>> = {
  "b-zero": "B at zero",
  "a-zero": "A at zero",
  "both-zero": "both at zero",
  "both-random": "both random",
};

/** The runs that diverged, and why; empty if none did. */
function lost({runs}: InitResult, steps: number, rate: string): string {
  const gone = runs.filter(({points}) => points.length <= steps);
  if (gone.length === 0) return "";
  const each = gone.map(({name, points}) => `at step ${points.length} with ${startNames[name]}`);
  return ` The step η·α/r = ${rate} is too large: the loss overflows ${listed(each)}; lower η.`;
}

export function summary(result: InitResult, step: number, steps: number, rate: string): string {
  const at = (name: Start): InitPoint | undefined => result.runs.find((run) => run.name === name)!.points[step];
  const end = lost(result, steps, rate);
  const still = shown(result.untouched);
  if (step === 0)
    return `Before the first step, three starts have the loss of the untouched W₀, ${still}, and the start with both random is damaged, at ${shown(at("both-random")!.loss)}; with both at zero, both gradients are exactly 0, so that run never moves.${end}`;
  const moving = (["b-zero", "a-zero", "both-random"] as const).flatMap((name) => {
    const point = at(name);
    return point ? [`${shown(point.loss).replace(">", "over")} with ${startNames[name]}`] : [];
  });
  const rest = `with both at zero it is still ${still}, because nothing has moved`;
  return moving.length
    ? `At step ${step} the loss is ${listed(moving)}; ${rest}.${end}`
    : `At step ${step} no other run is left; ${rest}.${end}`;
}

/** The loss of each start at a step, in one short sentence. */
export function says({runs, untouched}: InitResult, step: number): string {
  const at = (name: Start): string => {
    const point = runs.find((run) => run.name === name)!.points[step];
    return point ? shown(point.loss) : "out of range";
  };
  if (step === 0)
    return `Before training the loss is ${at("both-random")} with both random; the other three starts begin at ${shown(untouched)}.`;
  return `At step ${step} the loss is ${at("b-zero")} with B at zero, ${at("a-zero")} with A at zero, ${at("both-random")} with both random and ${at("both-zero")} with both at zero.`;
}
