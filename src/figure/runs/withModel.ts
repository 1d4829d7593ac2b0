/** A widget together with its model, for the build and for tests. */
import {models} from "../../figures/models.ts";
import {loadWidget, type WidgetName} from "../../figures/registry.ts";
import type {AnyParams} from "../controls.ts";
import type {AnyWidget, ComputingWidget, Frames} from "../widget.ts";
import type {RunModel} from "./serve.ts";

/** The widget with its model. Its `compute` gives what a page shows before anything is played. */
export async function widgetWithModel(name: WidgetName): Promise<ComputingWidget> {
  const w = await loadWidget(name);
  if (!w.runs) return w as ComputingWidget;
  const model = await models[name]!();
  await model.ready?.();
  // Runs that are shown whole appear in many states and are computed once.
  const wholeRuns = new Map<string, unknown[]>();
  return {...w, compute: (params) => resultOf(model, w.runs!, params, wholeRuns)};
}

/** The result of runs at the clock. `wholeRuns` has all frames of runs, by their parameters as text. */
function resultOf(
  model: RunModel,
  runs: NonNullable<AnyWidget["runs"]>,
  params: AnyParams,
  wholeRuns: Map<string, unknown[]>,
): unknown {
  const runFrames = runs.of(params).map((run, i) => {
    const last = i === 0 ? lastFrame(runs, params) : Number.POSITIVE_INFINITY;
    const key = JSON.stringify(run);
    const whole = wholeRuns.get(key);
    if (whole) return whole.slice(0, last + 1);
    const frames = framesOf(model, run, last);
    if (last === Number.POSITIVE_INFINITY) wholeRuns.set(key, frames);
    return frames;
  });
  return runs.read(runFrames as unknown as Frames<never>[], params);
}

/** The index of the last frame of the first run that is shown before anything is played. */
export function lastFrame(runs: NonNullable<AnyWidget["runs"]>, params: AnyParams): number {
  if (runs.isWhole) return runs.waits ? 0 : Number.POSITIVE_INFINITY;
  return runs.clock ? Number(params[runs.clock]) : 0;
}

/** The frames of a run up to `last`, or all. */
export function framesOf(
  {compute}: Pick<RunModel, "compute">,
  run: object,
  last = Number.POSITIVE_INFINITY,
): unknown[] {
  const frames: unknown[] = [];
  const source = compute(run);
  while (frames.length <= last) {
    const {done, value} = source.next();
    if (done) break;
    if (value !== undefined) frames.push(value);
  }
  source.return?.();
  return frames;
}
