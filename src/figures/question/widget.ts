import {figure, type Size} from "../../figure/declare.ts";
import {barY, rect, text} from "../../figure/plot/marks.ts";
import type {Box, Chart, Drawing} from "../../figure/plot/picture.ts";
import {counted, fixed, lettersInDoubt, percent} from "../../figure/plot/text/format.ts";
import type {Act, Readout, Table} from "../../figure/widget.ts";
import {typed} from "../shared/typedWord.ts";
import {bounds, controls, type QuestionParams, runs as runsBy} from "./controls.ts";
import {fan} from "./drawing/fan.ts";
import {letterRows} from "./letterRows.ts";
import {lifted, mostMoved, pushesAt, type QuestionResult, see, share, TOKEN_NAMES, withOthers} from "./readings.ts";

/** "After “emi”", or what is said of the place before the first letter. */
const where = (word: string, at: number): string =>
  at === 0 ? "Before the first letter" : `After “${word.slice(0, at)}”`;

const replyText = (reply: number): string => fixed(reply, 1);
const pushText = (push: number): string => `${push < 0 ? "" : "+"}${fixed(push, 2)}`;

/** The outcome at the chosen place: "ending the word goes from 5.1% to 55%". */
function outcome(result: QuestionResult): string {
  const {before, after, at} = result;
  const token = mostMoved(result);
  const [from, to] = [before[at]![token]!, after[at]![token]!];
  const named = token === 0 ? "ending the word there" : `“${TOKEN_NAMES[token]}” as the next letter`;
  return `${named} goes from ${percent(from)} to ${percent(to)}`;
}

const ends = (values: readonly number[]): [low: string, high: string] => [
  fixed(Math.min(...values), 2),
  fixed(Math.max(...values), 2),
];

/** "0.87–0.91" */
const between = (values: readonly number[]): string => ends(values).join("–");

/** Columns of replies: bars with their numbers, the chosen one's large; pressing a column chooses it. */
function columns(names: readonly string[], replies: readonly number[], chosen: number, onPick: (i: number) => void) {
  const [low, high] = [Math.min(0, ...replies), Math.max(0.5, ...replies)];
  const every = replies.map((reply, i) => ({reply, i}));
  return {
    x: {
      ...{domain: [-0.5, names.length - 0.5] as const, ticks: names.map((_, i) => i)},
      tickFormat: (i: number) => names[i]!,
    },
    // Room for the large number over the highest bar.
    y: {domain: [1.12 * low, 1.3 * high] as const, ticks: [0], tickFormat: () => ""},
    marginLeft: 2,
    marginRight: 2,
    marks: [
      rect(every, {
        ...{x1: ({i}) => i - 0.5, x2: ({i}) => i + 0.5, tone: "edge", press: ({i}) => i !== chosen && onPick(i)},
        kind: ({i}) => (i === chosen ? "column chosen" : "column"),
      }),
      barY(every, {
        ...{x: ({i}) => i, y: ({reply}) => reply, tone: "a", kind: "reply", glides: true},
        strength: ({i}) => (i === chosen ? undefined! : 1),
        press: ({i}) => i !== chosen && onPick(i),
      }),
      text(every, {
        ...{x: ({i}) => i, y: ({reply}) => Math.max(reply, 0), dy: -5, tone: "a"},
        ...{text: ({reply}) => replyText(reply), kind: ({i}) => (i === chosen ? "answer" : "plain")},
      }),
    ],
  } satisfies Partial<Chart>;
}

/** One run: its replies to the word so far. */
function replies({word, at, run}: QuestionResult, act: Act): Chart {
  return {
    name: "replies",
    label: ["how loud, ", {symbol: "A", text: "a·x"}, ", after each letter"],
    alt: `Bars of a·x after each of ${counted(word.length, "letter")}; the chosen one is ${replyText(run.replies[at]!)}.`,
    height: {narrow: 130, mid: 250, wide: 290},
    ...columns(["–", ...word], run.replies, at, (letter) => act.set({letter})),
  };
}

const letters = (result: QuestionResult, size: Size): Drawing => ({
  name: "letters",
  height: size === "full" ? 470 : {narrow: 250, mid: 278, wide: 318},
  alt: `How far the push moves each letter, and the chance of the next letter: ${outcome(result)}.`,
  isElastic: true,
  hasMid: true,
  draw: (g, sheet) => letterRows(g, sheet, result, size === "full"),
});

/** How far from the chosen run's arrow the others point, after so many steps; or their pushes. */
function fanOf(result: QuestionResult, {step}: QuestionParams, name: "question" | "answer"): Drawing {
  const {run, runs, agreement, cosines} = result;
  const pairs = withOthers(name === "answer" ? agreement.answers : cosines, runs.indexOf(run), runs.length);
  const when = name === "answer" ? "trained" : step ? `after ${step} steps` : "before training";
  const title = `|cosine| with ${name === "answer" ? "the push" : "the question"} of seed ${run.seed}, ${when}`;
  const said = between(pairs);
  const others = runs.filter((one) => one !== run);
  const spokes = others.map(({seed}, i) => ({name: String(seed), cosine: pairs[i]!}));
  return {
    name: `fan-of-${name}`,
    height: {narrow: 196, mid: 200, wide: 250},
    alt: `Arrows of five runs at their angles to the chosen one: ${title}: ${said}`,
    isElastic: true,
    hasMid: true,
    draw: (g, sheet) => fan(g, sheet, {name, title, said, chosen: String(run.seed), others: spokes}),
  };
}

