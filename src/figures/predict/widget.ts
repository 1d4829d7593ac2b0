/** The figure “What would you train, and how much?”: its picture, sentences, readouts, table and challenge. */
import {countAt} from "../../figure/controls.ts";
import {figure, type Size} from "../../figure/declare.ts";
import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {dot, knob, ruleX, ruleY, type Tone} from "../../figure/plot/marks.ts";
import type {Box, Chart, Drawing} from "../../figure/plot/picture.ts";
import {countText, percent} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {DRAWING_HEIGHT, drawLens, LENS_SHARE} from "./lens.ts";
import {
  type CountRange,
  compute,
  controls,
  fullFineTuning,
  type PredictParams,
  type PredictResult,
  type Strategy,
  strategies,
  strategyMethods,
} from "./model.ts";

/** Shown in place of a size until the reader has committed or skipped, and of a guess until the slider is moved. */
const UNKNOWN = "?";

const strategyName = (strategy: PredictParams["strategy"]): string => controls.strategy.options[strategy];

/** The strategies as the rows name them. */
const shortNames: Readonly<Record<Strategy, string>> = {
  last: "The last layer",
  random: "A random 0.01%",
  biases: "Only the biases",
  layers: "New small layers",
  prompt: "Prompt vectors",
  lowrank: "Low-rank change",
};

/** "4.7–37.7 M", or "14.2 M" if there is one count. */
function sizeText({from, to}: CountRange): string {
  if (from === to) return countText(to);
  const [least, most] = [countText(from), countText(to)];
  const [digits, unit] = least.split("\u2009");
  return `${most.endsWith(`\u2009${unit}`) ? digits : least}–${most}`;
}

/** The text with a small first letter. */
const uncapitalized = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const landmarksOf = ({landmarks: {all, medium, matrix, vector}}: PredictResult) => [
  {short: "GPT-3", name: "All of GPT-3", size: all, origin: "Table 4"},
  {short: "GPT-2 medium", name: "All of GPT-2 medium", size: medium, origin: "counted"},
  {short: "One W of GPT-3", name: "One attention matrix of GPT-3", size: matrix, origin: "counted"},
  {short: "One vector", name: "One vector of its width", size: vector, origin: "counted"},
];

/** The line is called the reader's guess only once it is committed. */
const guessName = (committed: string): string => (committed ? "your guess" : "the guess at");

/** A bar for all of GPT-3 with the line of the guess, and its first thousandth enlarged, where LoRA's range appears after the commitment. */
function scaleDrawing({total, guess, answer}: PredictResult, {committed, count: power}: PredictParams): Drawing {
  const [allText, lensText] = [countText(total), countText(LENS_SHARE * total)];
  const isOpen = committed === "";
  // Until the reader has committed, the line is there even if the slider was not moved.
  const lineCount = guess?.count ?? (isOpen ? countAt(power) : undefined);
  const line = lineCount !== undefined && {
    count: lineCount,
    number: isOpen ? (guess ? countText(lineCount) : UNKNOWN) : "",
    words: `${guessName(committed)} ${countText(lineCount)}`,
  };
  const answerLabel = answer && {...answer, number: sizeText(answer), words: "LoRA ties here"};
  const answerText = answerLabel ? `; LoRA’s ${answerLabel.number} are a hair at its left end` : "";
  return {
    name: "to-scale",
    label: [`All ${allText} parameters of GPT-3, and under the lens the first ${lensText}`],
    alt: `A bar for all ${allText} parameters of GPT-3; ${guess ? `${guessName(committed)} ${countText(guess.count)}` : "no guess yet"}${answerText}.`,
    height: DRAWING_HEIGHT,
    draw: (g, sheet) =>
      drawLens(g, sheet, {
        total,
        ...(line && {guess: line}),
        answer: answerLabel,
        lensName: "the first thousandth",
        beyondText: guess ? "lies beyond the lens" : "how much of it is enough?",
      }),
  };
}

/** The nearest value of a slider. Rounded to 12 digits, since 3 + 35 × 0.1 in float64 is not quite 6.5. */
const nearestStep = (value: number, {min, max, step}: {min: number; max: number; step: number}): number =>
  Number(Math.min(max, Math.max(min, min + step * Math.round((value - min) / step))).toPrecision(12));

