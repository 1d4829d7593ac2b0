import {computedOnce} from "../../figure/live/firstFrames.ts";
import {plain} from "../../figure/symbols.ts";
import type {WidgetName} from "../../figures/registry.ts";
import type {ResolvedState} from "./states.ts";

/** The value of a figure's readout in a state, so that nobody has to type it. Throws with the readouts there are. */
export async function readOut(
  {widget, params}: Pick<ResolvedState, "widget" | "params">,
  label: string,
): Promise<string> {
  const w = await computedOnce(widget as WidgetName);
  const all = w.readouts(w.compute(params), params);
  const found = all.find((one) => plain(one.label) === label);
  if (found) return found.value;
  throw new Error(`${widget} reads out no “${label}”; there are ${all.map((one) => plain(one.label)).join(", ")}`);
}
