/** The figure “Could a name end at this letter?”: its picture, sentences, readouts, table and challenge. */
import {figure, type Size} from "../../figure/declare.ts";
import {barY, rect, text} from "../../figure/plot/marks.ts";
import type {Box, Chart, Drawing} from "../../figure/plot/picture.ts";
import {counted, doubtText, fixed, percent} from "../../figure/plot/text/format.ts";
import type {Act, Readout, Table} from "../../figure/widget.ts";
import {letterField} from "../shared/typedWord.ts";
import {bounds, controls, type QuestionParams, questionRun, STEPS} from "./controls.ts";
import {fan} from "./drawing/fan.ts";
import {letterRows} from "./letterRows.ts";
import {
  gainShare,
  mostMoved,
  mostPushed,
  pushesAt,
  type QuestionResult,
  readQuestion,
  TOKEN_NAMES,
  withOthers,
} from "./readings.ts";

/** "After “emi”", or "Before the first letter". */
const placeText = (word: string, at: number): string =>
  at === 0 ? "Before the first letter" : `After “${word.slice(0, at)}”`;

const loudnessText = (loudness: number): string => fixed(loudness, 1);
const pushText = (push: number): string => `${push < 0 ? "" : "+"}${fixed(push, 2)}`;

/** What changes most at the chosen position: "ending the word there goes from 5.1% to 55%". */
function outcome(result: QuestionResult): string {
  const {before, after, at} = result;
  const token = mostMoved(result);
  const [from, to] = [before[at]![token]!, after[at]![token]!];
  const outcomeText = token === 0 ? "ending the word there" : `“${TOKEN_NAMES[token]}” as the next letter`;
  return `${outcomeText} goes from ${percent(from)} to ${percent(to)}`;
}

const extent = (values: readonly number[]): [low: string, high: string] => [
  fixed(Math.min(...values), 2),
  fixed(Math.max(...values), 2),
];

/** "0.87–0.91" */
const rangeText = (values: readonly number[]): string => extent(values).join("–");

/** Bars of a·x with their values, the chosen one's large if it `isLoud`; pressing a column chooses it. */
function loudnessColumns(
  names: readonly string[],
  loudness: readonly number[],
  chosen: number,
  onPick: (i: number) => void,
  isLoud: boolean,
) {
  const [low, high] = [Math.min(0, ...loudness), Math.max(0.5, ...loudness)];
  const bars = loudness.map((value, i) => ({value, i}));
  return {
    x: {
      domain: [-0.5, names.length - 0.5] as const,
      ticks: names.map((_, i) => i),
      tickFormat: (i: number) => names[i]!,
    },
    // Room for the value over the highest bar.
    y: {domain: [1.12 * low, (isLoud ? 1.3 : 1.15) * high] as const, ticks: [0], tickFormat: () => ""},
    marginLeft: 2,
    marginRight: 2,
    marks: [
      rect(bars, {
        x1: ({i}) => i - 0.5,
        x2: ({i}) => i + 0.5,
        tone: "edge",
        press: ({i}) => i !== chosen && onPick(i),
        kind: ({i}) => (i === chosen ? "column chosen" : "column"),
      }),
      barY(bars, {
        x: ({i}) => i,
        y: ({value}) => value,
        tone: "a",
        kind: "reply",
        glides: true,
        strength: ({i}) => (i === chosen ? undefined! : 1),
        press: ({i}) => i !== chosen && onPick(i),
      }),
      text(bars, {
        x: ({i}) => i,
        y: ({value}) => Math.max(value, 0),
        dy: -5,
        tone: "a",
        text: ({value}) => loudnessText(value),
        kind: ({i}) => (i === chosen ? (isLoud ? "answer" : "here") : "plain"),
      }),
    ],
  } satisfies Partial<Chart>;
}

/** a·x of the chosen run after each letter. */
function loudnessByLetter({word, at, run}: QuestionResult, act: Act): Chart {
  return {
    name: "replies",
    label: ["how loud, ", {symbol: "A", text: "a·x"}, ", after each letter"],
    alt: `Bars of a·x after each of ${counted(word.length, "letter")}; the chosen one is ${loudnessText(run.loudness[at]!)}.`,
    height: {narrow: 130, mid: 250, wide: 290},
    ...loudnessColumns(["–", ...word], run.loudness, at, (letter) => act.set({letter}), false),
  };
}