/** How loud the chosen place is to each of the runs. */
function repliesOfAll({word, at, run, runs}: QuestionResult, act: Act): Chart {
  const heard = runs.map(({replies}) => replies[at]!);
  return {
    name: "replies",
    label: ["how loud, ", {symbol: "A", text: "a·x"}, `${at ? ` ${where(word, at).toLowerCase()}` : ""}, trained`],
    alt: `${where(word, at)} it is this loud to the five runs: ${heard.map(replyText).join(", ")}.`,
    height: {narrow: 110, mid: 172, wide: 222},
    ...columns(
      runs.map(({seed}) => String(seed)),
      heard,
      runs.indexOf(run),
      (i) => act.set({seed: String(runs[i]!.seed)}),
    ),
  };
}

/** Takes what the reader typed, as far as the forge can read it. */
const field = (word: string, act: Act): Box => ({
  name: "typed-word",
  isWide: true,
  html: (box) =>
    typed(box, {
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
    value: fixed(lettersInDoubt(run.loss), 1),
    note: `on names it never saw; ${fixed(lettersInDoubt(losses.base), 1)} without the adapter`,
  };
  const gain = {
    label: ["Share of the gain"],
    value: percent(share(result)),
    note: "of what training every parameter gains, in nats",
  };
  if (runs === "five") {
    const spread = result.runs.map(({loss}) => fixed(loss, 3)).toSorted();
    return [
      {label: ["Questions agree"], value: between(agreement.questions), note: "|cosine| of a, each pair of runs"},
      {label: ["Pushes agree"], value: between(agreement.answers), note: "|cosine| of b"},
      {label: ["Before training"], value: between(agreement.start), note: "|cosine| of a as it was drawn"},
      {label: ["Losses"], value: `${spread[0]}–${spread.at(-1)}`, note: "nats a letter, held-out names"},
    ];
  }
  return [
    {label: ["How loud"], value: replyText(run.replies[at]!), note: "a·x at this place, exact"},
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
        ...run.replies.map((_, i) => [where(word, i), ...runs.map(({replies}) => replyText(replies[i]!))]),
      ],
    };
  const pushes = pushesAt(run, at);
  return {
    caption: `${where(word, at)}: each letter’s push before the final norm, and its chance; then how loud every place is`,
    columns: ["Row", "Push", "Chance before", "Chance after", "How loud"],
    rows: [
      ...order.map((token) => [
        TOKEN_NAMES[token]!,
        pushText(pushes[token]!),
        percent(before[at]![token]!),
        percent(after[at]![token]!),
        "",
      ]),
      ...run.replies.map((reply, i) => [where(word, i), "", "", "", replyText(reply)]),
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
    by: (params) => runsBy(params)[0]!,
    read: (frames, params) => see([frames], params),
  },
  picture(result, params, act, size) {
    const word = field(result.word, act);
    if (params.runs === "one")
      return {
        parts: [word, replies(result, act), letters(result, size)],
        columns: [42, 58],
        dock: "replies",
      };
    const pushes = size === "full" ? [fanOf(result, params, "answer")] : [];
    return {
      parts: [word, fanOf(result, params, "question"), repliesOfAll(result, act), ...pushes],
      columns: [62, 38],
      dock: "fan-of-question",
    };
  },
  says(result, {runs, step}) {
    const {word, at, run, agreement, cosines} = result;
    if (runs === "one") {
      const pushes = pushesAt(run, at);
      const [first, second, third] = lifted(result).map(
        (token) => `${fixed(pushes[token]!, 2)} to ${TOKEN_NAMES[token]}`,
      );
      return [
        `${where(word, at)} a·x is ${replyText(run.replies[at]!)}, and ${outcome(result)}.`,
        `The push adds ${first}, ${second} and ${third}, before the final normalization.`,
      ];
    }
    const [low, high] = ends(withOthers(cosines, result.runs.indexOf(run), result.runs.length));
    const heard = result.runs.map(({replies}) => replyText(replies[at]!)).join(", ");
    return [
      `After ${counted(step, "step")} cosines with seed ${run.seed}’s question are ${low} to ${high}; trained, ${where(word, at).toLowerCase()}, a·x is ${heard}.`,
      `Their questions began with a cosine of ${ends(agreement.start)[1]} at most, and their pushes end with ${ends(agreement.answers).join(" to ")}.`,
    ];
  },
  readouts,
  table,
  source: ({seed}) => ({kind: "live", text: `stored run, seed ${seed}`}),
  challenge: {
    text: "find letters after which a·x is below zero. There the push goes the other way.",
    met: ({run, at}) => run.replies[at]! < 0,
  },
});
