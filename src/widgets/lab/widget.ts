import {layer} from "../../figures/layer.ts";
import {panel} from "../../figures/panel.ts";
import {presses} from "../../figures/presses.ts";
import {whole} from "../../figures/text/format.ts";
import {put} from "../../figures/text/put.ts";
import {type Act, heavy} from "../../shell/widget.ts";
import {isList} from "../trained/lessonNames.ts";
import {chooseBox} from "./boxes/chooseBox.ts";
import {guessBox} from "./boxes/guessBox.ts";
import {homeBox} from "./boxes/homeBox.ts";
import {keptBox} from "./boxes/keptBox.ts";
import {useBox} from "./boxes/useBox.ts";
import {described, outcome} from "./comparison.ts";
import {learning} from "./figures/learning.ts";
import {type Item, type Line, morph} from "./figures/morph.ts";
import type {Written} from "./frame.ts";
import {predictions} from "./guess.ts";
import {chosen, LAYERS, matrices} from "./matrices.ts";
import {isSet, presets} from "./presets.ts";
import {problemOf} from "./problem.ts";
import {readouts} from "./readouts.ts";
import {type At, type LabResult, rowsOf, runs, see} from "./see.ts";
import {sentence} from "./sentence.ts";
import {controls, type LabParams, STEPS} from "./settings.ts";
import {nats, scored, size} from "./wording.ts";

/** Runs that are kept and learn what can stand on the same axis, by what is drawn of them: words are scored, digits are not. */
const besideOf = (kept: LabResult["kept"], isWords: boolean) =>
  kept.flatMap(({settings, losses, looks}, i) =>
    isList(settings.task) === isWords
      ? {
          name: `kept-${i + 1}`,
          label: `run ${i + 1}`,
          points: isWords
            ? looks.map(({step, score}) => [step, score] as const)
            : losses.map((loss, at) => [at, loss] as const),
        }
      : [],
  );

function curve(box: Element, {losses, looks, now, step, kept}: LabResult, {task}: LabParams, act: Act) {
  const isWords = isList(task);
  const points = isWords ? looks.map(({step, score}) => [step, score] as const) : [];
  const fresh = isWords ? `, on held-out words ${nats(now.score)}` : "";
  const svg = panel(box, "learning", {
    label: [isWords ? "Loss, nats a letter" : "Loss, nats a digit"],
    width: 256,
    height: 170,
    alt: losses.length
      ? `At step ${step} the loss on its examples is ${nats(losses.at(-1)!)}${fresh}`
      : `Nothing is trained${fresh}`,
  });
  learning(svg, losses, points, {
    ...{width: 168, height: 132, steps: STEPS, step},
    ...(isWords ? {bottom: 1.5, top: 3.5} : {bottom: 0, top: 12}),
    name: "held out",
    beside: besideOf(kept, isWords),
    onMove: (to) => act.set({step: to}),
  });
}

/** An answer with its wrong digits marked. */
const answered = (text: string, due: string): Item => ({
  pieces: Array.from(text, (digit, i) => ({text: digit, ...(digit === due[i] ? {} : {mark: "wrong"})})),
  sign: text === due ? " ✓" : " ✗",
});

const wordItem = ({text, isHit}: Written): Item => ({
  pieces: [{text: text || "–", ...(isHit ? {mark: "known"} : {})}],
});

function written(box: Element, result: LabResult, {task}: LabParams) {
  const {ground, now} = result;
  const {questions} = ground;
  const steps = rowsOf(result).map(
    (look): Line => ({
      name: String(look.step),
      items: questions ? look.written.map(({text}, i) => answered(text, questions[i].due)) : look.written.map(wordItem),
      value: scored(task, look.score),
      isNow: look === now,
    }),
  );
  const plain = (text: string): Item => ({pieces: [{text}]});
  const asked: Line[] = questions
    ? [
        {name: "in", items: questions.map(({input}) => plain(input)), value: ""},
        {name: "due", items: questions.map(({due}) => plain(due)), value: ""},
      ]
    : [];
  morph(box, [...asked, ...steps], {
    caption: questions ? "What it answers" : "What it writes, with the same random numbers at every step",
    columns: ["Step", questions ? "Answers" : "Words", questions ? "exact" : "nats"],
    aligned: !!questions,
    foot: questions
      ? `Right: the share of ${whole(ground.fresh)} fresh inputs answered without a mistake. Wrong digits are crossed out.`
      : `Only the weights differ from row to row. Right: nats a letter on ${whole(ground.fresh)} words it never saw. Underlined: a word of its training list.`,
  });
}

