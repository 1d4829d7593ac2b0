import {chart} from "../../figures/chart.ts";
import {grounds} from "../../figures/grounds.ts";
import {layer} from "../../figures/layer.ts";
import {dotPlot, dotPlotHeight} from "../../figures/plots/dotPlot.ts";
import {type DotPlotOptions, type PlotRow, pitchOnSlide} from "../../figures/plots/dotPlotLayout.ts";
import {presses} from "../../figures/presses.ts";
import type {Room} from "../../figures/room.ts";
import {count, percent} from "../../figures/text/format.ts";
import {textWidth} from "../../figures/text/textWidth.ts";
import {type Act, widget} from "../../shell/widget.ts";
import {gaps, guessLine} from "./figures/guessLine.ts";
import {ladder, ladderHeight} from "./figures/ladder.ts";
import {compute, controls, everything, type PredictParams, type PredictResult, type Strategy} from "./model.ts";
import {brief, groundsOf, guessWords, nameOf, originOf, shareText, shortNames, sizeText, UNTOLD} from "./sentences.ts";

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

interface Drawing {
  picture: Element;
  result: PredictResult;
  params: PredictParams;
  act: Act;
  room: Room;
}

/** All of GPT-3 as a bar, and how much of it the guess would cut off. */
function whole({picture, result: {total, guess}, params: {committed}, room}: Drawing) {
  const said = guess ? `${mine(committed)}, ${count(guess.count)}, is ${percent(guess.share)} of them` : "";
  const {g, width} = chart(picture, "whole", room, {
    label: [`All ${count(total)} numbers of GPT-3 to scale; below, the first hundredth, then a hundredth of that`],
    nominal: 480,
    height: () => ladderHeight,
    alt: `A bar for all ${count(total)} numbers of GPT-3, its first hundredth, and a hundredth of that; ${said || "no guess"}.`,
  });
  ladder(g, {
    width,
    total,
    mine: committed ? "your guess" : "the guess",
    format: count,
    ...(guess ? {cut: guess.count} : {}),
  });
}

interface SizeRow extends PlotRow {
  from?: number;
  to?: number;
  strategy?: Strategy;
}

function sizeRows(
  {slivers, guess, ...result}: PredictResult,
  {strategy}: PredictParams,
  isFull: boolean,
  isNarrow: boolean,
): SizeRow[] {
  const landmarks = landmarksOf({slivers, guess, ...result}).map(
    ({name, size}): SizeRow => ({
      ...{name, said: count(size), group: "To compare"},
      points: [{name: "landmark", value: Math.log10(size)}],
    }),
  );
  const own = slivers.map(({strategy: one, size}): SizeRow => {
    const [from, to] = size ? [Math.log10(size.from), Math.log10(size.to)] : [];
    const isChosen = one === strategy && !!guess;
    return {
      ...{
        name: isNarrow ? shortNames[one] : nameOf(one),
        said: size ? sizeText(size) : UNTOLD,
        strategy: one,
        from,
        to,
        isChosen,
      },
      ...(isFull ? {group: "To train"} : {}),
      points: from === undefined ? [] : [{name: "sliver", ...(from === to ? {value: from} : {low: from, high: to!})}],
    };
  });
  return isFull ? [...landmarks, ...own] : own;
}

/** Narrower than this a picture has no room for long names. */
const NARROW = 480;

/** Room above a plot for the knob of the guess, and what a slide has for the rows above the buttons. */
const [KNOB, SLIDE] = [14, 195];

/** Every size on one scale, with the guess across them; pressing a row chooses what to train. */
function sizes({picture, result, params, act, room}: Drawing) {
  const {guess} = result;
  const {count: power, committed} = params;
  const isFull = room.size === "full";
  const isNarrow = !isFull && room.width < NARROW;
  const rows = sizeRows(result, params, isFull, isNarrow);
  const isOpen = committed === "";
  const names = 16 + Math.max(...rows.map(({name}) => textWidth(name)));
  const guessed = guess ? `, ${mine(committed)} ${count(guess.count)}` : "";
  const {min, max, step} = controls.count;
  const pitch = room.size === "slide" ? pitchOnSlide(rows.length, SLIDE) : room.size === "dock" ? 20 : 25;
  const optionsAt = (width: number): DotPlotOptions => ({
    ...{width, ends: [min, max], ticks: [3, 5, 7, 9, 11], above: KNOB, pitch},
    ...(isNarrow ? {left: names} : {}),
    format: (exponent) => count(10 ** exponent),
    ...(isOpen
      ? {
          onPress: (row) => {
            const {strategy} = rows[row]!;
            if (strategy) act.set({strategy: strategy === params.strategy ? "unsure" : strategy});
          },
        }
      : {}),
  });
  const {g, width} = chart(picture, "amounts", room, {
    label: [`Numbers trained, in powers of ten${guessed}`],
    nominal: 480,
    height: (width) => dotPlotHeight(rows, optionsAt(width)),
    alt: `A scale of counts from a thousand to all of GPT-3${guessed}. ${rows.map(({name, said}) => `${name}: ${said === UNTOLD ? "not told yet" : said}`).join("; ")}`,
    interactive: isOpen,
  });
  const plot = dotPlot(g, rows, optionsAt(width));
  guessLine(plot, {
    ends: [min, max],
    steps: Math.round((max - min) / step),
    at: guess ? power : undefined,
    onMove: isOpen ? (to) => act.set({count: to}) : undefined,
  });
  gaps(plot, rows, guess && !isOpen ? power : undefined);
}

function delay({picture, result: {guess}, params: {latency, committed}, act, room}: Drawing) {
  const rows: PlotRow[] = [
    {name: "No slower", said: "0%", points: [{name: "landmark", value: 0}]},
    {name: "Twice as long", said: "100%", points: [{name: "landmark", value: 100}]},
  ];
  const guessed = guess ? `, ${mine(committed)} ${latency}%` : "";
  const {min, max, step} = controls.latency;
  const options = (width: number): DotPlotOptions => ({
    ...{width, ends: [min, max], ticks: [0, 50, 100, 150, 200], above: KNOB},
    format: (share) => `${share}%`,
  });
  const {g, width} = chart(picture, "delay", room, {
    label: [`Latency that new small layers add at batch 1${guessed}`],
    nominal: 480,
    height: (width) => dotPlotHeight(rows, options(width)),
    alt: `A scale of added latency from none to three times as long${guessed}`,
  });
  guessLine(dotPlot(g, rows, options(width)), {
    ends: [min, max],
    steps: (max - min) / step,
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
  main: ["count", "latency"],
  draw(picture, result, params, act, room) {
    const drawing = {picture, result, params, act, room};
    if (room.size === "card" || room.size === "full") whole(drawing);
    sizes(drawing);
    if (room.size === "full") delay(drawing);
    if (room.size !== "dock") commitBar(picture, params, act);
    if (room.size === "full") ahead(picture, result);
  },
  says: brief,
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
        label: ["How many are enough"],
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
