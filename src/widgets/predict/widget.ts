import {grounds} from "../../figures/grounds.ts";
import {layer} from "../../figures/layer.ts";
import {panel} from "../../figures/panel.ts";
import {type Span, spansHeight} from "../../figures/plots/spanlines.ts";
import {presses} from "../../figures/presses.ts";
import {count, percent} from "../../figures/text/format.ts";
import {type Act, widget} from "../../shell/widget.ts";
import {spans} from "./figures/spans.ts";
import {compute, controls, everything, type PredictParams, type PredictResult} from "./model.ts";
import {groundsOf, guessWords, nameOf, originOf, shareText, sizeText, UNTOLD} from "./sentences.ts";

const WIDTH = 256;

const landmarksOf = ({landmarks: {all, medium, matrix, vector}}: PredictResult) => [
  {name: "All of GPT-3", size: all, origin: "Table 4"},
  {name: "All of GPT-2 medium", size: medium, origin: "counted"},
  {name: "One attention matrix of GPT-3", size: matrix, origin: "counted"},
  {name: "One vector of its width", size: vector, origin: "counted"},
];

/** The line is called the reader's guess only once committed. */
const mine = (committed: string): string => (committed ? "your guess" : "the guess at");

/** Buttons to commit to the guess, to skip it, or to change it. */
function commitBar(picture: Element, {committed}: PredictParams, act: Act) {
  const turn = (to: string) => () => act.set({committed: to});
  presses(
    picture,
    committed === ""
      ? [
          {text: "Commit my guess", onPress: turn("yes")},
          {text: "Skip it", onPress: turn("skipped")},
        ]
      : [{text: committed === "yes" ? "Change my guess" : "Guess after all", onPress: turn("")}],
    "Your guess",
  );
}

function sizes(picture: Element, result: PredictResult, {strategy, count: power, committed}: PredictParams, act: Act) {
  const {slivers, guess} = result;
  const rows = [
    ...landmarksOf(result).map(
      ({name, size}): Span => ({kind: "landmark", name, said: count(size), from: Math.log10(size)}),
    ),
    ...slivers.map(
      ({strategy: one, size}): Span => ({
        kind: one === strategy && guess ? "sliver chosen" : "sliver",
        name: nameOf(one),
        said: size ? sizeText(size) : UNTOLD,
        ...(size ? {from: Math.log10(size.from), to: Math.log10(size.to)} : {}),
      }),
    ),
  ];
  const guessed = guess ? `, ${mine(committed)} ${count(guess.count)}` : "";
  const {min, max, step} = controls.count;
  const svg = panel(picture, "amounts", {
    label: [`Numbers trained, on a scale of powers of ten${guessed}`],
    width: WIDTH,
    height: spansHeight(rows.length),
    alt: `A scale of counts from a thousand to all of GPT-3${guessed}. ${rows.map(({name, said}) => `${name}: ${said === UNTOLD ? "not told yet" : said}`).join("; ")}`,
  });
  spans(svg, rows, {
    width: WIDTH,
    ends: [min, max],
    steps: Math.round((max - min) / step),
    ticks: [3, 5, 7, 9, 11],
    format: (exponent) => count(10 ** exponent),
    at: guess ? power : undefined,
    onMove: committed === "" ? (to) => act.set({count: to}) : undefined,
  });
}

function delay(picture: Element, {guess}: PredictResult, {latency, committed}: PredictParams, act: Act) {
  const rows: Span[] = [
    {kind: "landmark", name: "No slower", said: "0%", from: 0},
    {kind: "landmark", name: "Twice as long", said: "100%", from: 100},
  ];
  const guessed = guess ? `, ${mine(committed)} ${latency}%` : "";
  const {min, max, step} = controls.latency;
  const svg = panel(picture, "delay", {
    label: [`Latency that new small layers add at batch 1${guessed}`],
    width: WIDTH,
    height: spansHeight(rows.length),
    alt: `A scale of added latency from none to three times as long${guessed}`,
  });
  spans(svg, rows, {
    width: WIDTH,
    ends: [min, max],
    steps: (max - min) / step,
    ticks: [0, 50, 100, 150, 200],
    format: (share) => `${share}%`,
    at: guess ? latency : undefined,
    onMove: committed === "" ? (to) => act.set({latency: to}) : undefined,
  });
}