function rescue(picture: Element, result: LabResult, params: LabParams, act: Act) {
  const problem = problemOf(result, params);
  const box = layer<HTMLElement>(picture, "div", "rescue");
  box.toggleAttribute("hidden", !problem);
  layer(box, "p", "why", problem?.why ?? "");
  const button = layer<HTMLButtonElement>(box, "button", "back");
  button.setAttribute("type", "button");
  put(button, problem?.text ?? "");
  button.onclick = () => problem && act.set(problem.set);
}

/** Names the challenge speaks of: the score to reach, and with how many numbers. */
const GOAL = {score: 2.06, numbers: 2400};

export default heavy<typeof controls, LabResult>({
  title: "What can a few thousand numbers teach a trained model?",
  guide:
    "Each change trains anew, in a worker of this page. Press matrices in the drawing, choose a task, and drag the step to see what the model writes on its way; going back trains nothing again.",
  sources: [
    "Hu et al. 2021, §4.1, §7.1 and §7.2",
    "Kingma and Ba 2014",
    "Houlsby et al. 2019 (bottlenecks)",
    "Li and Liang 2021 (prefixes)",
    "Dettmers et al. 2023 (NF4)",
    "Li et al. 2023 (LoftQ)",
  ],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "step", grows: true, runs, see},
  controls,
  draw(picture, result, params, act) {
    presses(
      picture,
      presets.map(({text, set}) => ({text, isPressed: isSet(params, set), onPress: () => act.set(set)})),
      "Presets",
    );
    const lab = layer(picture, "div", "lab");
    const left = layer(lab, "div", "choose");
    chooseBox(left, result, params, act);
    curve(left, result, params, act);
    const right = layer(lab, "div", "watch");
    guessBox(right, result, params, act);
    written(right, result, params);
    useBox(right, result, params, act);
    homeBox(right, result, params, act);
    keptBox(picture, result, params, act);
    rescue(picture, result, params, act);
  },
  summary: sentence,
  predictions,
  asks: (isWanted, _, isFresh): {ask?: string} => (isFresh ? {ask: isWanted ? "first" : ""} : {}),
  diverged: (result, params) => (result.lost === undefined ? undefined : problemOf(result, params)?.why),
  readouts,
  table({looks, losses, ground, now, kept}, {task, on, method}) {
    const isWords = isList(task);
    const wrote = ({written}: At) =>
      isWords
        ? written.map(({text}) => text || "–").join(" ")
        : `${written.filter(({isHit}) => isHit).length} of ${written.length} right`;
    const adapted = method === "full" ? matrices : method === "lora" ? chosen(on) : [];
    return {
      caption: `Every tenth step up to ${now.step}, scored on ${whole(ground.fresh)} ${isWords ? "held-out words" : "fresh inputs"}; then the size of each change`,
      columns: ["Step", "Loss on its examples", isWords ? "Nats a letter" : "Exact", "Old skill", "What it wrote"],
      rows: [
        ...looks.map((look) => [
          look.step,
          losses.length ? nats(losses[look.step]) : "",
          scored(task, look.score),
          scored(task, look.skill),
          wrote(look),
        ]),
        ...Array.from({length: LAYERS}, (_, l) =>
          adapted.map(({target}) => [
            `‖ΔW‖ of ${target}, layer ${l + 1}`,
            size(now.deltas[l * matrices.length + matrices.findIndex((one) => one.target === target)]),
            "",
            "",
            "",
          ]),
        ).flat(),
        ...kept.map((run, i) => [`Run ${i + 1}`, described(run.settings), outcome(run), "", ""]),
      ],
    };
  },
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: `with at most ${whole(GOAL.numbers)} trained numbers, bring the word forge to ${GOAL.score} nats a letter on names.`,
    met: ({now, ground}, {task}) =>
      task === "names" && now.step > 0 && ground.trained <= GOAL.numbers && now.score <= GOAL.score,
  },
});
