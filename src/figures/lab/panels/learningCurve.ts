import {byWidth} from "../../../figure/plot/aspects.ts";
import {chart} from "../../../figure/plot/chart.ts";
import type {Room} from "../../../figure/plot/room.ts";
import type {Act} from "../../../figure/widget.ts";
import {type LabParams, labSettings, stepsOf} from "../controls.ts";
import {learning} from "../drawing/learning.ts";
import {nats} from "../format.ts";
import type {EvaluationAt, LabResult} from "../readings.ts";
import {isOfWords} from "../tasks.ts";

const scoresOf = (evaluations: readonly EvaluationAt[]) => evaluations.map(({step, score}) => [step, score] as const);

/** The kept runs that fit on the same axis: scores of words, or losses of digits. */
const besideOf = (kept: LabResult["kept"], isWords: boolean) =>
  kept.flatMap(({settings, losses, evaluations}, i) =>
    isOfWords(settings.task) === isWords
      ? {
          name: `kept-${i + 1}`,
          label: `run ${i + 1}`,
          points: isWords ? scoresOf(evaluations) : losses.map((loss, at) => [at, loss] as const),
        }
      : [],
  );

export function learningCurve(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  const {losses, evaluations, now, step, kept, setup} = result;
  const {task} = params;
  const [scored, name] = setup.isLearned ? ["on its whole list", "its list"] : ["on held-out words", "held out"];
  const isWords = isOfWords(task);
  const fresh = isWords ? `, ${scored} ${nats(now.score)}` : "";
  const {g, width, height} = chart(box, "learning", room, {
    label: [isWords ? "Loss, nats a letter" : "Loss, nats a digit"],
    nominal: 272,
    height: byWidth(room, {full: 0.66, card: 1.05, slide: 0.72, dock: 0.5}[room.size], 0.6),
    alt: losses.length
      ? `At step ${step} the loss on its examples is ${nats(losses.at(-1)!)}${fresh}`
      : `Nothing is trained${fresh}`,
  });
  learning(g, losses, isWords ? scoresOf(evaluations) : [], {
    ...{width: width - 96, height: height - 38, steps: stepsOf(labSettings(params)), step},
    ...(isWords ? {bottom: 1.5, top: 3.5} : {bottom: 0, top: 12}),
    name,
    beside: besideOf(kept, isWords),
    onMove: (to) => act.set({step: to}),
  });
}