/** What the paper measured: hidden until the reader has committed or skipped, then closed until opened. */
function ahead(picture: Element, {evidence}: PredictResult) {
  const box = layer(picture, "div", "ahead");
  grounds(box, "Look ahead: what the paper measured", groundsOf(evidence));
  box.toggleAttribute("hidden", !evidence);
  if (!evidence) box.querySelector("details")!.removeAttribute("open");
}

export default widget({
  title: "Which sliver would you train?",
  guide: `GPT-3 has ${count(everything.count)} numbers, and fine-tuning them all with Adam took ${everything.memory.value} ${everything.memory.unit} of GPU memory. Choose what you would train instead, old numbers or new; guess how many match full fine-tuning on WikiSQL, where questions become database queries, and how much latency new small layers add to one input (batch 1).`,
  sources: ["Hu et al. 2021, §4.2, Tables 1 and 4", "Brown et al. 2020, Table 2.1"],
  controls,
  locked: ({committed}) => (committed === "" ? [] : ["strategy", "count", "latency"]),
  compute,
  asks: (isWanted, {committed}, isFresh): {committed?: string} =>
    isFresh && !isWanted && committed === "" ? {committed: "skipped"} : {},
  predictions: ({guess}, {strategy, latency, committed}) => {
    const guesses = committed === "yes" && guess ? {strategy, count: guess.count, latency} : {};
    // Not scored: two later chapters show the paper's results next to them.
    return Object.entries(guesses).map(([item, prediction]) => ({item, prediction, actual: null, error: null}));
  },
  draw(picture, result, params, act) {
    commitBar(picture, params, act);
    sizes(picture, result, params, act);
    const beside = layer(picture, "div", "column");
    delay(beside, result, params, act);
    ahead(beside, result);
  },
  summary(result, params) {
    if (params.committed === "skipped")
      return "You skipped the guess; the picture shows how many numbers each sliver of GPT-3 holds. What they reach is in chapter 7, what new layers cost in latency in chapter 6.";
    const words = guessWords(params, result);
    return params.committed === "yes"
      ? `You are committed: ${words}. Chapter 7 sets the count beside the paper's accuracies, chapter 6 the latency beside its timings; neither scores it.`
      : `Nothing is committed yet: ${words}. Commit to it or skip it, and the picture shows how many numbers each sliver holds.`;
  },
  readouts({guess}, {committed, strategy, latency}) {
    if (!guess) return [{label: ["Your guess"], value: "skipped"}];
    return [
      {label: ["You would train"], value: nameOf(strategy), note: committed ? "committed" : "not committed"},
      {
        label: ["Numbers that suffice"],
        value: count(guess.count),
        note: `${percent(guess.share)} of all`,
      },
      {label: ["Added latency"], value: `${latency}%`, note: "new layers, batch 1"},
    ];
  },
  table(result, {strategy, latency, committed}) {
    const {total, slivers, guess, evidence} = result;
    const said = committed ? "committed" : "not committed";
    return {
      caption: "Numbers on the scale, and your guesses",
      columns: ["What", "Numbers", "Share of GPT-3", "From"],
      rows: [
        ...landmarksOf(result).map(({name, size, origin}) => [name, count(size), percent(size / total), origin]),
        ...slivers.map(({strategy: one, size}) => [
          nameOf(one),
          size ? sizeText(size) : UNTOLD,
          size ? shareText(size, total) : UNTOLD,
          evidence ? originOf(evidence.trials[one], one) : "told once you commit or skip",
        ]),
        ...(guess
          ? [
              [`Your guess: ${nameOf(strategy)}`, count(guess.count), percent(guess.share), said],
              ["Your guess of the added latency", `${latency}%`, "", said],
            ]
          : []),
      ],
    };
  },
  provenance: () => ({kind: "paper", text: "Tables 1 and 4; other sizes are counted here"}),
  challenge: {
    text: "commit to a guess before you read on. It is never scored, and you can change it.",
    met: (_, {committed}) => committed === "yes",
  },
});
