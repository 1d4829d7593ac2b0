import {byWidth, isNarrow} from "../../figure/plot/aspects.ts";
import {linear} from "../../figure/plot/axes/scales.ts";
import {chart} from "../../figure/plot/chart.ts";
import {LEFT, paths} from "../../figure/plot/charts/paths.ts";
import {group} from "../../figure/plot/panel.ts";
import type {Room} from "../../figure/plot/room.ts";
import {thousandths as shown} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {FLOOR_SIDE, type FloorParams} from "./controls.ts";
import {belowFloors} from "./drawing/ground.ts";
import {tailChart} from "./drawing/tail.ts";
import type {FloorResult} from "./readings.ts";

/** Above and below the upper plot; at the right of both, for the names of lines. */
const [TOP, BELOW, RIGHT] = [14, 24, 62];
const NOMINAL = 560;

/** The loss of every rank as a dot above the floor to which it can fall. */
export function landing(picture: Element, result: FloorResult, params: FloorParams, act: Act, room: Room) {
  const {floors, cuts, losses, loss} = result;
  const {r, step, inputs} = params;
  const {g, ...all} = chart(picture, "landing", room, {
    label: ["Loss by rank, step ", String(step)],
    nominal: NOMINAL,
    height: room.size === "dock" ? byWidth(room, 0.4, 0.44) : byWidth(room, room.size === "slide" ? 0.39 : 0.43, 0.62),
    alt: `Floors fall from ${shown(floors[0])} at rank 0 to ${shown(floors[r])} at r = ${r}, where the run is at ${shown(loss)}`,
  });
  const [width, height] = [all.width - LEFT - RIGHT, all.height - TOP - BELOW];
  const y = linear([0, floors[0]], [height, 0]);
  belowFloors(group(g, "below", LEFT, TOP), floors, y, {width, height});
  paths(
    g,
    [
      ...(inputs === "uneven" ? [{name: "cut", label: "ΔW* cut", values: cuts}] : []),
      {name: "floor", label: "floor", values: Array.from(floors)},
    ],
    losses.map((value, i) => ({name: "run", at: i + 1, value, title: `r = ${i + 1}: ${shown(value)}`})),
    {
      ...{width, height, y},
      ticks: y.ticks(4),
      format: String,
      last: FLOOR_SIDE,
      named: isNarrow(room) ? [0, 4, 8, 12, 16] : [0, 2, 4, 6, 8, 10, 12, 14, 16],
      place: String,
      at: r,
      onMove: (to) => act.set({r: Math.max(1, to)}),
    },
  );
}

/** Which parts of the loss this rank leaves: the gray ones, which add up to the floor. */
export function spectrum(picture: Element, {seen, floor}: FloorResult, {r, inputs}: FloorParams, room: Room) {
  const isUneven = inputs === "uneven";
  const {g, width, height} = chart(picture, "tail", room, {
    label: [
      "½σ² of ",
      symbol.dW,
      isUneven ? "*, as the inputs weigh it" : "*, direction by direction",
      `: the gray ones add up to the floor, ${shown(floor)}`,
    ],
    nominal: NOMINAL,
    height: byWidth(room, 0.19, 0.3),
    alt: `From ${shown(seen[0] ** 2 / 2)} down to ${shown(seen[FLOOR_SIDE - 1] ** 2 / 2)}; those after the first ${r} add up to the floor`,
  });
  tailChart(g, seen, {width: width - LEFT - RIGHT, height: height - 8, r});
}
