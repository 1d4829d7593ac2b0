/** The lab: a figure whose training the reader starts, with its sentences, readouts, table and challenge. */

import {labFrame} from "../../figure/live/labFrame.ts";
import {rescue} from "../../figure/plot/rescue.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {widgetWithRuns} from "../../figure/widget.ts";
import {controls, type LabParams, labGuess, labSettings, MISSING_WORDS, runText, stepsOf} from "./controls.ts";
import {deltaNormText, inDoubtText, isUnscored, labScoreText, nats} from "./format.ts";
import {nothingToTrain, runs, waits} from "./orders.ts";
import {wordsAbove} from "./ownPage.ts";
import {beforeAfter} from "./panels/beforeAfter.ts";
import {below} from "./panels/below.ts";
import {chooseMatrices} from "./panels/chooseMatrices.ts";
import {problemOf} from "./problem.ts";
import {type EvaluationAt, type LabResult, readLab} from "./readings.ts";
import {readouts} from "./readouts.ts";
import {labRunLine, runOutcome, settingsInWords} from "./runDescription.ts";
import {says, statusText, summary} from "./sentences.ts";
import {isOfWords, LAB_STEPS, LAYERS, labMatrices, matricesNamed, WEIGHT_KILOBYTES} from "./settings.ts";

/** The challenge: a score to reach in nats, with the letters in doubt that it is, and the most parameters to reach it with. */
const GOAL = {score: 2.06, doubt: inDoubtText(2.06), numbers: 2400};

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
  player: () => import("../../figure/runs/trainer.ts"),
  recording: {
    clock: "step",
    grows: true,
    runs,
    waits,
    stops: [10, 20, 50, 100, LAB_STEPS],
    read: readLab,
  },
  tools: {play: "Fine-tune"},
  training: {
    ...labFrame,
    notes(start, place) {
      const notes = start.notes.filter((note) => !note.includes(MISSING_WORDS));
      // Words of the reader's own come after the #, or not at all.
      if (start.addressState?.task !== "own" || location.hash) return labFrame.notes({...start, notes}, place);
      return start.raw.own ? [...notes, MISSING_WORDS] : notes;
    },
    buttonTexts: {
      start: "Fine-tune",
      wait: ({task}) => `Loading ${WEIGHT_KILOBYTES[isOfWords(task) ? "words" : "digits"]} kB…`,
      pause: "Pause",
      on: "Go on",
      again: "Fine-tune again",
    },
    resetValues: {applied: "on"},
    statusText: statusText,
    settings: (params) => settingsInWords(labSettings(params)),
    isReady: (params) => !nothingToTrain(labSettings(params)),
    between: wordsAbove,
    panel: chooseMatrices,
    below,
  },
  controls,
  main: ["task"],
  draw(picture, result, params, act, room) {
    beforeAfter(picture, result, params, act, room);
    // At full size the sentence says what is wrong, and the button follows it.
    if (room.size === "full") return;
    const {why = "", text = "", set = {}} = problemOf(result, params) ?? {};
    rescue(picture, {isShown: why !== "", why, text, onPress: () => act.set(set)});
  },
  says,
  summary,
  // The guess itself gets no points.
  predictions({now, isGuessDue}, params) {
    const guess = labGuess(params);
    if (isGuessDue || guess === undefined || guess === "skipped" || now.step < LAB_STEPS) return [];
    return [{item: runText(labSettings(params)), prediction: guess, actual: now.score, error: null}];
  },
  asks: (isWanted, _, isFresh): {ask?: string} => (isFresh ? {ask: isWanted ? "first" : ""} : {}),
  diverged: (result, params) => (result.divergedAt === undefined ? undefined : problemOf(result, params)?.why),
  readouts,
  bounds: (params) => ({step: [0, stepsOf(labSettings(params as LabParams))]}),
  table({evaluations, losses, setup, now, kept}, {task, on, method}) {
    const isWords = isOfWords(task);
    const wrote = (all: EvaluationAt["samples"]) =>
      isWords
        ? all.map(({text}) => text || "–").join(" ")
        : `${all.filter(({isHit}) => isHit).length} of ${all.length} right`;
    const adapted = method === "full" ? labMatrices : method === "lora" ? matricesNamed(on) : [];
    return {
      caption: `Every tenth step up to ${now.step}, scored on ${whole(setup.fresh)} ${!isWords ? "fresh inputs" : isUnscored(setup) ? "words of the base’s own" : setup.isLearned ? "words, those it learned from" : "held-out words"}; then the size of each change`,
      columns: ["Step", "Loss on its examples", isWords ? "Nats a letter" : "Exact", "Old skill", "What it wrote"],
      rows: [
        ...evaluations.map(({step, score, skill, samples}) => [
          step,
          losses.length ? nats(losses[step]) : "",
          labScoreText(task, score),
          labScoreText(task, skill),
          wrote(samples),
        ]),
        ...Array.from({length: LAYERS}, (_, l) =>
          adapted.map((one) => [
            `‖ΔW‖ of ${one.target}, layer ${l + 1}`,
            deltaNormText(now.deltas[l * labMatrices.length + labMatrices.indexOf(one)]),
            "",
            "",
            "",
          ]),
        ).flat(),
        ...kept.map((run, i) => [`Run ${i + 1}`, labRunLine(run.settings), runOutcome(run), "", ""]),
      ],
    };
  },
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: `with at most ${whole(GOAL.numbers)} trained parameters, bring the word forge to ${GOAL.doubt} letters in doubt on names.`,
    met: ({now, setup}, {task}) =>
      task === "names" && now.step > 0 && setup.trained <= GOAL.numbers && now.score <= GOAL.score,
  },
});
