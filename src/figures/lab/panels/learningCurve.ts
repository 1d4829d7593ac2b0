import {layer} from "../../../figure/plot/layer.ts";
import {dot, knob, lineY, type Mark} from "../../../figure/plot/marks.ts";
import {type Chart, drawPicture, frameFor} from "../../../figure/plot/picture.ts";
import type {Room} from "../../../figure/plot/room.ts";
import type {Act} from "../../../figure/widget.ts";
import {type LabParams, labSettings, stepsOf} from "../controls.ts";
import {nats} from "../format.ts";
import type {EvaluationAt, LabResult} from "../readings.ts";
import {isOfWords} from "../tasks.ts";

type Points = readonly (readonly [step: number, value: number])[];

const scoresOf = (evaluations: readonly EvaluationAt[]): Points => evaluations.map(({step, score}) => [step, score]);
const lossesOf = (losses: readonly number[]): Points => losses.map((loss, at) => [at, loss]);

const across = ([step]: Points[number]) => step;
/** A line ends where its run came to nothing. */
const high = ([, value]: Points[number]) => (Number.isFinite(value) ? value : Number.POSITIVE_INFINITY);

/** A line with its name, once it has begun. */
const line = (points: Points, end: string, style: Partial<Parameters<typeof lineY<Points[number]>>[1]> = {}): Mark[] =>
  points.length ? [lineY(points, {x: across, y: high, end, ...style})] : [];

/** The kept runs that fit on the same axis: scores of words, or losses of digits. */
const besideOf = (kept: LabResult["kept"], isWords: boolean): Mark[] =>
  kept.flatMap(({settings, losses, evaluations}, i) =>
    isOfWords(settings.task) === isWords
      ? line(isWords ? scoresOf(evaluations) : lossesOf(losses), `run ${i + 1}`, {kind: "beside"})
      : [],
  );

/** The loss on each step's examples as a line; the loss measured on other examples now and then as points on a line. */
export function learningCurve(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  const {losses, evaluations, now, step, kept, setup} = result;
  const [scored, name] = setup.isLearned ? ["on its whole list", "its list"] : ["on held-out words", "held out"];
  const isWords = isOfWords(params.task);
  const fresh = isWords ? `, ${scored} ${nats(now.score)}` : "";
  const scores = isWords ? scoresOf(evaluations) : [];
  const area = layer(box, "div", "learning");
  const frame = frameFor(room.widthOf(area) ?? room.width);
  area.setAttribute("data-frame", frame);
  const chart: Chart = {
    name: "curve",
    label: [isWords ? "Loss, nats a letter" : "Loss, nats a digit"],
    height: {narrow: 180, mid: 297, wide: 436},
    alt: losses.length
      ? `At step ${step} the loss on its examples is ${nats(losses.at(-1)!)}${fresh}`
      : `Nothing is trained${fresh}`,
    x: {domain: [0, stepsOf(labSettings(params))]},
    y: {domain: isWords ? [1.5, 3.5] : [0, 12]},
    marks: [
      ...besideOf(kept, isWords),
      ...line(lossesOf(losses), "training", {thin: true}),
      ...line(scores, name, {tone: "dw"}),
      dot(scores, {x: across, y: high, r: 3, tone: "dw"}),
      knob(step, (to) => act.set({step: Math.round(to)})),
    ],
  };
  drawPicture(area, {parts: [chart]}, [frame]);
}
