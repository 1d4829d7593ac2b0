/** What four ways of training learn of names and forget of English. */
import {figure} from "../../figure/declare.ts";
import {dot, lineY, type Mark, text} from "../../figure/plot/marks.ts";
import type {Box, Chart} from "../../figure/plot/picture.ts";
import {counted, fixed, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {drawWrittenWords} from "../shared/writtenWords.ts";
import {controls, FORGETTING_STEPS, type ForgettingParams} from "./model.ts";
import {
  BEFORE,
  type DoubtPair,
  type ForgettingResult,
  otherEnds,
  readForgetting,
  type ShownRun,
  wordsBefore,
} from "./stored.ts";

/** How many words are shown. */
const WORD_COUNT = 6;

/** Letters in doubt, to one decimal. */
const lettersText = (letters: number): string => fixed(letters, 1);
const percentText = (share: number): string => `${whole(100 * share)}%`;
const labelOf = ({way}: Pick<ShownRun, "way">): string => (way === "full" ? "all weights" : `LoRA, r = ${way}`);
const shortLabelOf = ({way}: ShownRun): string => (way === "full" ? "all weights" : `r = ${way}`);
const byNames = ({names}: DoubtPair) => names;
const byEnglish = ({english}: DoubtPair) => english;

/** Letters in doubt on English, before and now, in the corner that no path reaches. */
function englishTexts({now}: ShownRun): Mark[] {
  const corner = {x: 15.3, y: 17.6, anchor: "start"} as const;
  return [
    text([now], {...corner, dy: -28, text: "in doubt on English", kind: "plain"}),
    text([now], {...corner, text: `${lettersText(BEFORE.english)} →`, kind: "plain"}),
    text([now], {...corner, dx: 36, text: lettersText(now.english), tone: "dw", kind: "answer over"}),
  ];
}

/** A path for each run, from the forge before this training: to the right names are learned, downward English is forgotten. */
function pathsChart({runs, chosen, step}: ForgettingResult, {adapter, rate}: ForgettingParams, act: Act): Chart {
  const isLast = step === FORGETTING_STEPS;
  const place = {x: byNames, y: byEnglish};
  return {
    name: "paths",
    label: ["Letters in doubt: on names →, on English ↓"],
    alt: runs
      .map((run) => `${labelOf(run)}: names ${lettersText(run.now.names)}, English ${lettersText(run.now.english)}`)
      .join("; "),
    height: {narrow: 262, mid: 330, wide: 360},
    x: {domain: [15.6, 6.6], ticks: [15, 13, 11, 9, 7]},
    y: {domain: [19.5, 6.5], ticks: [8, 10, 12, 14, 16, 18]},
    marks: [
      // Full fine-tuning is violet within a slate outline.
      lineY(chosen.way === "full" ? chosen.path : [], {...place, tone: "w0", strength: 3}),
      ...runs.map((run) =>
        lineY(run.path, {
          ...place,
          tone: "dw",
          strength: run.isOff || run !== chosen ? 0 : 3,
          thin: run.isOff || run !== chosen || run.way === "full",
        }),
      ),
      dot(isLast && adapter === "on" ? runs.flatMap(({way}) => otherEnds(rate, way)) : [], {
        ...place,
        r: 2.5,
        tone: "edge",
        kind: "seed",
      }),
      dot([BEFORE], {...place, r: 9, tone: "w0", hollow: true}),
      text([BEFORE], {...place, text: "the forge", anchor: "start", dx: -8, dy: 26, tone: "ink"}),
      ...runs.map((run) =>
        lineY([run.now], {
          ...place,
          tone: run === chosen ? "dw" : "soft",
          strength: run === chosen ? 2 : 0,
          end: shortLabelOf(run),
        }),
      ),
      dot(runs, {
        x: ({now}) => now.names,
        y: ({now}) => now.english,
        r: (run) => (run === chosen ? 7 : 5),
        tone: (run) => (run !== chosen ? "edge" : run.way === "full" ? "full" : "dw"),
        key: ({way}) => way,
        glides: isLast,
        title: (run) =>
          `${labelOf(run)}: ${lettersText(run.now.names)} on names, ${lettersText(run.now.english)} on English`,
        press: ({way}) => act.set({way}),
      }),
      ...englishTexts(chosen),
    ],
  };
}

/** What the chosen run writes, and in gray what the forge wrote before, with the same random numbers. */
const writtenWords = ({words, chosen}: ForgettingResult): Box => ({
  name: "written",
  label: [`${labelOf(chosen)} writes; gray: before, from the same draws`],
  html: (box) => drawWrittenWords(box, words.slice(0, WORD_COUNT), wordsBefore),
});

/** What was trained, and whether it is put aside: LoRA's adapters can be, the weights themselves cannot. */
function wayText({chosen}: ForgettingResult, {adapter}: ForgettingParams): string {
  if (adapter === "on") return labelOf(chosen);
  return `${labelOf(chosen)}, ${chosen.isOff ? "put aside again" : "which have no Off"}`;
}

export default figure<typeof controls, ForgettingResult>({
  title: "What does it forget?",
  guide:
    "Four ways to learn names: farther right, names are known better, and farther down, 2,688 English words that no run saw are known worse. Press a dot to choose one; Off puts LoRA’s adapters aside.",
  sources: ["Biderman et al. 2024"],
  controls,
  main: ["adapter", "rate"],
  run: {clock: "step", pace: 40, by: [], read: readForgetting},
  picture: (result, params, act, size) => ({
    // The words are names, which it has learned: no news of what it forgets.
    ...(size === "card"
      ? {parts: [pathsChart(result, params, act)]}
      : {parts: [pathsChart(result, params, act), writtenWords(result)], columns: [70, 30]}),
    ...(result.step === FORGETTING_STEPS && params.adapter === "on" && {note: "Small dots: two other seeds."}),
  }),
  says: (result, params) => {
    const {chosen, step, smallSteps} = result;
    return [
      `After ${counted(step, "step")} on names with ${wayText(result, params)}, English has ${lettersText(chosen.now.english)} letters in doubt; it had ${lettersText(BEFORE.english)}.`,
      `In letters, steps a third as large learn ${percentText(smallSteps.learned)} of what the usual ones do in this choice, and forget ${percentText(smallSteps.forgotten)}.`,
    ];
  },
  readouts: ({chosen, smallSteps}) => [
    {label: ["On names"], value: lettersText(chosen.now.names), note: `before ${lettersText(BEFORE.names)}`},
    {
      label: ["On English words"],
      value: lettersText(chosen.now.english),
      note: `before ${lettersText(BEFORE.english)}`,
    },
    {
      label: ["A third of the step size"],
      value: `${percentText(smallSteps.learned)} learned`,
      note: `${percentText(smallSteps.forgotten)} forgotten, of the usual, in letters`,
    },
  ],
  table: ({runs, step}) => ({
    caption: `Letters in doubt after ${step} steps`,
    columns: ["Trained", "On names", "On English words"],
    rows: runs.map((run) => [labelOf(run), lettersText(run.now.names), lettersText(run.now.english)]),
  }),
  source: () => ({kind: "precomputed", text: "stored runs"}),
  challenge: {
    text: "find a moment with at most 9.5 letters in doubt on names and at most 10.5 on English words.",
    met: ({chosen: {now}}, {adapter}) => adapter === "on" && now.names <= 9.5 && now.english <= 10.5,
  },
});
