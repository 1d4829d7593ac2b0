import {computedOnce} from "../../figure/live/firstFrames.ts";
import {plain} from "../../figure/symbols.ts";
import type {WidgetName} from "../../figures/registry.ts";
import type {ResolvedState} from "./states.ts";

/** The value that a figure's readout has in a state, as text. Throws, naming all readouts, if none has this label. */
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
