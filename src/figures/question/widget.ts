import {chart, panels} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import {group} from "../../figure/plot/panel.ts";
import type {Room} from "../../figure/plot/room.ts";
import {key} from "../../figure/plot/text/key.ts";
import {label} from "../../figure/plot/text/label.ts";
import {type Act, heavy} from "../../figure/widget.ts";
import {typed} from "../shared/typedWord.ts";
import {bounds, controls, type QuestionParams, runs} from "./controls.ts";
import {letterChances} from "./drawing/chances.ts";
import {replyColumns} from "./drawing/columns.ts";
import {fans} from "./drawing/fans.ts";
import {bottomOf, NARROW_QUESTION, type QuestionLayout, questionLayout} from "./drawing/frame.ts";
import {letterRows, rowNames} from "./drawing/letterRows.ts";
import {mostMoved, pushesAt, type QuestionResult, see, TOKEN_NAMES, withOthers} from "./readings.ts";
import {between, questionAlt, readouts, replyText, says, summary, table} from "./sentences.ts";

const NOMINAL = 480;

/** Draws with the frame of the picture's own width. */
function drawn(
  picture: Element,
  result: QuestionResult,
  room: Room,
  mode: QuestionParams["runs"],
  count: number,
): {g: Element; frame: QuestionLayout} {
  const of = (width: number) =>
    questionLayout(room, width, {
      ...{columns: count, order: result.order, called: TOKEN_NAMES, hasFans: mode === "five"},
      ...(mode === "one" && {named: mostMoved(result)}),
    });
  const {g, width} = chart(picture, "asked", room, {
    nominal: NOMINAL,
    height: (width) => of(width).height,
    bends: [NARROW_QUESTION],
    alt: questionAlt(result),
  });
  // Each way of showing has a group of its own, and the other's is empty.
  for (const name of ["one", "five"]) {
    const own = layer(g, "g", name);
    if (name !== mode) own.replaceChildren();
  }
  return {g: layer(g, "g", mode), frame: of(width)};
}

/** One run: its replies to the word, the same answer below each, and what becomes of the next letter. */
function oneRun(picture: Element, result: QuestionResult, act: Act, room: Room) {
  const {word, at, run, before, after} = result;
  const {g, frame} = drawn(picture, result, room, "one", word.length + 1);
  letterRows(g, frame, run.answer);
  replyColumns(
    g,
    run.replies.map((reply, i) => ({
      name: i === 0 ? "–" : word[i - 1]!,
      reply,
      said: replyText(reply),
      pushes: pushesAt(run, i),
    })),
    frame,
    {chosen: at, tone: "push", title: "the reply a·x", onPick: (letter) => letter !== at && act.set({letter})},
  );
  const most = Math.max(...[...before, ...after].flat());
  letterChances(g, {before: before[at]!, after: after[at]!, most}, frame);
}

/** All runs at the chosen place: their replies and answers, and how far from the chosen run's the arrows of the others point. */
function allRuns(picture: Element, result: QuestionResult, act: Act, room: Room) {
  const {at, runs, run, agreement} = result;
  const {g, frame} = drawn(picture, result, room, "five", runs.length);
  rowNames(group(g, "letters"), frame, frame.columns.left - 6);
  replyColumns(
    g,
    runs.map(({seed, replies, answer}) => ({
      name: String(seed),
      reply: replies[at]!,
      said: replyText(replies[at]!),
      pushes: answer,
    })),
    frame,
    {
      chosen: runs.indexOf(run),
      tone: "answer",
      title: frame.columns.width < 210 ? "reply a·x, by seed" : "the reply a·x of each run, by seed",
      onPick: (column) => runs[column] !== run && act.set({seed: String(runs[column]!.seed)}),
    },
  );
  label(g, "title answer", frame.columns.left < 420 ? "b" : "answer b", {
    ...{x: frame.columns.left - 8, y: frame.names, anchor: "end"},
  });
  const {left, width} = frame.right;
  const fan = (name: string, [wide, short]: readonly [readonly string[], string], cosines: readonly number[]) => ({
    ...{name, title: frame.isNarrow ? [short] : wide, said: between(cosines)},
    cosines: withOthers(cosines, runs.indexOf(run), runs.length),
  });
  fans(
    g,
    [
      {
        ...fan("start", [["questions a,", "before training"], "a at start"], agreement.start),
        names: ["the chosen run", "the others"],
      },
      fan("question", [["questions a,", "trained"], "a trained"], agreement.questions),
      fan("answer", [["answers b,", "trained"], "b trained"], agreement.answers),
    ],
    {left, width, top: 0, height: bottomOf(frame)},
  );
}

/** Takes what the reader typed, as far as the forge can read it. */
function take(word: string, note: string | undefined, act: Act) {
  act.set({word, letter: word.length});
  if (note) act.say(note);
}

export default heavy<typeof controls, QuestionResult>({
  title: "Could a name end at this letter?",
  guide:
    "Type letters, then press a letter, or a run when all five are shown: blue is the reply a·x, rust the answer b. For a single run the figure also shows their product, in violet; the forge adds it before its final normalization.",
  sources: ["Hu et al. 2021, §4.1"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {clock: "letter", pace: 1.5, runs, see},
  controls,
  bounds,
  main: ["runs"],
  draw(picture, result, params, act, room) {
    panels(picture, ["asked"]);
    if (room.size !== "dock")
      typed(picture, {label: "Type letters", value: result.word, onType: (word, note) => take(word, note, act)});
    if (params.runs === "one") oneRun(picture, result, act, room);
    else allRuns(picture, result, act, room);
    if (room.size === "dock") return;
    const legend = layer(picture, "div", "legend");
    legend.classList.add(params.runs);
    key(legend, keyOf(params));
  },
  says,
  summary,
  readouts,
  table,
  provenance: ({seed}) => ({kind: "live", text: `stored run, seed ${seed}`}),
  challenge: {
    text: "find letters after which the reply is below zero. There the answer is subtracted.",
    met: ({run, at}) => run.replies[at]! < 0,
  },
});

/** What the colors mean. */
const keyOf = ({runs}: QuestionParams) =>
  runs === "one"
    ? ([{name: "push", kind: "area", text: "reply × answer"}] as const)
    : ([
        {name: "chosen-run", kind: "line", text: "the chosen run"},
        {name: "other-runs", kind: "line", text: "the others"},
      ] as const);
