/** What is behind "Compare runs": the question before a run, its curve, the ways to use it, and the runs that are kept. */

import {layer} from "../../../figure/plot/layer.ts";
import {dot, knob, lineY, type Mark} from "../../../figure/plot/marks.ts";
import {type Chart, drawPicture, frameFor} from "../../../figure/plot/picture.ts";
import type {Room} from "../../../figure/plot/room.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import type {Act} from "../../../figure/widget.ts";
import {MAX_KEPT} from "../../shared/keptRuns.ts";
import {keptRunsPanel} from "../../shared/keptRunsPanel.ts";
import {keptLabRuns, type LabParams, labSettings, stepsOf} from "../controls.ts";
import {nats} from "../format.ts";
import type {EvaluationAt, LabResult} from "../readings.ts";
import {labRunLine, runOutcome} from "../runDescription.ts";
import {isOfWords, LAB_STEPS} from "../settings.ts";
import {askGuess} from "./askGuess.ts";
import {useModel} from "./useModel.ts";

export function compareRuns(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  askGuess(box, result, params, act);
  learningCurve(box, result, params, act, room);
  useModel(box, result, params);
  keptRuns(box, result, params, act);
}

interface Point {
  step: number;
  value: number;
}

const scoresOf = (evaluations: readonly EvaluationAt[]): Point[] =>
  evaluations.map(({step, score}) => ({step, value: score}));
const lossesOf = (losses: readonly number[]): Point[] => losses.map((value, step) => ({step, value}));

const place = {x: ({step}: Point) => step, y: ({value}: Point) => value};

/** A line with its name, once it has begun. */
const line = (points: readonly Point[], end: string, style: Partial<Parameters<typeof lineY<Point>>[1]>): Mark[] =>
  points.length ? [lineY(points, {...style, ...place, end})] : [];

/** The loss on each step's examples as a line; the loss measured on other examples now and then as points on a line. */
function learningCurve(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  const {losses, evaluations, now, step, kept, setup} = result;
  const isWords = isOfWords(params.task);
  // Kept runs have a line where they are measured alike: by scores of words, or by losses of digits.
  const beside = kept.flatMap(({settings, losses, evaluations}, i) => {
    if (isOfWords(settings.task) !== isWords) return [];
    return line(isWords ? scoresOf(evaluations) : lossesOf(losses), `run ${i + 1}`, {kind: "beside"});
  });
  const [scoredOn, name] = setup.isLearned ? ["on its whole list", "its list"] : ["on held-out words", "held out"];
  const scoreText = isWords ? `, ${scoredOn} ${nats(now.score)}` : "";
  const scores = isWords ? scoresOf(evaluations) : [];
  const area = layer(box, "div", "learning");
  const frame = frameFor(room.widthOf(area) ?? room.width);
  area.setAttribute("data-frame", frame);
  const chart: Chart = {
    name: "curve",
    label: [isWords ? "Loss, nats a letter" : "Loss, nats a digit"],
    height: {narrow: 180, mid: 297, wide: 436},
    alt: losses.length
      ? `At step ${step} the loss on its examples is ${nats(losses.at(-1)!)}${scoreText}`
      : `Nothing is trained${scoreText}`,
    x: {domain: [0, stepsOf(labSettings(params))]},
    y: {domain: isWords ? [1.5, 3.5] : [0, 12]},
    marks: [
      ...beside,
      ...line(lossesOf(losses), "training", {thin: true}),
      ...line(scores, name, {tone: "dw"}),
      dot(scores, {...place, r: 3, tone: "dw"}),
      knob(step, (to) => act.set({step: Math.round(to)})),
    ],
  };
  drawPicture(area, {parts: [chart]}, [frame]);
}

function keptRuns(box: Element, {kept}: LabResult, params: LabParams, act: Act) {
  const isOwn = params.task === "own";
  keptRunsPanel(
    box,
    kept.map((run) => ({
      text: labRunLine(run.settings),
      value: [runOutcome(run), ...(run.trained === undefined ? [] : [`${whole(run.trained)} parameters`])].join(", "),
    })),
    {
      title: "Kept runs, each with its score on unseen data",
      most: isOwn ? 0 : MAX_KEPT,
      keptRuns: keptLabRuns,
      params,
      announced: labRunLine(labSettings(params)),
      // To its end, if it has been trained on this page.
      back: {step: LAB_STEPS},
    },
    act,
  );
  if (isOwn) layer(layer(box, "div", "shelf"), "p", "invitation", "Runs on your own words are not kept.");
}
