import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {chart} from "../../figure/plot/chart.ts";
import {dotPlot, dotPlotHeight} from "../../figure/plot/charts/dotPlot.ts";
import {type DotPlotOptions, type PlotRow, pitchOnSlide} from "../../figure/plot/charts/dotPlotLayout.ts";
import type {Room} from "../../figure/plot/room.ts";
import {count, percent} from "../../figure/plot/text/format.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";
import type {Act} from "../../figure/widget.ts";
import {guessGaps, guessLine, radios} from "./drawing/guessLine.ts";
import {ladder, ladderHeight} from "./drawing/ladder.ts";
import {controls, type PredictParams, type PredictResult, type Strategy} from "./model.ts";
import {shortStrategyNames, sizeText, strategyName} from "./sentences.ts";

/** Room above a plot for the knob of the guess, and what a slide has for the rows above the buttons. */
export const [KNOB, SLIDE] = [14, 195];

export const landmarksOf = ({landmarks: {all, medium, matrix, vector}}: PredictResult) => [
  {name: "All of GPT-3", size: all, origin: "Table 4"},
  {name: "All of GPT-2 medium", size: medium, origin: "counted"},
  {name: "One attention matrix of GPT-3", size: matrix, origin: "counted"},
  {name: "One vector of its width", size: vector, origin: "counted"},
];

/** The line is called the reader's guess only once committed. */
export const mine = (committed: string): string => (committed ? "your guess" : "the guess at");

/** Buttons to commit to the guess, to skip it, or to change it. */
export function commitBar(picture: Element, {committed}: PredictParams, act: Act) {
  const turn = (to: string) => () => act.set({committed: to});
  buttonRow(
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

export interface PredictDrawing {
  picture: Element;
  result: PredictResult;
  params: PredictParams;
  act: Act;
  room: Room;
}

/** All of GPT-3 as a bar, and how much of it the guess would cut off. */
export function modelBar({picture, result: {total, guess}, params, room}: PredictDrawing) {
  const {committed} = params;
  const isOpen = committed === "" && !guess;
  const said = guess ? `${mine(committed)}, ${count(guess.count)}, is ${percent(guess.share)} of them` : "";
  const {g, width} = chart(picture, "whole", room, {
    label: [`All ${count(total)} parameters of GPT-3 to scale; below, the first hundredth, then a hundredth of that`],
    nominal: 480,
    height: ladderHeight,
    alt: `A bar for all ${count(total)} parameters of GPT-3, its first hundredth, and a hundredth of that; ${said || "no guess"}.`,
  });
  ladder(g, {
    width,
    total,
    mine: committed ? "your guess" : "the guess",
    format: count,
    isOpen,
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
  {strategy, committed}: PredictParams,
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
    const isChosen = one === strategy && committed !== "skipped";
    return {
      ...{
        name: isNarrow ? shortStrategyNames[one] : strategyName(one),
        said: size ? sizeText(size) : "",
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

/** What a row's circle takes in front of its name. */
const RADIO = 18;

/** Narrower than this a picture has no room for long names. */
const NARROW = 480;

/** Every size on one scale, with the guess across them; pressing a row chooses what to train. */
export function sizes({picture, result, params, act, room}: PredictDrawing) {
  const {guess} = result;
  const {count: power, committed} = params;
  const isFull = room.size === "full";
  const isNarrow = !isFull && room.width < NARROW;
  const rows = sizeRows(result, params, isFull, isNarrow);
  const isOpen = committed === "";
  const names = 16 + RADIO + Math.max(...rows.map(({name}) => textWidth(name)));
  const guessed = guess ? `, ${mine(committed)} ${count(guess.count)}` : "";
  const {min, max, step} = controls.count;
  const pitch = room.size === "slide" ? pitchOnSlide(rows.length, SLIDE) : room.size === "dock" ? 20 : 25;
  const optionsAt = (width: number): DotPlotOptions => ({
    ...{width, ends: [min, max], ticks: [3, 5, 7, 9, 11], above: KNOB, pitch},
    left: names,
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
    label: [
      isOpen
        ? `Press a row; drag the line${guessed || " to your guess"}`
        : `Parameters trained, in powers of ten${guessed}`,
    ],
    nominal: 480,
    height: (width) => dotPlotHeight(rows, optionsAt(width)),
    isStraight: true,
    alt: `A scale of counts from a thousand to all of GPT-3${guessed}. ${rows.map(({name, said}) => `${name}: ${said || "not told yet"}`).join("; ")}`,
    interactive: isOpen,
  });
  const plot = dotPlot(g, rows, optionsAt(width));
  radios(plot, rows, RADIO);
  guessLine(plot, {
    ends: [min, max],
    steps: Math.round((max - min) / step),
    at: isOpen || guess ? power : undefined,
    onMove: isOpen ? (to) => act.set({count: to}) : undefined,
  });
  guessGaps(plot, rows, guess && !isOpen ? power : undefined);
}

export function drawCard(drawing: PredictDrawing) {
  const {picture, params, act, room} = drawing;
  if (room.size === "card") modelBar(drawing);
  sizes(drawing);
  if (room.size !== "dock") commitBar(picture, params, act);
}