/** The strategies and the landmarks on one scale of counts, and the guess as a line to drag; pressing a row chooses its strategy. */
function amountsChart(result: PredictResult, params: PredictParams, act: Act, size: Size): Chart {
  const {sizes, guess} = result;
  const {strategy, committed, count: guessedPower} = params;
  const isOpen = committed === "";
  const landmarks = size === "full" ? landmarksOf(result) : [];
  const rows = [
    ...landmarks.map(({short, size}) => ({
      name: short,
      valueText: countText(size),
      from: size,
      to: size,
      tone: "w0" as Tone,
      strategy: undefined,
    })),
    ...sizes.map(({strategy: one, size}) => ({
      name: shortNames[one],
      valueText: size ? sizeText(size) : "",
      from: size?.from,
      to: size?.to,
      tone: (one === "lowrank" ? "dw" : "soft") as Tone,
      strategy: one,
    })),
  ];
  const power = (value: number | undefined) => (value === undefined ? undefined : Math.log10(value));
  const guessed = guess ? `, ${guessName(committed)} ${countText(guess.count)}` : "";
  const {min, max} = controls.count;
  const press = (row: number) => {
    const pressed = rows[row]!.strategy;
    if (pressed) act.set({strategy: pressed === strategy ? "unsure" : pressed});
  };
  const index = (_: unknown, i: number) => i;
  const isRange = ({from, to}: {from?: number; to?: number}) => from !== to;
  return {
    name: "amounts",
    label: [`Parameters trained (log)${guessed}`],
    alt: `A scale of counts from a thousand to all of GPT-3${guessed}. ${rows.map(({name, valueText}) => `${name}: ${valueText || "not told yet"}`).join("; ")}`,
    height: 46 + 26 * rows.length,
    x: {type: "linear", domain: [min, max], ticks: [3, 7, 11], tickFormat: (exponent) => countText(10 ** exponent)},
    y: {
      type: "rows",
      rows: rows.map(({name, valueText}) => ({name, valueText, spoken: valueText || "not told yet"})),
      ...(committed !== "skipped" && {chosen: rows.findIndex((row) => row.strategy === strategy)}),
      ...(isOpen && {press}),
    },
    marks: [
      ...(isOpen ? [knob(guessedPower, (to) => act.set({count: nearestStep(to, controls.count)}))] : []),
      ruleX(!isOpen && guess ? [guessedPower] : [], {dashed: true, tone: "ink"}),
      ruleY(rows, {
        y: index,
        x1: (row) => (isRange(row) ? power(row.from) : undefined),
        x2: (row) => power(row.to),
        tone: ({tone}) => tone,
        strength: 3,
      }),
      dot(rows, {
        x: (row) => (isRange(row) ? undefined : power(row.from)),
        y: index,
        tone: ({tone}) => tone,
        title: ({name, valueText}) => `${name}: ${valueText}`,
      }),
    ],
  };
}

/** A button for each strategy, in place of the rows, whose scale is empty until the sizes are told. */
const strategyButtons = ({strategy}: PredictParams, act: Act): Box => ({
  name: "ways",
  html: (box) =>
    buttonRow(
      box,
      strategies.map((one) => ({
        text: shortNames[one],
        isPressed: one === strategy,
        onPress: () => act.set({strategy: one === strategy ? "unsure" : one}),
      })),
      "What you would train",
    ),
});

/** Buttons to commit to the guess, to skip it, or to change it. */
function commitBar({committed}: PredictParams, act: Act): Box {
  const setCommitted = (to: string) => () => act.set({committed: to});
  const buttons =
    committed === ""
      ? [
          {text: "Commit my guess", onPress: setCommitted("yes")},
          {text: "Skip it", onPress: setCommitted("skipped")},
        ]
      : [{text: committed === "yes" ? "Change my guess" : "Guess after all", onPress: setCommitted("")}];
  return {name: "commit", html: (box) => buttonRow(box, buttons, "Your guess")};
}

/** The choice, the guesses and, once they are committed, the answer. */
function cardSentence({guess, slowdown, total, answer}: PredictResult, {strategy, committed}: PredictParams): string {
  const answerText = answer && `LoRA ties with full fine-tuning on WikiSQL with ${sizeText(answer)}`;
  if (committed === "skipped") return `You skipped the guess; ${answerText} of ${countText(total)} parameters.`;
  const trained = strategy === "unsure" ? undefined : uncapitalized(strategyName(strategy));
  const latency = slowdown === undefined ? "" : ` and ${slowdown}% added latency`;
  if (committed === "yes") {
    const number = guess ? `You guessed ${countText(guess.count)}` : "The slider was not moved: no number";
    return `${number}${trained ? ` for ${trained}` : ""}${latency}; ${answerText}.`;
  }
  const start = trained ? `You would train ${trained}` : "Choose what you would train";
  return guess
    ? `${start}; your guess is ${countText(guess.count)} of ${countText(total)} parameters${latency}.`
    : `${start}, and drag the slider to how many parameters would be enough${latency}.`;
}

