/** What four ways of training learn of names and forget of English. */
import {figure} from "../../figure/declare.ts";
import {each} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {dot, lineY, type Mark, text} from "../../figure/plot/marks.ts";
import type {Box, Chart} from "../../figure/plot/picture.ts";
import {fixed, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
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
const SHOWN_WORDS = 6;

const doubtText = (letters: number): string => fixed(letters, 1);
const percentText = (share: number): string => `${whole(100 * share)}%`;
const labelOf = ({way}: Pick<ShownRun, "way">): string => (way === "full" ? "all weights" : `LoRA, r = ${way}`);
const shortLabelOf = ({way}: ShownRun): string => (way === "full" ? "all weights" : `r = ${way}`);
/** Where the large number begins, in letters in doubt on names and on English. */
const LOUD_AT = [15.3, 17.6] as const;
const byNames = ({names}: DoubtPair) => names;
const byEnglish = ({english}: DoubtPair) => english;

/** Letters in doubt on English, before and now, in the corner that no path reaches. */
function englishTexts({now}: ShownRun): Mark[] {
  return [
    text([now], {
      x: LOUD_AT[0],
      y: LOUD_AT[1],
      anchor: "start",
      text: "in doubt on English",
      kind: "plain",
      dy: -28,
    }),
    text([now], {
      x: LOUD_AT[0],
      y: LOUD_AT[1],
      anchor: "start",
      text: `${doubtText(BEFORE.english)} →`,
      kind: "plain",
    }),
    text([now], {
      x: LOUD_AT[0],
      y: LOUD_AT[1],
      anchor: "start",
      dx: 36,
      text: doubtText(now.english),
      tone: "dw",
      kind: "answer over",
    }),
  ];
}

/** A path for each run from the untrained forge: to the right names are learned, downward English is forgotten. */
function pathsChart({runs, chosen, step}: ForgettingResult, {adapter, rate}: ForgettingParams, act: Act): Chart {
  const choose = ({way}: ShownRun) => act.set({way});
  const isLast = step === FORGETTING_STEPS;
  const place = {x: byNames, y: byEnglish};
  const placeNow = {x: ({now}: ShownRun) => now.names, y: ({now}: ShownRun) => now.english};
  return {
    name: "roads",
    label: ["Letters in doubt: on names →, on English ↓"],
    alt: runs
      .map((run) => `${labelOf(run)}: names ${doubtText(run.now.names)}, English ${doubtText(run.now.english)}`)
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
          ...((run.isOff || run !== chosen || run.way === "full") && {thin: true}),
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
        ...placeNow,
        r: (run) => (run === chosen ? 7 : 5),
        tone: (run) => (run !== chosen ? "edge" : run.way === "full" ? "full" : "dw"),
        key: ({way}) => way,
        glides: isLast,
        title: (run) =>
          `${labelOf(run)}: ${doubtText(run.now.names)} on names, ${doubtText(run.now.english)} on English`,
        press: choose,
      }),
      ...englishTexts(chosen),
    ],
  };
}

/** What the chosen run writes, and in gray what the untrained forge wrote with the same random numbers. */
const written = ({words, chosen}: ForgettingResult): Box => ({
  name: "written",
  label: [`${labelOf(chosen)} writes; gray: before, from the same draws`],
  html: (box) =>
    each(layer(box, "ol", "words"), "li", words.slice(0, SHOWN_WORDS), (item, word, i) => {
      layer(item, "span", "word", word || "–");
      layer(item, "span", "uncut", word === wordsBefore[i] ? "" : ` ${wordsBefore[i] || "–"}`);
    }),
});

function says({chosen, step, small}: ForgettingResult, {adapter}: ForgettingParams): readonly [string, string] {
  const [before, now] = [BEFORE.english, chosen.path.at(-1)!.english].map(doubtText);
  const more = `In letters, steps a third as large learn ${percentText(small.learned)} of what the usual ones do in this choice, and forget ${percentText(small.forgotten)}.`;
  if (adapter === "off")
    return [
      chosen.isOff
        ? "Off, LoRA’s three are the forge again, to the last bit; full fine-tuning has no Off."
        : `LoRA’s three are the forge again; full fine-tuning has no Off, and English stays at ${now} letters in doubt.`,
      more,
    ];
  const how = chosen.way === "full" ? "with all weights" : `with ${labelOf(chosen)},`;
  return [
    now === before
      ? `Nothing yet: after ${step} steps English is still at ${now} letters in doubt.`
      : `English: learning names ${how} takes it from ${before} to ${now} letters in doubt.`,
    more,
  ];
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
      : {parts: [pathsChart(result, params, act), written(result)], columns: [70, 30]}),
    ...(result.step === FORGETTING_STEPS && params.adapter === "on" && {note: "Small dots: two other seeds."}),
  }),
  says,
  readouts: ({chosen, small}) => [
    {label: ["On names"], value: doubtText(chosen.now.names), note: `before ${doubtText(BEFORE.names)}`},
    {label: ["On English words"], value: doubtText(chosen.now.english), note: `before ${doubtText(BEFORE.english)}`},
    {
      label: ["A third of the step size"],
      value: `${percentText(small.learned)} learned`,
      note: `${percentText(small.forgotten)} forgotten, of the usual, in letters`,
    },
  ],
  table: ({runs, step}) => ({
    caption: `Letters in doubt after ${step} steps`,
    columns: ["Trained", "On names", "On English words"],
    rows: runs.map((run) => [labelOf(run), doubtText(run.path.at(-1)!.names), doubtText(run.path.at(-1)!.english)]),
  }),
  source: () => ({kind: "precomputed", text: "stored runs"}),
  challenge: {
    text: "find a moment with at most 9.5 letters in doubt on names and at most 10.5 on English words.",
    met: ({chosen: {now}}, {adapter}) => adapter === "on" && now.names <= 9.5 && now.english <= 10.5,
  },
});
