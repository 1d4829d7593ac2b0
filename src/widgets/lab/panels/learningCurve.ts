import {panel} from "../../../figures/panel.ts";
import type {Act} from "../../../shell/widget.ts";
import {isList} from "../../shared/taskNames.ts";
import type {LabParams} from "../controls.ts";
import {learning} from "../figures/learning.ts";
import {nats} from "../format.ts";
import type {EvaluationAt, LabResult} from "../readings.ts";
import {STEPS} from "../settings.ts";

const scoresOf = (evaluations: readonly EvaluationAt[]) => evaluations.map(({step, score}) => [step, score] as const);

/** The kept runs that fit on the same axis: scores of words, or losses of digits. */
const besideOf = (kept: LabResult["kept"], isWords: boolean) =>
  kept.flatMap(({settings, losses, evaluations}, i) =>
    isList(settings.task) === isWords
      ? {
          name: `kept-${i + 1}`,
          label: `run ${i + 1}`,
          points: isWords ? scoresOf(evaluations) : losses.map((loss, at) => [at, loss] as const),
        }
      : [],
  );

export function learningCurve(box: Element, result: LabResult, {task}: LabParams, act: Act) {
  const {losses, evaluations, now, step, kept} = result;
  const isWords = isList(task);
  const fresh = isWords ? `, on held-out words ${nats(now.score)}` : "";
  const svg = panel(box, "learning", {
    label: [isWords ? "Loss, nats a letter" : "Loss, nats a digit"],
    width: 256,
    height: 170,
    alt: losses.length
      ? `At step ${step} the loss on its examples is ${nats(losses.at(-1)!)}${fresh}`
      : `Nothing is trained${fresh}`,
  });
  learning(svg, losses, isWords ? scoresOf(evaluations) : [], {
    ...{width: 168, height: 132, steps: STEPS, step},
    ...(isWords ? {bottom: 1.5, top: 3.5} : {bottom: 0, top: 12}),
    name: "held out",
    beside: besideOf(kept, isWords),
    onMove: (to) => act.set({step: to}),
  });
}
