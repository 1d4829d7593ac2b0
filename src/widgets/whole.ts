import type {AnyParams} from "./controls.ts";
import {models} from "./models.ts";
import {load, type WidgetName} from "./registry.ts";
import type {Model} from "./serve.ts";
import type {AnyWhole, Recording, Tape} from "./widget.ts";

/**
 * The widget with its model, as the build and the tests need it: `compute` gives what the page shows before anything is
 * played, and of a recorded run the snapshot at the clock.
 */
export async function whole(name: WidgetName): Promise<AnyWhole> {
  const w = await load(name);
  if (!w.player) return w as AnyWhole;
  const model = await models[name]!();
  await model.ready?.();
  const {recording} = w;
  const first = (params: AnyParams) => model.compute(params).next().value;
  return {...w, compute: recording ? (params) => atOnce(model, recording, params) : first};
}

// biome-ignore lint/suspicious/noExplicitAny: as AnyWidget
function atOnce(model: Model, {clock, runs, see}: Recording<any, any>, params: AnyParams): unknown {
  const tapes = runs(params).map((run, i) =>
    tape(model, run as AnyParams, i === 0 ? Number(params[clock]) : undefined),
  );
  return see(tapes as unknown as Tape<never>[], params);
}

/** The snapshots of a run up to `last`, or all of them. */
function tape({compute}: Model, run: AnyParams, last = Number.POSITIVE_INFINITY): unknown[] {
  const frames: unknown[] = [];
  const source = compute(run);
  while (frames.length <= last) {
    const {done, value} = source.next();
    if (done) break;
    frames.push(value);
  }
  source.return?.();
  return frames;
}
