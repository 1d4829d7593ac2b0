/** Runs of widgets, each computed once for all tests of a file that only look at what comes of it. */

import type {RunModel} from "../../../src/figure/runs/serve.ts";
import {framesOf, lastFrame, widgetWithModel} from "../../../src/figure/runs/withModel.ts";
import type {ComputingWidget, Frames} from "../../../src/figure/widget.ts";
import {models} from "../../../src/figures/models.ts";
import type {WidgetName} from "../../../src/figures/registry.ts";

type Compute = RunModel["compute"];

interface Known {
  frames: unknown[];
  /** The last snapshot that was asked for; the run may have ended before it. */
  last: number;
}

const known = new WeakMap<Compute, Map<string, Known>>();

/** The snapshots of a run up to `last`, or all of them: computed now, or by an earlier test as far as this. */
export function tapeOf(compute: Compute, run: object, last = Number.POSITIVE_INFINITY): unknown[] {
  const runs = known.get(compute) ?? new Map<string, Known>();
  known.set(compute, runs);
  const key = JSON.stringify(run);
  const before = runs.get(key);
  const made = before && before.last >= last ? before : {frames: framesOf({compute}, run, last), last};
  runs.set(key, made);
  return made.frames.slice(0, last + 1);
}

/** A widget whose states are computed once, and of a recorded one every run, whatever of it the states show. */
export async function remembering(name: WidgetName): Promise<ComputingWidget> {
  const w = await widgetWithModel(name);
  const {runs} = w;
  const model = runs && (await models[name]!());
  const states = new Map<string, unknown>();
  return {
    ...w,
    compute(params) {
      const key = JSON.stringify(params);
      if (states.has(key)) return states.get(key);
      const tapes =
        model &&
        runs.of(params).map((run, i) => tapeOf(model.compute, run, i === 0 ? lastFrame(runs, params) : undefined));
      const result = tapes ? runs.read(tapes as unknown as Frames<never>[], params) : w.compute(params);
      states.set(key, result);
      return result;
    },
  };
}
