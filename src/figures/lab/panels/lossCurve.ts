/** The chart of losses: of the run in the picture, and of the runs that are kept. */

import {layer} from "../../../figure/plot/layer.ts";
import {dot, knob, lineY, type Mark} from "../../../figure/plot/marks.ts";
import {drawPicture, FRAMES, frameFor} from "../../../figure/plot/picture.ts";
import type {Room} from "../../../figure/plot/room.ts";
import type {Act} from "../../../figure/widget.ts";
import {isOfWords, type LabParams, labSettings, stepsOf} from "../controls.ts";
import {natsText} from "../format.ts";
import type {EvaluationAt, LabResult} from "../readings.ts";

interface Point {
  step: number;
  value: number;
}

const scoresOf = (evaluations: readonly EvaluationAt[]): Point[] =>
  evaluations.map(({step, score}) => ({step, value: score}));
const lossesOf = (losses: readonly number[]): Point[] => losses.map((value, step) => ({step, value}));

const channels = {x: ({step}: Point) => step, y: ({value}: Point) => value};

/** A line; its name is written at its end once it has one. */
const line = (points: readonly Point[], end: string, style: Partial<Parameters<typeof lineY<Point>>[1]>): Mark[] =>
  points.length ? [lineY(points, {...style, ...channels, ...(points.length > 1 && {end})})] : [];

/** Draws the loss on each step's examples as a line, and for words the loss on held-out ones as points on a line. */
export function drawLossCurve(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  const {losses, evaluations, now, step, kept, setup} = result;
  const isWords = isOfWords(params.task);
  // Only kept runs that are measured alike have a line: by scores of words, or by losses of digits.
  const keptLines = kept.flatMap(({settings, losses, evaluations}, i) =>
    isOfWords(settings.task) === isWords
      ? line(isWords ? scoresOf(evaluations) : lossesOf(losses), `run ${i + 1}`, {kind: "beside"})
      : [],
  );
  const scores = isWords ? scoresOf(evaluations) : [];
  const scoreName = setup.isLearned ? "its list" : "held out";
  const lossText = losses.length ? `At step ${step} the loss is ${natsText(losses.at(-1)!)}` : "Nothing is trained";
  const area = layer(box, "div", "loss-curve");
  const frame = frameFor(room.width ?? FRAMES.wide);
  area.setAttribute("data-frame", frame);
  const chart = {
    name: "curve",
    label: [isWords ? "Loss, nats a letter" : "Loss, nats a digit"],
    height: 170,
    // Room for the names, before there are any.
    marginRight: 72,
    alt: `${lossText}${isWords ? `; ${scoreName} ${natsText(now.score)}` : ""}`,
    x: {domain: [0, stepsOf(labSettings(params))] as const},
    y: {domain: isWords ? ([1.5, 3.5] as const) : ([0, 12] as const)},
    marks: [
      ...keptLines,
      ...line(lossesOf(losses), "training", {thin: true}),
      ...line(scores, scoreName, {tone: "dw"}),
      dot(scores, {...channels, r: 3, tone: "dw"}),
      knob(step, (to) => act.set({step: Math.round(to)})),
    ],
  };
  drawPicture(area, {parts: [chart]}, [frame]);
}
