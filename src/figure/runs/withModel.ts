/** A widget together with its model, for the build and for tests. */
import {models} from "../../figures/models.ts";
import {loadWidget, type WidgetName} from "../../figures/registry.ts";
import type {AnyParams} from "../controls.ts";
import type {AnyWidget, ComputingWidget, Frames} from "../widget.ts";
import type {RunModel} from "./serve.ts";

/**
 * The widget with its model. Its `compute` gives what a page shows before anything is played:
 * the first snapshot, or for recorded runs the one at the clock.
 */
export async function widgetWithModel(name: WidgetName): Promise<ComputingWidget> {
  const w = await loadWidget(name);
  if (!w.player) return w as ComputingWidget;
  const model = await models[name]!();
  await model.ready?.();
  const {recording} = w;
  const first = (params: AnyParams) => framesOf(model, params, 0)[0];
  // Runs drawn beside others appear in many states and are computed once.
  const wholeRuns: FramesByRun = new Map();
  return {...w, compute: recording ? (params) => computeAtOnce(model, recording, params, wholeRuns) : first};
}

/** All frames of complete runs, by the parameters of the run as text. */
type FramesByRun = Map<string, unknown[]>;

/** The result of recorded runs at the clock. */
function computeAtOnce(
  model: RunModel,
  {clock, runs, read}: NonNullable<AnyWidget["recording"]>,
  params: AnyParams,
  wholeRuns: FramesByRun,
): unknown {
  const [played, ...beside] = runs(params) as object[];
  const wholes = beside.map((run) => {
    const key = JSON.stringify(run);
    const whole = wholeRuns.get(key) ?? framesOf(model, run);
    wholeRuns.set(key, whole);
    return whole;
  });
  const last = clock ? Number(params[clock]) : 0;
  const whole = wholeRuns.get(JSON.stringify(played));
  const runFrames = [whole?.slice(0, last + 1) ?? framesOf(model, played!, last), ...wholes];
  return read(runFrames as unknown as Frames<never>[], params);
}

/** The snapshots of a run up to `last`, or all. */
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
