import {counted, fixed} from "../../figure/plot/text/format.ts";
import type {ListenerParams} from "./controls.ts";
import {lengthOf} from "./drawing/vector.ts";
import type {ListenerResult} from "./readings.ts";

const OFF = "The update is off, so every output is W₀x, as the frozen matrix gives it.";

/** The view with one pair. */
function ofOne({arrows: [pair], heard}: ListenerResult): string {
  if (lengthOf(pair!.a) === 0) return "Since a is zero, it hears nothing of any input, and no output is pushed.";
  if (lengthOf(pair!.b) === 0) return "Since b is zero, no output is pushed, whatever a hears: each output is W₀x.";
  return `Each output is pushed along b by its own a·x, here from ${fixed(heard[0], 1)} to ${fixed(heard[1], 1)}.`;
}

function ofTwo({rank}: ListenerResult): string {
  if (rank === 2)
    return "Two questions and two answers: the pushes point in every direction of the plane. This update has rank 2.";
  if (rank === 1)
    return "The two come to one question and one answer, so all pushes are on one line again: r is 2, but this update has rank 1.";
  return "The two cancel or are zero, so nothing is pushed: this update has rank 0.";
}

function ofTask({right, points, isOwn, arrows}: ListenerResult, {step, update}: ListenerParams): string {
  const count = `Of ${points.length} points, ${right} are read right`;
  if (update === "off") return `${count} without the update: W₀ lets through little of what tells the groups apart.`;
  if (step > 0) return `${count} after ${counted(step, "step")} of training a and b, four parameters in all.`;
  if (isOwn && lengthOf(arrows[0]!.b) > 0)
    return `${count} with a and b where you put them; training would begin there.`;
  return `${count}: the groups differ in x, but W₀ lets little of that through.`;
}

/** What is shown, in one short sentence. */
export function says(result: ListenerResult, params: ListenerParams): string {
  const {view, update} = params;
  if (view === "task") return ofTask(result, params);
  if (update === "off") return OFF;
  return view === "one" ? ofOne(result) : ofTwo(result);
}
