/** The figure “Could a name end at this letter?”: its picture, sentences, readouts, table and challenge. */
import {figure, type Size} from "../../figure/declare.ts";
import {barX, barY, rect, text} from "../../figure/plot/marks.ts";
import type {Box, Chart, Drawing} from "../../figure/plot/picture.ts";
import {counted, doubtText, fixed, percent} from "../../figure/plot/text/format.ts";
import type {Act, Readout, Table} from "../../figure/widget.ts";
import {letterField} from "../shared/typedWord.ts";
import {bounds, controls, QUESTION_STEPS, type QuestionParams, questionRun, STORED_SEEDS} from "./controls.ts";
import {drawFan} from "./fan.ts";
import {
  gainShare,
  mostRaisedToken,
  pushesAt,
  type QuestionResult,
  readQuestion,
  TOKEN_NAMES,
  tokensByPush,
} from "./readings.ts";

/** "After “emi”", or "Before the first letter". */
const placeText = (word: string, at: number): string =>
  at === 0 ? "Before the first letter" : `After “${word.slice(0, at)}”`;

const loudnessText = (loudness: number): string => fixed(loudness, 1);
const pushText = (push: number): string => `${push < 0 ? "" : "+"}${fixed(push, 2)}`;

/** What becomes likelier at the chosen position, more than anything else: "ending the word there goes from 5.1% to 55%". */
function outcomeText(result: QuestionResult): string {
  const {before, after, at} = result;
  const token = mostRaisedToken(result);
  const [from, to] = [before[at]![token]!, after[at]![token]!];
  const eventText = token === 0 ? "ending the word there" : `“${TOKEN_NAMES[token]}” as the next letter`;
  return `${eventText} goes from ${percent(from)} to ${percent(to)}`;
}

/** The least and the largest of values, as text. */
const extentTexts = (values: readonly number[]): [low: string, high: string] => [
  fixed(Math.min(...values), 2),
  fixed(Math.max(...values), 2),
];

/** "0.87–0.91" */
const rangeText = (values: readonly number[]): string => extentTexts(values).join("–");

/** The a·x that fits into the charts of every word, so that a quiet word has short bars; only a louder word has scales of its own. */
const USUAL_LOUDNESS = 13;

/** The chart of a·x after each letter; pressing a column chooses it. */
function loudnessChart({word, at, run}: QuestionResult, act: Act): Chart {
  const names = ["–", ...word];
  const bars = run.loudness.map((value, i) => ({value, i}));
  const [low, high] = [Math.min(0, ...run.loudness), Math.max(USUAL_LOUDNESS, ...run.loudness)];
  const press = ({i}: (typeof bars)[number]) => act.set({letter: i});
  return {
    name: "replies",
    label: ["how loud, ", {symbol: "A", text: "a·x"}, ", after each letter"],
    alt: `Bars of a·x after each of ${counted(word.length, "letter")}; the chosen one is ${loudnessText(run.loudness[at]!)}.`,
    height: {narrow: 130, mid: 250, wide: 290},
    x: {domain: [-0.5, names.length - 0.5], ticks: names.map((_, i) => i), tickFormat: (i) => names[i]!},
    // Room for the value over the highest bar.
    y: {domain: [1.12 * low, 1.15 * high], ticks: [0], tickFormat: () => ""},
    marginLeft: 2,
    marginRight: 2,
    marks: [
      rect(bars, {
        x1: ({i}) => i - 0.5,
        x2: ({i}) => i + 0.5,
        tone: "edge",
        press,
        kind: ({i}) => (i === at ? "column chosen" : "column"),
      }),
      barY(bars, {
        x: ({i}) => i,
        y: ({value}) => value,
        tone: "a",
        glides: true,
        strength: ({i}) => (i === at ? 3 : 1),
        press,
      }),
      text(bars, {
        x: ({i}) => i,
        y: ({value}) => Math.max(value, 0),
        dy: -5,
        tone: "a",
        text: ({value}) => loudnessText(value),
        kind: ({i}) => (i === at ? "here" : "plain"),
      }),
    ],
  };
}

/** The number of rows on a card. */
const CARD_ROWS = 5;
/** The width of "< 1 → 55%", and of the same in large letters. */
const [CHANCE_WIDTH, LARGE_CHANCE_WIDTH] = [78, 156];

/**
 * The tokens of the rows, the one with the largest push first: at full size all; on a card the one that the sentence names, and
 * the likeliest others.
 */
function rowTokens(result: QuestionResult, isFull: boolean): readonly number[] {
  const {order, before, after, at} = result;
  if (isFull) return order;
  const namedToken = mostRaisedToken(result);
  const rankOf = (token: number) => (token === namedToken ? 1 : Math.max(before[at]![token]!, after[at]![token]!));
  const cardTokens = order.toSorted((one, other) => rankOf(other) - rankOf(one)).slice(0, CARD_ROWS);
  return order.filter((token) => cardTokens.includes(token));
}

/** A chance in percent, without the sign. */
const percentText = (chance: number): string => (chance < 0.005 ? "< 1" : String(Math.round(chance * 100)));