const nextLetters = (result: QuestionResult, size: Size): Drawing => ({
  name: "next-letters",
  height: size === "full" ? 470 : {narrow: 220, mid: 278, wide: 318},
  alt: `How far the push moves each letter, and the chance of the next letter: ${outcome(result)}.`,
  isElastic: true,
  draw: (g, sheet) => letterRows(g, sheet, result, size === "full"),
});

/** The angles of the other runs' questions to the chosen run's, after the chosen step and before training; or of their pushes. */
function fanOf(result: QuestionResult, {step}: QuestionParams, name: "question" | "answer"): Drawing {
  const {run, runs, agreement, cosines, startCosines} = result;
  const toRun = (pairs: readonly number[]) => withOthers(pairs, runs.indexOf(run), runs.length);
  const pairs = toRun(name === "answer" ? agreement.answers : cosines);
  const before = name === "question" && step ? toRun(startCosines) : [];
  const when = name === "answer" ? "trained" : step ? `after ${step} steps` : "before training";
  const title = `|cosine| with ${name === "answer" ? "the push" : "the question"} of seed ${run.seed}, ${when}`;
  const cosineRange = rangeText(pairs);
  const others = runs.filter((one) => one !== run);
  const spokes = others.map(({seed}, i) => ({name: String(seed), cosine: pairs[i]!}));
  return {
    name: `fan-of-${name}`,
    height: {narrow: 206, mid: 256, wide: 320},
    alt: `Arrows of five runs at their angles to the chosen one: ${title}: ${cosineRange}`,
    isElastic: true,
    draw: (g, sheet) =>
      fan(g, sheet, {name, title, range: cosineRange, chosen: String(run.seed), others: spokes, before}),
  };
}

/** a·x of every run at the chosen position. */
function loudnessByRun({word, at, run, runs}: QuestionResult, act: Act): Chart {
  const loudness = runs.map((one) => one.loudness[at]!);
  return {
    name: "replies",
    label: ["how loud, ", {symbol: "A", text: "a·x"}, `${at ? ` ${placeText(word, at).toLowerCase()}` : ""}, trained`],
    alt: `${placeText(word, at)} it is this loud to the five runs: ${loudness.map(loudnessText).join(", ")}.`,
    height: {narrow: 110, mid: 172, wide: 222},
    ...loudnessColumns(
      runs.map(({seed}) => String(seed)),
      loudness,
      runs.indexOf(run),
      (i) => act.set({seed: String(runs[i]!.seed)}),
      true,
    ),
  };
}

/** The field for the reader's letters. */
const wordField = (word: string, act: Act): Box => ({
  name: "typed-word",
  isWide: true,
  html: (box) =>
    letterField(box, {
      label: "Type letters",
      value: word,
      onType(word, note) {
        act.set({word, letter: word.length});
        if (note) act.say(note);
      },
    }),
});

function readouts(result: QuestionResult, {runs}: QuestionParams): Readout[] {
  const {run, at, before, after, losses, agreement, lengths} = result;
  const doubt = {
    label: ["Letters in doubt"],
    value: doubtText(run.loss),
    note: `on names it never saw; ${doubtText(losses.base)} without the adapter`,
  };
  const gain = {
    label: ["Share of the gain"],
    value: percent(gainShare(result)),
    note: "of what training every parameter gains, in nats",
  };
  if (runs === "five") {
    const loudness = result.runs.map((one) => one.loudness[at]!);
    const spread = result.runs.map(({loss}) => fixed(loss, 3)).toSorted();
    return [
      {label: ["Questions agree"], value: rangeText(agreement.questions), note: "|cosine| of a, each pair of runs"},
      {label: ["Pushes agree"], value: rangeText(agreement.answers), note: "|cosine| of b"},
      {label: ["Before training"], value: rangeText(agreement.start), note: "|cosine| of a as it was drawn"},
      {
        label: ["How loud"],
        value: `${loudnessText(Math.min(...loudness))} to ${loudnessText(Math.max(...loudness))}`,
        note: "a·x at this place, trained",
      },
      {label: ["Losses"], value: `${spread[0]}–${spread.at(-1)}`, note: "nats a letter, held-out names"},
    ];
  }
  return [
    {label: ["How loud"], value: loudnessText(run.loudness[at]!), note: "a·x at this place, exact"},
    {label: ["Ending here"], value: percent(after[at]![0]!), note: `${percent(before[at]![0]!)} without the adapter`},
    {
      label: ["The norm divides by"],
      value: fixed(run.lengths[at]!, 2),
      note: `${fixed(lengths[at]!, 2)} without the adapter`,
    },
    doubt,
    gain,
  ];
}

