import {select} from "d3";
import {layer} from "../../../figures/layer.ts";
import {pulls} from "../../../figures/pulls.ts";
import {rounded} from "../../../figures/rounded.ts";
import {whole} from "../../../figures/text/format.ts";
import type {Act} from "../../../shell/widget.ts";
import {stepped, type ThreadsParams} from "../model.ts";
import {GAP, type Geometry} from "./geometry.ts";

/** From the corner of the threads' gap to the middle of the handle, and how far a finger may miss it. */
const OFF = 13;
const REACH = 15;
/** Pixels along the diagonal from one stop of the rank to the next, where a weight is smaller than this. */
const STEP = 9;

/** Which way a key goes among the stops of the rank. */
const ways: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The rank after a pull of `way` pixels toward the square: column by column where these can be seen, else stop by stop. */
export function pulled(r: number, way: number, unit: number, last: number): number {
  if (unit < STEP) return stepped(r, Math.round(way / STEP), last);
  return Math.min(Math.max(r + Math.round(way / unit), 1), last);
}

/** A round handle in the corner between B and A. Pulled toward the square it thickens them. */
export function handle(g: Element, {corner, unit}: Geometry, {r}: ThreadsParams, last: number, act: Act) {
  const at = rounded(corner - GAP - OFF);
  const box = layer(g, "g", "thicken");
  select(box)
    .attr("transform", `translate(${at} ${at})`)
    .attr("tabindex", 0)
    .attr("role", "slider")
    .attr("aria-label", "Rank r: the thickness of B and A")
    .attr("aria-valuemin", 1)
    .attr("aria-valuemax", last)
    .attr("aria-valuenow", r)
    .attr("aria-valuetext", `${whole(r)} of ${whole(last)}`)
    .on("keydown", (event: KeyboardEvent) => {
      const way = ways[event.key];
      if (way === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      act.set((now) => ({r: stepped(Number(now.r), way, last)}));
    });
  const field = layer(box, "circle", "pull");
  select(field).attr("r", REACH);
  select(layer(box, "circle", "grip")).attr("r", 8);
  select(layer(box, "path", "arrows")).attr("d", "M-3.2-3.2 3.2 3.2M-3.2 0v-3.2H0M3.2 0v3.2H0");
  pulls(field, g, {
    from: () => r,
    onPull: (from, dx, dy) => act.set({r: pulled(from, (dx + dy) / 2, unit, last)}),
    onCancel: (from) => act.set({r: from}),
  });
}
