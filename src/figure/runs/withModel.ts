import {models} from "../../figures/models.ts";
import {load, type WidgetName} from "../../figures/registry.ts";
import type {AnyParams} from "../controls.ts";
import type {ComputingWidget, Recording, Tape} from "../widget.ts";
import type {RunModel} from "./serve.ts";

/**
 * The widget with its model, for the build and for tests. Its `compute` gives what a page shows before anything is played:
 * the first snapshot, or for recorded runs the one at the clock.
 */
export async function wholeWidget(name: WidgetName): Promise<ComputingWidget> {
  const w = await load(name);
  if (!w.player) return w as ComputingWidget;
  const model = await models[name]!();
  await model.ready?.();
  const {recording} = w;
  const first = (params: AnyParams) => tape(model, params, 0)[0];
  // Runs drawn beside others appear in many states and are computed once.
  const known: Known = new Map();
  return {...w, compute: recording ? (params) => atOnce(model, recording, params, known) : first};
}

/** Whole tapes by the parameters of their runs. */
type Known = Map<string, unknown[]>;

// biome-ignore lint/suspicious/noExplicitAny: as AnyWidget
function atOnce(model: RunModel, {clock, runs, see}: Recording<any, any>, params: AnyParams, known: Known): unknown {
  const [played, ...beside] = runs(params) as object[];
  const wholes = beside.map((run) => {
    const key = JSON.stringify(run);
    const whole = known.get(key) ?? tape(model, run);
    known.set(key, whole);
    return whole;
  });
  const last = clock ? Number(params[clock]) : 0;
  const whole = known.get(JSON.stringify(played));
  const tapes = [whole?.slice(0, last + 1) ?? tape(model, played!, last), ...wholes];
  return see(tapes as unknown as Tape<never>[], params);
}

/** The snapshots of a run up to `last`, or all. */
export function tape({compute}: Pick<RunModel, "compute">, run: object, last = Number.POSITIVE_INFINITY): unknown[] {
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