/** The chart with a row for each letter: the push on its score, and how its chance changes. */
function nextLetterChart(result: QuestionResult, size: Size): Chart {
  const {run, before, after, at} = result;
  const isFull = size === "full";
  const tokens = rowTokens(result, isFull);
  const chosen = tokens.indexOf(mostRaisedToken(result));
  const pushes = pushesAt(run, at);
  // One scale, so that the bars are longer where a·x is larger.
  const loudest = Math.max(USUAL_LOUDNESS, ...run.loudness);
  const chanceText = (token: number): string => {
    const [beforeText, afterText] = [before, after].map((chances) => percentText(chances[at]![token]!));
    return beforeText === afterText ? `${afterText}%` : `${beforeText} → ${afterText}%`;
  };
  return {
    name: "next-letters",
    label: ["the push on its score, and its chance"],
    alt: `How far the push moves each letter, and the chance of the next letter: ${outcomeText(result)}.`,
    height: isFull ? 452 : {narrow: 202, mid: 260, wide: 300},
    x: {
      domain: [Math.min(...run.answer) * loudest, Math.max(...run.answer) * loudest],
      ticks: [0],
      tickFormat: () => "",
    },
    y: {
      type: "rows",
      rows: tokens.map((token) => ({name: TOKEN_NAMES[token]!, valueText: chanceText(token)})),
      ...(!isFull && {chosen, loud: chosen}),
    },
    marginRight: isFull ? CHANCE_WIDTH : LARGE_CHANCE_WIDTH,
    marks: [barX(tokens, {x: (token) => pushes[token], y: (_, i) => i, tone: "dw", glides: true})],
  };
}

/** The drawing of the other runs' questions at their angles to the first run's, after the chosen step and before training. */
function fanDrawing({cosines, startCosines, pairCosines}: QuestionResult, {step}: QuestionParams): Drawing {
  const title = `|cosine| of any two questions, ${step ? `after ${step} steps` : "before training"}`;
  const range = rangeText(pairCosines);
  return {
    name: "fan-of-questions",
    height: {narrow: 206, mid: 256, wide: 320},
    alt: `Arrows of five runs at their angles to the first: ${title}: ${range}`,
    isElastic: true,
    draw: (g, sheet) => drawFan(g, sheet, {title, range, cosines, startCosines: step ? startCosines : []}),
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
  const {run, at, before, after, losses, cosinesByStep, pushCosines} = result;
  if (runs === "five") {
    const loudness = result.runs.map((run) => run.loudness[at]!);
    const heldOut = result.runs.map(({loss}) => fixed(loss, 3)).toSorted();
    return [
      {label: ["Questions agree"], value: rangeText(cosinesByStep.at(-1)!), note: "|cosine| of a, each pair of runs"},
      {label: ["Pushes agree"], value: rangeText(pushCosines), note: "|cosine| of b"},
      {label: ["Before training"], value: rangeText(cosinesByStep[0]!), note: "|cosine| of a as it was drawn"},
      {
        label: ["How loud"],
        value: `${loudnessText(Math.min(...loudness))} to ${loudnessText(Math.max(...loudness))}`,
        note: "a·x at this place, trained",
      },
      {label: ["Losses"], value: `${heldOut[0]}–${heldOut.at(-1)}`, note: "nats a letter, held-out names"},
    ];
  }
  return [
    {label: ["How loud"], value: loudnessText(run.loudness[at]!), note: "a·x at this place, exact"},
    {label: ["Ending here"], value: percent(after[at]![0]!), note: `${percent(before[at]![0]!)} without the adapter`},
    {
      label: ["Letters in doubt"],
      value: doubtText(run.loss),
      note: `on names it never saw; ${doubtText(losses.base)} without the adapter`,
    },
    {
      label: ["Share of the gain"],
      value: percent(gainShare(result)),
      note: "of what training every parameter gains, in nats",
    },
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
    "Type letters, then press one: blue is a·x, how loud the input is to the question a; violet is the push b, turned up as loud, which the forge adds before its final normalization. With five runs, the step closes the fan of their questions.",
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
        parts: [word, loudnessChart(result, act), nextLetterChart(result, size)],
        columns: [42, 58],
        dock: "replies",
      };
    const fan = fanDrawing(result, params);
    return {parts: size === "card" ? [fan] : [word, fan], dock: fan.name};
  },
  says(result, {runs, step}) {
    const {word, at, run, cosinesByStep, pairCosines, pushCosines} = result;
    const place = placeText(word, at);
    if (runs === "one") {
      const pushes = pushesAt(run, at);
      const [first, second, third] = tokensByPush(result).map(
        (token) => `${fixed(pushes[token]!, 2)} to ${TOKEN_NAMES[token]}`,
      );
      return [
        `${place} a·x is ${loudnessText(run.loudness[at]!)}, and ${outcomeText(result)}.`,
        `The push adds ${first}, ${second} and ${third}, before the final normalization.`,
      ];
    }
    const cosine = `a cosine of ${extentTexts(pairCosines).join(" to ")}`;
    const loudness = result.runs.map((run) => loudnessText(run.loudness[at]!)).join(", ");
    return [
      step === 0
        ? `Five random draws, nearly at right angles: any two have ${cosine}.`
        : step < QUESTION_STEPS
          ? `After ${counted(step, "step")} any two questions have ${cosine}.`
          : `Five runs that began nearly at right angles learned nearly the same question: any two have ${cosine}.`,
      `Trained, ${place.toLowerCase()}, a·x is ${loudness}; questions began with a cosine of ${extentTexts(cosinesByStep[0]!)[1]} at most, and pushes end with ${extentTexts(pushCosines).join(" to ")}.`,
    ];
  },
  readouts,
  table,
  source: () => ({kind: "live", text: `stored run, seed ${STORED_SEEDS[0]}`}),
  challenge: {
    text: "find letters after which a·x is below zero. There the push goes the other way.",
    met: ({run, at}) => run.loudness[at]! < 0,
  },
});
