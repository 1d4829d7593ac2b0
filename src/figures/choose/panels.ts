import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {chart} from "../../figure/plot/chart.ts";
import {dotPlot, dotPlotHeight} from "../../figure/plot/charts/dotPlot.ts";
import {
  type DotPlotOptions,
  NARROW,
  type PlotRow,
  type Point,
  pitchOnSlide,
} from "../../figure/plot/charts/dotPlotLayout.ts";
import type {Room} from "../../figure/plot/room.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";
import type {Act} from "../../figure/widget.ts";
import {type ChooseParams, type ChooseResult, controls, type Standing} from "./model.ts";
import {markOf, methodName, standingPlace} from "./sentences.ts";

/** The dot of a method that is sure to be first. */
const SURE = "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0Z";

/**
 * A method on the axis: a dot, or where something is untested a line from its best case to its worst, with hollow ends. Those that
 * may be first have their own color, and one that is sure to be first has a larger dot.
 */
function pointsOf({best, worst, score: [low, high]}: Standing): Point[] {
  const name = best === 1 ? "first" : "behind";
  if (low === high) return [{name, value: low, ...(worst === 1 && {d: SURE})}];
  const ends = [low, high].map((value) => ({name: `${name} hollow`, value}));
  return [{name: `${name} untested`, low, high}, ...ends];
}

/** Each method by what it fails and pays for, on one axis: where two do not overlap, one is ahead. */
function scores(picture: Element, {requested, standings}: ChooseResult, room: Room) {
  const rows = standings.map(
    (standing): PlotRow => ({
      name: methodName(standing.method),
      said: markOf(standing),
      points: pointsOf(standing),
      isChosen: requested.length > 0 && standing.worst === 1,
    }),
  );
  const worst = Math.max(...standings.map(({score}) => score[1]));
  const least = Math.min(...standings.map(({score}) => score[1]));
  const ends = [0, Math.max(1, Math.ceil(worst))] as const;
  const options: Omit<DotPlotOptions, "width"> = {
    ends,
    // With few facts there is room to say where one payment stands.
    ticks:
      ends[1] === 1 && requested.length && requested.length < 3
        ? [0, 1 / (requested.length + 1), 1]
        : Array.from({length: ends[1] + 1}, (_, n) => n),
    format: (fails) => (fails === 0 ? "fails none" : fails < 1 ? "pays 1" : `fails ${fails}`),
    // A method that reaches into the band may be first.
    band: [0, least],
  };
  const left = 16 + Math.max(...rows.map(({name}) => textWidth(name)));
  // In a card on a phone names beside the rows would leave no room for the dots.
  const beside = room.size === "card" ? NARROW : Math.ceil(left / NAMES);
  const pitches = {dock: 20, card: 34, full: 28, slide: pitchOnSlide(rows.length)};
  const optionsAt = (width: number): DotPlotOptions =>
    width >= beside ? {...options, width, left, pitch: pitches[room.size]} : {...options, width, pitch: 24};
  const {g, width} = chart(picture, "scores", room, {
    label: ["Further left is better; a dashed line means something is untested"],
    nominal: 480,
    height: (width) => dotPlotHeight(rows, optionsAt(width)),
    bends: [beside],
    alt: `Methods by what they fail and pay for. ${standings.map((one) => `${methodName(one.method)}: place ${standingPlace(one)}, ${markOf(one)}`).join("; ")}`,
  });
  dotPlot(g, rows, optionsAt(width));
}

/** The share of the width that names may take. */
const NAMES = 0.45;

/** What may be true of the reader's case, as buttons: the yes-or-no controls, and what is handed over. */
function asked(picture: Element, params: ChooseParams, act: Act) {
  const {latency, batch, tasks, few, length, memory} = controls;
  const facts = Object.entries({latency, batch, tasks, few, length, memory}).map(([name, {label}]) => ({
    text: String(label[0]),
    isPressed: params[name as "latency"] === "yes",
    onPress: () => act.set((now) => ({[name]: now[name] === "yes" ? "no" : "yes"})),
  }));
  const over = (["plain", "fixed"] as const).map((one) => ({
    text: one === "plain" ? "Hand over one model" : "Hand over inputs",
    isPressed: params.service === one,
    onPress: () => act.set((now) => ({service: now.service === one ? "any" : one})),
  }));
  buttonRow(picture, [...facts, ...over], "Your case");
}

export function drawCard(picture: Element, result: ChooseResult, params: ChooseParams, act: Act, room: Room) {
  if (room.size === "card") asked(picture, params, act);
  scores(picture, result, room);
}
