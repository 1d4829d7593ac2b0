import {byWidth, isNarrow} from "../../figure/plot/aspects.ts";
import {linear} from "../../figure/plot/axes/scales.ts";
import {chart} from "../../figure/plot/chart.ts";
import {LEFT, paths} from "../../figure/plot/charts/paths.ts";
import {group} from "../../figure/plot/panel.ts";
import type {Room} from "../../figure/plot/room.ts";
import {counted, thousandths as shown} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import type {Act} from "../../figure/widget.ts";
import {type ComposeParams, READ} from "./controls.ts";
import {overlap} from "./drawing/overlap.ts";
import type {ComposeResult} from "./readings.ts";
import {wayText} from "./sentences.ts";

const TASKS = [0, 1] as const;
const NOMINAL = 560;
const TOP = 14;
/** Below the plot: the numbers of its axis, and but in a dock the axis's name. */
const belowIn = ({size}: Room): number => (size === "dock" ? 24 : 40);

/** The directions that each task reads, and those that both do. */
export function directions(picture: Element, {shared}: ComposeParams, act: Act, room: Room) {
  const {g, width, height} = chart(picture, "overlap", room, {
    label: [`Directions of the inputs: ${shared} of ${READ} shared`],
    nominal: NOMINAL,
    height: byWidth(room, 0.15, 0.25),
    alt: `Each task reads ${counted(READ, "direction")}; ${shared} of them are the same`,
  });
  overlap(g, {width, height, each: READ, shared, onMove: (to) => act.set({shared: to})});
}

/** The loss of each task by the number of shared directions, between what it is without an adapter and with its own. */
export function lossesByOverlap(picture: Element, result: ComposeResult, params: ComposeParams, act: Act, room: Room) {
  const {shared} = params;
  const {base, together, course, courseTogether} = result;
  const {g, ...all} = chart(picture, "course", room, {
    label: ["Loss of each task with ", wayText(params)],
    nominal: NOMINAL,
    height: room.size === "dock" ? byWidth(room, 0.4, 0.5) : byWidth(room, room.size === "slide" ? 0.31 : 0.46, 0.66),
    alt: `At ${shared} of ${READ} shared: task 1 at ${shown(together[0])}, task 2 at ${shown(together[1])}`,
  });
  const right = isNarrow(room) ? 92 : room.size === "slide" ? 116 : 100;
  const [width, height] = [all.width - LEFT - right, all.height - TOP - belowIn(room)];
  const y = linear([0, 2 * Math.max(...base)], [height, 0]);
  // The two levels without an adapter are close, and so are the two with a task's own: each pair has one name, the former at
  // the left, where the tasks' names are far.
  const lines = TASKS.flatMap((t) => [
    {name: `none-${t + 1}`, label: "", values: course.map(({base}) => base[t])},
    {name: `task-${t + 1}`, label: `task ${t + 1}`, values: courseTogether.map((losses) => losses[t])},
    {name: `alone-${t + 1}`, label: t ? "own adapter" : "", values: course.map(({own}) => own[t])},
  ]);
  paths(
    g,
    lines,
    TASKS.map((t) => ({
      name: `task-${t + 1}`,
      at: shared,
      value: together[t],
      title: `Task ${t + 1}: ${shown(together[t])}`,
    })),
    {
      ...{width, height, y},
      ticks: y.ticks(4),
      format: String,
      last: READ,
      named: [0, 1, 2, 3, 4, 5, 6, 7, 8],
      place: (i) => String(i),
      at: shared,
      onMove: (to) => act.set({shared: to}),
    },
  );
  const words = group(g, "names-inside", LEFT, TOP);
  label(words, "level", "no adapter", {x: 6, y: y(Math.max(...base)) - 7});
  const name = room.size === "dock" ? "" : "shared directions";
  label(words, "axis-name", name, {x: width / 2, y: height + 33, anchor: "middle"});
}
