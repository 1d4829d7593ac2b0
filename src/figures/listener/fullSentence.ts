import {fixed} from "../../figure/plot/text/format.ts";
import type {ListenerParams} from "./controls.ts";
import type {Vector} from "./drawing/vector.ts";
import type {ListenerResult} from "./readings.ts";
import {says} from "./sentences.ts";

export const vectorText = (v: Vector): string => `(${fixed(v[0], 2)}, ${fixed(v[1], 2)})`;

/** The same with what it means. */
export function summary(result: ListenerResult, params: ListenerParams): string {
  const {view, update, step} = params;
  const {arrows, untouched, heard, rank} = result;
  const short = says(result, params);
  if (view === "task") {
    const own = `a is ${vectorText(arrows[0]!.a)} and b is ${vectorText(arrows[0]!.b)}`;
    if (update === "off" || step === 0) return `${short} Here ${own}.`;
    return `${short} W₀ alone reads ${untouched} right; now ${own}.`;
  }
  if (update === "off") return `${short} Switch it on to see the pushes.`;
  if (view === "one" && rank === 1)
    return `Each output is pushed along the line of b, as far as its own a·x says, here from ${fixed(heard[0], 1)} to ${fixed(heard[1], 1)}. An update of rank 1 hears one number of each input and can move its output along one line.`;
  return short;
}
