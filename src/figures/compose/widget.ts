/** The figure “Can you add two adapters?”: its picture, sentences, readouts, table and challenge. */
import {figure, type Size} from "../../figure/declare.ts";
import {dot, knob, lineY, rect, text} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {counted, fixed, percent, significant, thousandths} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {
  type ComposeParams,
  type ComposeResult,
  composeRunBy,
  controls,
  readCompose,
  TASK_DIRECTIONS,
  tasksKept,
} from "./model.ts";

/** The indices of the tasks. */
const TASKS = [0, 1] as const;
/** What the lines of the two tasks look like: the second is pale, and its points are rings. */
const LOOKS = [
  {tone: "dw", strength: 3},
  {tone: "dw", strength: 1},
] as const;

/** The way in which the adapters are put together, in words. */
function wayText({way, weight}: ComposeParams): string {
  if (way === "sum") return "the sum";
  if (way === "factors") return "B₁ + B₂ times A₁ + A₂";
  return `${significant(weight, 2)} ΔW₁ + ${significant(1 - weight, 2)} ΔW₂`;
}

/** The directions that each task reads, as points in two boxes, which overlap as far as the tasks share them. */
function directionsChart({shared}: ComposeParams): Chart {
  const start = TASK_DIRECTIONS - shared;
  // The second box is a little lower, so that the edges of both can be seen.
  const boxes = [
    {x1: 0, y1: 0.6, y2: 2.6},
    {x1: start, y1: 0.4, y2: 2.4},
  ];
  const points = Array.from({length: TASK_DIRECTIONS}, (_, i) => i + 0.5);
  return {
    name: "overlap",
    label: [`Directions of the inputs: ${shared} of ${TASK_DIRECTIONS} shared`],
    alt: `Each task reads ${counted(TASK_DIRECTIONS, "direction")}; ${shared} of them are the same`,
    height: {narrow: 96, mid: 104, wide: 116},
    x: {domain: [0, 2 * TASK_DIRECTIONS], ticks: []},
    y: {domain: [0, 3], ticks: []},
    marks: [
      ...TASKS.map((t) =>
        rect([boxes[t]], {
          tone: LOOKS[t].tone,
          strength: LOOKS[t].strength,
          x1: ({x1}) => x1,
          x2: ({x1}) => x1 + TASK_DIRECTIONS,
          y1: ({y1}) => y1,
          y2: ({y2}) => y2,
          glides: true,
        }),
      ),
      // The second task's rings lie around the first's points.
      dot(points, {
        x: (x) => start + x,
        y: 1.5,
        r: 7,
        tone: "dw",
        strength: 1,
        hollow: true,
        glides: true,
      }),
      dot(points, {x: (x) => x, y: 1.5, r: 4, tone: "dw"}),
      text([0], {x: 0, y: 2.6, dy: -4, anchor: "start", text: "task 1 reads these", tone: "dw"}),
      text([0], {
        x: start + TASK_DIRECTIONS,
        y: 0.4,
        dy: 14,
        anchor: "end",
        text: "task 2 these",
        tone: "dw",
        strength: 1,
      }),
    ],
  };
}

/** The chart of each task's loss by the number of shared directions, beside its losses without an adapter and with its own. */
function lossChart(result: ComposeResult, params: ComposeParams, act: Act, size: Size): Chart {
  const {shared} = params;
  const {base, together, course, courseTogether} = result;
  const greatest = Math.max(...base, ...courseTogether.flat());
  const worseBase = base[0] > base[1] ? 0 : 1;
  return {
    name: "course",
    label: ["Loss by shared directions"],
    alt: `At ${shared} of ${TASK_DIRECTIONS} shared: task 1 at ${thousandths(together[0])}, task 2 at ${thousandths(together[1])}`,
    height: {narrow: 200, mid: 240, wide: size === "card" ? 290 : 250},
    x: {domain: [0, TASK_DIRECTIONS], ticks: [0, 1, 2, 3, 4, 5, 6, 7, 8]},
    y: {domain: [0, 1.1 * greatest]},
    marks: [
      // The two levels with a task's own adapter are close and have one name.
      ...TASKS.flatMap((t) => [
        lineY(course, {...LOOKS[t], y: ({base}) => base[t], thin: true, dashed: true}),
        lineY(course, {...LOOKS[t], y: ({own}) => own[t], thin: true, dashed: true, ...(t && {end: "own adapter"})}),
      ]),
      text(TASKS, {
        x: 0,
        y: (t) => base[t],
        dx: 6,
        dy: (t) => (t === worseBase ? -6 : 14),
        anchor: "start",
        text: (t) => `task ${t + 1} without`,
        tone: "soft",
      }),
      ...TASKS.map((t) => lineY(courseTogether, {...LOOKS[t], y: (both) => both[t], end: `task ${t + 1}`})),
      knob(shared, (to) => act.set({shared: Math.round(to)}), undefined, true),
      ...TASKS.map((t) =>
        dot([together[t]], {
          ...LOOKS[t],
          x: shared,
          r: 5,
          hollow: t === 1,
          glides: true,
          title: `Task ${t + 1}: ${thousandths(together[t])}`,
        }),
      ),
    ],
  };
}

/** How many of the two tasks keep most of their skill, in words. */
const keptTexts = ["neither task keeps", "one task keeps", "each task keeps"] as const;

export default figure<typeof controls, ComposeResult>({
  title: "Can you add two adapters?",
  guide:
    "Two adapters are trained on one small layer, each for its own task, and then used at once. The inputs of a task take eight directions, drawn as points: move the second task so that they share some.",
  sources: ["Hu et al. 2021, §4.2", "Mangrulkar et al. 2022, add_weighted_adapter"],
  controls,
  main: ["way", "agree"],
  run: {clock: "shared", pace: 2.5, by: composeRunBy, isWhole: true, read: readCompose},
  picture: (result, params, act, size) => ({
    parts: [directionsChart(params), lossChart(result, params, act, size)],
  }),
  says(result, params) {
    const {together, own, base} = result;
    return [
      `With ${params.shared} of ${TASK_DIRECTIONS} directions shared, the losses are ${together.map((loss) => fixed(loss, 1)).join(" and ")}: ${keptTexts[tasksKept(result)]} most of its skill.`,
      `That is with ${wayText(params)}; alone, their own adapters leave ${own.map(thousandths).join(" and ")}, and no adapter ${base.map(thousandths).join(" and ")}.`,
    ];
  },
  readouts: (result, {shared}) => [
    {
      label: ["Overlap of the inputs"],
      value: percent(shared / TASK_DIRECTIONS),
      note: `φ of the two subspaces, ${shared} of ${TASK_DIRECTIONS}`,
    },
    {
      label: ["Tasks kept"],
      value: `${tasksKept(result)} of 2`,
      note: "losing less than a fifth of what its adapter gained",
    },
  ],
  table: ({course, courseTogether}, params) => ({
    caption: `Loss of both tasks with ${wayText(params)}, by shared directions of ${TASK_DIRECTIONS}`,
    columns: ["Shared", "Task 1, own", "Task 2, own", "Task 1, both", "Task 2, both", "Task 1, none", "Task 2, none"],
    rows: course.map(({own, base}, i) => [i, ...[...own, ...courseTogether[i]!, ...base].map(thousandths)]),
  }),
  source: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "let both tasks share all eight directions, then find outputs and a way to combine the adapters that keep both tasks.",
    met: (result, {shared}) => shared === TASK_DIRECTIONS && tasksKept(result) === 2,
  },
});