function table(result: QuestionResult, params: QuestionParams): Table {
  const {word, at, run, runs, before, after, order} = result;
  if (params.runs === "five")
    return {
      caption: `All five runs: what the push adds to each score where a·x is one, before the final norm; then how loud each place is`,
      columns: ["Row", ...runs.map(({seed}) => `Seed ${seed}`)],
      rows: [
        ...order.map((token) => [TOKEN_NAMES[token]!, ...runs.map(({answer}) => pushText(answer[token]!))]),
        ...run.loudness.map((_, i) => [placeText(word, i), ...runs.map(({loudness}) => loudnessText(loudness[i]!))]),
      ],
    };
  const pushes = pushesAt(run, at);
  return {
    caption: `${placeText(word, at)}: each letter’s push before the final norm, and its chance; then how loud every place is`,
    columns: ["Row", "Push", "Chance before", "Chance after", "How loud"],
    rows: [
      ...order.map((token) => [
        TOKEN_NAMES[token]!,
        pushText(pushes[token]!),
        percent(before[at]![token]!),
        percent(after[at]![token]!),
        "",
      ]),
      ...run.loudness.map((value, i) => [placeText(word, i), "", "", "", loudnessText(value)]),
    ],
  };
}

export default figure<typeof controls, QuestionResult>({
  title: "Could a name end at this letter?",
  guide:
    "Type letters, then press a letter, or a run when all five are shown: blue is a·x, how loud the input is to the question a; violet is the push b, turned up as loud, which the forge adds before its final normalization. With five runs, the step closes the fan of their questions.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  bounds,
  main: ["step"],
  run: {
    clock: "letter",
    pace: 1.5,
    by: questionRun,
    read: readQuestion,
  },
  picture(result, params, act, size) {
    const word = wordField(result.word, act);
    if (params.runs === "one")
      return {
        parts: [word, loudnessByLetter(result, act), nextLetters(result, size)],
        columns: [42, 58],
        dock: "replies",
      };
    const questions = fanOf(result, params, "question");
    if (size === "card") return {parts: [questions]};
    return {
      parts: [word, questions, loudnessByRun(result, act), fanOf(result, params, "answer")],
      columns: [62, 38],
      dock: "fan-of-question",
    };
  },
  says(result, {runs, step}) {
    const {word, at, run, agreement, cosines} = result;
    if (runs === "one") {
      const pushes = pushesAt(run, at);
      const [first, second, third] = mostPushed(result).map(
        (token) => `${fixed(pushes[token]!, 2)} to ${TOKEN_NAMES[token]}`,
      );
      return [
        `${placeText(word, at)} a·x is ${loudnessText(run.loudness[at]!)}, and ${outcome(result)}.`,
        `The push adds ${first}, ${second} and ${third}, before the final normalization.`,
      ];
    }
    const [low, high] = extent(withOthers(cosines, result.runs.indexOf(run), result.runs.length));
    const loudnessTexts = result.runs.map((one) => loudnessText(one.loudness[at]!)).join(", ");
    const cosine = `a cosine of ${low} to ${high} with seed ${run.seed}’s`;
    return [
      step === 0
        ? `Five random draws, nearly at right angles to each other: ${cosine}.`
        : step < STEPS
          ? `After ${counted(step, "step")} the other four questions have ${cosine}.`
          : `Five runs that began nearly at right angles learned nearly the same question: ${cosine}.`,
      `Trained, ${placeText(word, at).toLowerCase()}, a·x is ${loudnessTexts}; questions began with a cosine of ${extent(agreement.start)[1]} at most, and pushes end with ${extent(agreement.answers).join(" to ")}.`,
    ];
  },
  readouts,
  table,
  source: ({seed}) => ({kind: "live", text: `stored run, seed ${seed}`}),
  challenge: {
    text: "find letters after which a·x is below zero. There the push goes the other way.",
    met: ({run, at}) => run.loudness[at]! < 0,
  },
});
