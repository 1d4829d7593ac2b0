import {chart, panels} from "../../figures/chart.ts";
import {layer} from "../../figures/layer.ts";
import type {Room} from "../../figures/room.ts";
import {key} from "../../figures/text/key.ts";
import {type Act, heavy} from "../../shell/widget.ts";
import {bounds, controls, type QuestionParams, runs} from "./controls.ts";
import {chances} from "./figures/chances.ts";
import {columns} from "./figures/columns.ts";
import {bottomOf, type Frame, frameOf} from "./figures/frame.ts";
import {letterRows} from "./figures/letterRows.ts";
import {strips} from "./figures/strips.ts";
import {type QuestionResult, see} from "./readings.ts";
import {pictured, readouts, says, sentence, shown, table} from "./sentences.ts";
import {typed} from "./typed.ts";

const NOMINAL = 480;

/** Draws with the frame of the picture's own width. */
function drawn(
  picture: Element,
  result: QuestionResult,
  room: Room,
  shape: {columns: number; hasProfile: boolean},
): {g: Element; frame: Frame} {
  const of = (width: number) => frameOf(room, width, {...shape, order: result.order});
  const {g, width} = chart(picture, "reading", room, {
    nominal: NOMINAL,
    height: (width) => of(width).height,
    alt: pictured(result),
  });
  // Each way of showing has a group of its own, and the other's is empty.
  const [own, other] = shape.hasProfile ? ["one", "five"] : ["five", "one"];
  for (const name of ["one", "five"]) layer(g, "g", name);
  layer(g, "g", other!).replaceChildren();
  return {g: layer(g, "g", own!), frame: of(width)};
}

/** One run: its replies to the word, the same answer below each, and what becomes of the next letter. */
function oneRun(picture: Element, result: QuestionResult, act: Act, room: Room) {
  const {word, at, run, before, after} = result;
  const {g, frame} = drawn(picture, result, room, {columns: word.length + 1, hasProfile: true});
  letterRows(g, frame, run.answer);
  columns(
    g,
    run.replies.map((reply, i) => ({
      name: i === 0 ? "–" : word[i - 1]!,
      reply,
      said: shown(reply),
      pushes: run.pushes[i]!,
    })),
    frame,
    {chosen: at, tone: "push", onPick: (letter) => letter !== at && act.set({letter})},
  );
  const most = Math.max(...[...before, ...after].flat());
  chances(g, {before: before[at]!, after: after[at]!, most}, frame);
}

/** All runs at the chosen place: their replies and their answers, and how much the pairs of them agree. */
function allRuns(picture: Element, result: QuestionResult, act: Act, room: Room) {
  const {at, runs, run, agreement} = result;
  const {g, frame} = drawn(picture, result, room, {columns: runs.length, hasProfile: false});
  letterRows(g, frame, undefined);
  columns(
    g,
    runs.map(({seed, replies, answer}) => ({
      name: String(seed),
      reply: replies[at]!,
      said: shown(replies[at]!),
      pushes: answer,
    })),
    frame,
    {
      chosen: runs.indexOf(run),
      tone: "answer",
      onPick: (column) => runs[column] !== run && act.set({seed: String(runs[column]!.seed)}),
    },
  );
  const {left, width} = frame.right;
  strips(
    g,
    [
      {name: "start", title: frame.isNarrow ? "a at start" : "questions before training", values: agreement.start},
      {name: "question", title: frame.isNarrow ? "a trained" : "questions, trained", values: agreement.questions},
      {name: "answer", title: frame.isNarrow ? "b trained" : "answers, trained", values: agreement.answers},
    ],
    {left, width, top: frame.bars.top, height: bottomOf(frame) - frame.bars.top},
  );
}

export default heavy<typeof controls, QuestionResult>({
  title: "What can 160 parameters ask?",
  guide:
    "One row a and one column b beside the forge’s last matrix were trained on names. Type letters, then press one: blue is the reply a·x there, rust the answer b, violet what the two add to each letter’s score.",
  sources: ["Hu et al. 2021, §4.1"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "letter", pace: 1.5, runs, see},
  controls,
  bounds,
  main: ["runs"],
  draw(picture, result, params, act, room) {
    panels(picture, ["reading"]);
    if (room.size !== "dock") typed(picture, result.word, act);
    if (params.runs === "one") oneRun(picture, result, act, room);
    else allRuns(picture, result, act, room);
    if (room.size === "dock") return;
    key(layer(picture, "div", "legend"), keyOf(params));
  },
  says,
  summary: sentence,
  readouts,
  table,
  provenance: ({seed}) => ({kind: "live", text: `stored run, seed ${seed}`}),
  challenge: {
    text: "find letters after which the reply is below zero. There the answer turns round.",
    met: ({run, at}) => run.replies[at]! < 0,
  },
});

/** What the colors mean. */
const keyOf = ({runs}: QuestionParams) =>
  runs === "one"
    ? ([
        {name: "reply", kind: "area", text: "reply a·x"},
        {name: "push", kind: "area", text: "reply × answer"},
        {name: "before", kind: "area", text: "before"},
        {name: "after", kind: "area", text: "after"},
      ] as const)
    : ([
        {name: "reply", kind: "area", text: "reply a·x"},
        {name: "answer", kind: "area", text: "answer b"},
        {name: "start", kind: "dot", text: "|cosine| of two runs"},
      ] as const);
