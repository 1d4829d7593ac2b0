/** The lab: a figure whose training the reader starts, with its sentences, readouts, table and challenge. */

import {labFrame} from "../../figure/live/labFrame.ts";
import {drawRescue} from "../../figure/plot/rescue.ts";
import {whole} from "../../figure/plot/text/format.ts";
import type {Table} from "../../figure/widget.ts";
import {widgetWithRuns} from "../../figure/widget.ts";
import {
  controls,
  isOfWords,
  LAYERS,
  type LabParams,
  labMatrices,
  labSettings,
  matricesNamed,
  stepsOf,
  WEIGHT_KILOBYTES,
} from "./controls.ts";
import {
  deltaNormText,
  isUnscored,
  labRunLine,
  labScoreText,
  natsText,
  runOutcome,
  scoreText,
  settingsInWords,
} from "./format.ts";
import {drawAboveButton} from "./ownPage.ts";
import {drawBelow} from "./panels/below.ts";
import {drawMatrixChoice} from "./panels/chooseMatrices.ts";
import {drawColumns} from "./panels/columns.ts";
import {drawLossCurve} from "./panels/lossCurve.ts";
import {idleReason, runsOf, waitsForReader} from "./protocol.ts";
import {type EvaluationAt, type LabResult, readLab} from "./readings.ts";
import {problemOf, readouts, says, statusText, summary} from "./sentences.ts";

/** The challenge: a score to reach, in nats a letter, with at most this many parameters. */
const GOAL = {score: 2.06, parameters: 2400};

export default widgetWithRuns<typeof controls, LabResult>({
  title: "What can a few thousand parameters teach a finished model?",
  guide:
    "Before and After write from the same random draws; violet letters are new. Press Fine-tune and watch After change, then switch the adapter off and on.",
  sources: [
    "Hu et al. 2021, §4.1, §7.1 and §7.2",
    "Kingma and Ba 2014",
    "Houlsby et al. 2019 (adapter layers)",
    "Li and Liang 2021 (prefixes)",
    "Dettmers et al. 2023 (NF4)",
    "Li et al. 2023 (LoftQ)",
  ],
  player: () => import("../../figure/runs/player.ts"),
  runs: {
    clock: "step",
    grows: true,
    of: runsOf,
    waits: waitsForReader,
    read: readLab,
  },
  tools: {play: "Fine-tune"},
  training: {
    ...labFrame,
    // A link to a reader's own words does not carry them, so it trains nothing again.
    startNotes: (start, context) => (start.raw.own ? start.notes : labFrame.startNotes(start, context)),
    buttonTexts: {
      start: "Fine-tune",
      wait: ({task}) => `Loading ${WEIGHT_KILOBYTES[isOfWords(task) ? "words" : "digits"]} kB…`,
      pause: "Pause",
      on: "Go on",
      again: "Fine-tune again",
    },
    resetValues: {applied: "on"},
    statusText,
    settings: (params) => settingsInWords(labSettings(params)),
    isReady: (params) => !idleReason(labSettings(params)),
    drawBetween: drawAboveButton,
    drawPanel: drawMatrixChoice,
    drawBelow,
  },
  controls,
  main: ["task"],
  draw(picture, result, params, act, room) {
    drawColumns(picture, result, params, act, room.size);
    if (room.size === "full") return drawLossCurve(picture, result, params, act, room);
    // At full size the sentence says what is wrong, and the button follows it.
    const {why = "", text = "", set = {}} = problemOf(result, params) ?? {};
    drawRescue(picture, {isShown: why !== "", why, text, onPress: () => act.set(set)});
  },
  says,
  summary,
  diverged: (result, params) => (result.divergedAt === undefined ? undefined : problemOf(result, params)?.why),
  readouts,
  bounds: (params) => ({step: [0, stepsOf(labSettings(params as LabParams))]}),
  table,
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: `with at most ${whole(GOAL.parameters)} trained parameters, bring the word forge to ${scoreText("names", GOAL.score)} letters in doubt on names.`,
    met: ({now, setup}, {task}) =>
      task === "names" && now.step > 0 && setup.trainedCount <= GOAL.parameters && now.score <= GOAL.score,
  },
});

/** Every evaluation of the run, then the size of each ΔW, then the kept runs. */
function table(result: LabResult, {task, on, method}: LabParams): Table {
  const {evaluations, losses, setup, now, kept} = result;
  const isWords = isOfWords(task);
  const samplesText = (all: EvaluationAt["samples"]) =>
    isWords
      ? all.map(({text}) => text || "–").join(" ")
      : `${all.filter(({isHit}) => isHit).length} of ${all.length} right`;
  const scoredOn = isUnscored(setup)
    ? "words of the base’s own"
    : !isWords
      ? "fresh inputs"
      : setup.isLearned
        ? "words, those it learned from"
        : "held-out words";
  const adapted = method === "full" ? labMatrices : method === "lora" ? matricesNamed(on) : [];
  const sizes = Array.from({length: LAYERS}, (_, l) =>
    adapted.map((one) => [
      `‖ΔW‖ of ${one.target}, layer ${l + 1}`,
      deltaNormText(now.deltas[l * labMatrices.length + labMatrices.indexOf(one)]!),
    ]),
  ).flat();
  const rows = [
    ...evaluations.map(({step, score, skill, samples}) => [
      step,
      losses.length ? natsText(losses[step]!) : "",
      labScoreText(task, score),
      labScoreText(task, skill),
      samplesText(samples),
    ]),
    ...sizes,
    ...kept.map((run, i) => [`Run ${i + 1}`, labRunLine(run.settings), runOutcome(run)]),
  ];
  return {
    caption: `Every tenth step up to ${now.step}, scored on ${whole(setup.freshCount)} ${scoredOn}; then the size of each change`,
    columns: ["Step", "Loss on its examples", isWords ? "Nats a letter" : "Exact", "Old skill", "What it wrote"],
    rows: rows.map((row) => [...row, "", "", ""].slice(0, 5)),
  };
}
