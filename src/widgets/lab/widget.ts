import {layer} from "../../figures/layer.ts";
import {presses} from "../../figures/presses.ts";
import {whole} from "../../figures/text/format.ts";
import {heavy} from "../../shell/widget.ts";
import {rescue} from "../shared/rescue.ts";
import {isList} from "../shared/taskNames.ts";
import {controls} from "./controls.ts";
import {nats, scored, size} from "./format.ts";
import {predictions} from "./guess.ts";
import {chosen, LAYERS, matrices} from "./matrices.ts";
import {runs} from "./orders.ts";
import {askGuess} from "./panels/askGuess.ts";
import {chooseMatrices} from "./panels/chooseMatrices.ts";
import {learningCurve} from "./panels/learningCurve.ts";
import {samples} from "./panels/samples.ts";
import {shelfOfRuns} from "./panels/shelfOfRuns.ts";
import {takeHomeButton} from "./panels/takeHomeButton.ts";
import {useModel} from "./panels/useModel.ts";
import {isSet, presets} from "./presets.ts";
import {problemOf} from "./problem.ts";
import {type EvaluationAt, type LabResult, see} from "./readings.ts";
import {readouts} from "./readouts.ts";
import {described, outcome} from "./runDescription.ts";
import {says, sentence} from "./sentences.ts";

/** The challenge: a score to reach, and the most parameters to reach it with. */
const GOAL = {score: 2.06, numbers: 2400};

export default heavy<typeof controls, LabResult>({
  title: "What can a thousand new parameters teach a finished model?",
  guide:
    "Press matrices in the drawing or choose a task, and this page trains the model anew. Drag the step to see what it wrote along the way.",
  sources: [
    "Hu et al. 2021, §4.1, §7.1 and §7.2",
    "Kingma and Ba 2014",
    "Houlsby et al. 2019 (adapter layers)",
    "Li and Liang 2021 (prefixes)",
    "Dettmers et al. 2023 (NF4)",
    "Li et al. 2023 (LoftQ)",
  ],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "step", grows: true, runs, see},
  controls,
  main: ["r", "width", "vectors", "examples"],
  draw(picture, result, params, act, room) {
    if (room.size !== "full") {
      const short = layer(picture, "div", "glance");
      samples(short, result, params, room);
      if (room.size !== "dock") learningCurve(short, result, params, act, room);
      return;
    }
    presses(
      picture,
      presets.map(({text, set}) => ({text, isPressed: isSet(params, set), onPress: () => act.set(set)})),
      "Presets",
    );
    const lab = layer(picture, "div", "lab");
    const left = layer(lab, "div", "choose");
    chooseMatrices(left, result, params, act);
    learningCurve(left, result, params, act, room);
    const right = layer(lab, "div", "watch");
    askGuess(right, result, params, act);
    samples(right, result, params, room);
    useModel(right, result, params, act);
    takeHomeButton(right, result, params, act);
    shelfOfRuns(picture, result, params, act);
    const {why = "", text = "", set = {}} = problemOf(result, params) ?? {};
    rescue(picture, {isShown: why !== "", why, text, onPress: () => act.set(set)});
  },
  says,
  summary: sentence,
  predictions,
  asks: (isWanted, _, isFresh): {ask?: string} => (isFresh ? {ask: isWanted ? "first" : ""} : {}),
  diverged: (result, params) => (result.divergedAt === undefined ? undefined : problemOf(result, params)?.why),
  readouts,
  table({evaluations, losses, setup, now, kept}, {task, on, method}) {
    const isWords = isList(task);
    const wrote = (all: EvaluationAt["samples"]) =>
      isWords
        ? all.map(({text}) => text || "–").join(" ")
        : `${all.filter(({isHit}) => isHit).length} of ${all.length} right`;
    const adapted = method === "full" ? matrices : method === "lora" ? chosen(on) : [];
    return {
      caption: `Every tenth step up to ${now.step}, scored on ${whole(setup.fresh)} ${isWords ? "held-out words" : "fresh inputs"}; then the size of each change`,
      columns: ["Step", "Loss on its examples", isWords ? "Nats a letter" : "Exact", "Old skill", "What it wrote"],
      rows: [
        ...evaluations.map(({step, score, skill, samples}) => [
          step,
          losses.length ? nats(losses[step]) : "",
          scored(task, score),
          scored(task, skill),
          wrote(samples),
        ]),
        ...Array.from({length: LAYERS}, (_, l) =>
          adapted.map((one) => [
            `‖ΔW‖ of ${one.target}, layer ${l + 1}`,
            size(now.deltas[l * matrices.length + matrices.indexOf(one)]),
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
    text: `with at most ${whole(GOAL.numbers)} trained parameters, bring the word forge to ${GOAL.score} nats a letter on names.`,
    met: ({now, setup}, {task}) =>
      task === "names" && now.step > 0 && setup.trained <= GOAL.numbers && now.score <= GOAL.score,
  },
});