/** What to do next, or which chapters tell more. */
function nextSentence(committed: string): string {
  if (committed === "")
    return "Nothing is committed yet: commit to a guess or skip it, and the picture shows how large each way is.";
  return `Chapter 7 shows what each way reaches, chapter 6 what new layers cost in latency${committed === "yes" ? "; neither scores your guess" : ""}.`;
}

const shareText = ({from, to}: CountRange, total: number): string =>
  from === to ? percent(to / total) : `${percent(from / total)}–${percent(to / total)}`;

/** Where the size of a strategy comes from. */
function originOf(strategy: Strategy): string {
  const methods = strategyMethods[strategy];
  if (methods.length) return `${methods.join(", ")} in Table 4`;
  return strategy === "last" ? "counted, one layer" : "counted";
}

export default figure<typeof controls, PredictResult>({
  title: "What would you train, and how much?",
  guide: `GPT-3 has ${countText(fullFineTuning.count)} parameters, and fine-tuning them all with Adam took ${fullFineTuning.memory.value} ${fullFineTuning.memory.unit} of GPU memory. Choose what you would train instead, then guess how many parameters match full fine-tuning on WikiSQL (questions become database queries) and how much latency new small layers add to one input (batch 1).`,
  sources: ["Hu et al. 2021, §4.2 and Table 4", "Brown et al. 2020, Table 2.1"],
  controls,
  main: ["count"],
  compute,
  locked: ({committed}) => (committed === "" ? [] : ["strategy", "count", "latency"]),
  asks: (isWanted, {committed}, isFresh): {committed?: string} =>
    isFresh && !isWanted && committed === "" ? {committed: "skipped"} : {},
  // Not scored: two later chapters show the paper's results next to them.
  predictions: ({guess, slowdown}, {strategy, committed}) =>
    Object.entries({strategy, count: guess?.count, latency: slowdown}).flatMap(([item, prediction]) =>
      committed === "yes" && prediction !== undefined ? {item, prediction, actual: null, error: null} : [],
    ),
  picture: (result, params, act, size) => ({
    parts: [
      scaleDrawing(result, params),
      size === "card" && params.committed === ""
        ? strategyButtons(params, act)
        : amountsChart(result, params, act, size),
      commitBar(params, act),
    ],
    slide: [...(params.committed === "" ? ["to-scale", "ways"] : ["amounts"]), "commit"],
  }),
  says: (result, params) => [cardSentence(result, params), nextSentence(params.committed)],
  readouts({guess, slowdown}, {committed, strategy}) {
    if (committed === "skipped") return [{label: ["Your guess"], value: "skipped"}];
    return [
      {label: ["You would train"], value: strategyName(strategy), note: committed ? "committed" : "not committed"},
      {
        label: ["How many are enough"],
        value: guess ? countText(guess.count) : "no guess",
        ...(guess && {note: `${percent(guess.share)} of all`}),
      },
      {
        label: ["Added latency"],
        value: slowdown === undefined ? "no guess" : `${slowdown}%`,
        note: "new layers, batch 1",
      },
    ];
  },
  table(result, params) {
    const {strategy, committed} = params;
    const {total, sizes, guess, slowdown} = result;
    const state = committed ? "committed" : "not committed";
    return {
      caption: "Parameters on the scale, and your guesses",
      columns: ["What", "Parameters", "Share of GPT-3", "From"],
      rows: [
        ...landmarksOf(result).map(({name, size, origin}) => [name, countText(size), percent(size / total), origin]),
        ...sizes.map(({strategy: one, size}) => [
          strategyName(one),
          size ? sizeText(size) : UNKNOWN,
          size ? shareText(size, total) : UNKNOWN,
          committed ? originOf(one) : "told once you commit or skip",
        ]),
        ...(guess
          ? [[`Your guess: ${strategyName(strategy)}`, countText(guess.count), percent(guess.share), state]]
          : []),
        ...(slowdown === undefined ? [] : [["Your guess of the added latency", `${slowdown}%`, "", state]]),
      ],
    };
  },
  source: () => ({kind: "paper", text: "Table 4; the rest counted"}),
  challenge: {
    text: "commit to a guess before you read on. It is never scored, and you can change it.",
    met: (_, {committed}) => committed === "yes",
  },
});
