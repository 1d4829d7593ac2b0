/** Which numbers fly into the traced sum. */
import type {RoadSlot} from "./drawing/places.ts";
import type {BlockCell, Flight} from "./drawing/road.ts";
import type {ForwardParams} from "./model.ts";
import {traceOf, upTo} from "./trace.ts";

/** With more numbers than this in A, none of them fly to h. */
const MAX_ENTRIES = 8;

/** Numbers fly in waves: first those from which the terms of the traced sum are computed, then these terms. */
export function flightsOf(params: ForwardParams): readonly Flight[] {
  const {stage, d, k, r, row: i, column: j} = params;
  const trace = traceOf(params);
  const l = Math.min(trace === "db" ? j : i, r);
  const to = (wave: number, target: BlockCell, ...from: readonly BlockCell[]): Flight[] =>
    from.map((one) => ({from: one, to: target, wave}));
  const vector = (slot: RoadSlot, rows: number): BlockCell[] => upTo(rows).map((n) => [slot, n, 1]);
  const row = (slot: RoadSlot, at: number, cols: number): BlockCell[] => upTo(cols).map((n) => [slot, at, n]);
  const column = (slot: RoadSlot, at: number, rows: number): BlockCell[] => upTo(rows).map((n) => [slot, n, at]);
  const base = to(1, ["base", i, 1], ...row("W0", i, k), ...vector("x", k));
  const down = (n: number) => to(1, ["down", n, 1], ...row("A", n, k), ...vector("x", k));
  const up = (wave: number) => to(wave, ["up", i, 1], ...row("B", i, r), ...vector("down", r));
  const du = to(1, ["du", l, 1], ...column("B", l, d), ...vector("up", d));
  if (trace === "base") return stage === "freeze" ? [...base, ...to(2, ["h", i, 1], ["base", i, 1])] : base;
  if (trace === "h")
    return [
      ...base,
      ...(r * k > MAX_ENTRIES ? [] : upTo(r).flatMap(down)),
      ...up(2),
      ...to(3, ["h", i, 1], ["base", i, 1], ["up", i, 1]),
    ];
  if (trace === "down") return down(l);
  if (trace === "up") return up(1);
  if (trace === "du") return du;
  if (trace === "da") return [...du, ...to(2, ["da", l, j], ["du", l, 1], ["x", j, 1])];
  if (trace === "db") return to(1, ["db", i, l], ["up", i, 1], ["down", l, 1]);
  if (trace === "dx") {
    const through = [...column("W0", j, d), ...vector("base", d)];
    return to(1, ["dx", j, 1], ...through, ...column("A", j, r), ...vector("du", r));
  }
  return [];
}
