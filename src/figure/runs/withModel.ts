/** A widget together with its model, for the build and for tests. */
import {models} from "../../figures/models.ts";
import {loadWidget, type WidgetName} from "../../figures/registry.ts";
import type {AnyParams} from "../controls.ts";
import type {AnyWidget, ComputingWidget, Frames} from "../widget.ts";
import type {RunModel} from "./serve.ts";

/** The frames of a run up to the index `last`, or all. */
export function framesOf(
  {compute}: Pick<RunModel, "compute">,
  run: object,
  last = Number.POSITIVE_INFINITY,
): unknown[] {
  const frames: unknown[] = [];
  const iterator = compute(run);
  while (frames.length <= last) {
    const {done, value} = iterator.next();
    if (done) break;
    if (value !== undefined) frames.push(value);
  }
  iterator.return?.();
  return frames;
}

/** The frames of each model's runs, by the parameters as text, and the index `last` up to which they were asked for. */
const keptFrames = new WeakMap<RunModel["compute"], Map<string, {frames: unknown[]; last: number}>>();

/** `framesOf` for runs that many pages and states show: they are kept until more of them are asked for. */
export function keptFramesOf(compute: RunModel["compute"], run: object, last = Number.POSITIVE_INFINITY): unknown[] {
  const runs = keptFrames.get(compute) ?? new Map<string, {frames: unknown[]; last: number}>();
  keptFrames.set(compute, runs);
  const key = JSON.stringify(run);
  let kept = runs.get(key);
  if (!kept || kept.last < last) kept = {frames: framesOf({compute}, run, last), last};
  runs.set(key, kept);
  return kept.frames.slice(0, last + 1);
}

/** The index of the last frame of the first run that is shown before anything is played. */
function lastFrameIndex(runs: NonNullable<AnyWidget["runs"]>, params: AnyParams): number {
  if (runs.isWhole) return runs.waits ? 0 : Number.POSITIVE_INFINITY;
  return runs.clock ? Number(params[runs.clock]) : 0;
}

/** The widgets asked for so far. */
const widgets = new Map<WidgetName, Promise<ComputingWidget>>();

/** The widget with its model. Its `compute` gives what a page shows before anything is played, and computes each result once. */
export function widgetWithModel(name: WidgetName): Promise<ComputingWidget> {
  const widget = widgets.get(name) ?? computingWidget(name);
  widgets.set(name, widget);
  return widget;
}

async function computingWidget(name: WidgetName): Promise<ComputingWidget> {
  const w = await loadWidget(name);
  const compute = w.runs ? await computeFromRuns(name, w.runs) : w.compute!;
  const results = new Map<string, unknown>();
  return {
    ...w,
    compute(params) {
      const key = JSON.stringify(params);
      if (!results.has(key)) results.set(key, compute(params));
      return results.get(key);
    },
  };
}

async function computeFromRuns(
  name: WidgetName,
  runs: NonNullable<AnyWidget["runs"]>,
): Promise<ComputingWidget["compute"]> {
  const model = await models[name]!();
  await model.ready?.();
  return (params) => {
    const runFrames = runs
      .of(params)
      .map((run, i) =>
        keptFramesOf(model.compute, run, i === 0 ? lastFrameIndex(runs, params) : Number.POSITIVE_INFINITY),
      );
    return runs.read(runFrames as unknown as Frames<never>[], params);
  };
}
