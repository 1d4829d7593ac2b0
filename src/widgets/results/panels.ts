import {layer} from "../../figures/layer.ts";
import {panel} from "../../figures/panel.ts";
import {count} from "../../figures/text/format.ts";
import {key} from "../../figures/text/key.ts";
import type {Act} from "../../shell/widget.ts";
import type {Entry, Kind} from "./entries.ts";
import {type Ranked, ranking, rankingHeight} from "./figures/ranking.ts";
import {type Spot, scatter, type Trail} from "./figures/scatter.ts";
import {type Shape, shape} from "./figures/shapes.ts";
import {controls, type Point, type ResultsParams, type ResultsResult} from "./model.ts";
import {kindNames, nameOf, reasons, scoreText, taskOf, verdicts} from "./sentences.ts";

const WIDTH = 256;
const HEIGHT = 250;

const shapes: Readonly<Record<Kind, Shape>> = {
  full: "square",
  lora: "circle",
  both: "hexagon",
  adapter: "up",
  embed: "down",
  layer: "right",
  other: "diamond",
};

const whisker = ({score, spread}: Entry) => (spread === undefined ? {} : {low: score - spread, high: score + spread});

/** The rows, one per line, with the whisker of the reference as a band behind them. */
export function ranks(picture: Element, result: ResultsResult, params: ResultsParams, act: Act) {
  const {rows, measure} = result;
  const drawn = rows.map(
    (row): Ranked => ({
      tone: row.kind,
      shape: shapes[row.kind],
      verdict: row.verdict,
      name: nameOf(row),
      said: scoreText(row, result),
      value: row.score,
      ...whisker(row),
    }),
  );
  const better = measure.isLower ? ", lower is better" : "";
  const svg = panel(picture, "ranking", {
    label: [`${taskOf(result)}${better}, ${controls.sort.options[params.sort].toLowerCase()}`],
    width: WIDTH,
    height: rankingHeight(drawn.length),
    alt: `${taskOf(result)}. ${rows.map((row, i) => `${drawn[i]!.name}: ${drawn[i]!.said}, ${verdicts[row.verdict]}`).join("; ")}`,
  });
  ranking(svg, drawn, {
    width: WIDTH,
    reference: rows.findIndex(({verdict}) => verdict === "itself"),
    onPick: (row) => act.set({against: rows[row]!.n}),
  });
}

const labels = {trained: "trained parameters", examples: "training examples", rank: "rank r"} as const;

/** Scores over trained parameters (or examples, or ranks), and the reader's guess. */
export function places(picture: Element, result: ResultsResult) {
  const {points, measure, axis, reference, chance, guess} = result;
  const better = (a: Point, b: Point) => (measure.isLower ? a.score - b.score : b.score - a.score);
  const spotOf = (point: Point): Spot => ({
    tone: point.kind,
    shape: shapes[point.kind],
    verdict: point.verdict,
    name: `${nameOf(point)}: ${scoreText(point, result)}`,
    x: point.x,
    y: point.score,
    ...whisker(point),
  });
  const nameless = ({method, kind}: Point) => (axis === "rank" ? kind : method);
  const trails = [...new Set(points.map(nameless))].map((method): Trail => {
    const spots = points
      .filter((point) => nameless(point) === method)
      .sort((a, b) => a.x - b.x || better(a, b))
      .map(spotOf);
    return {tone: spots[0]!.tone, spots};
  });
  const what = `${axis === "examples" ? "MNLI" : measure.label} over ${labels[axis]}`;
  // The list next to it already has one task; a plot over examples shows several, so it is read out.
  const all =
    axis === "examples"
      ? points.map((point) => `; ${nameOf(point)} at ${count(point.x)}: ${scoreText(point, result)}`).join("")
      : "";
  const svg = panel(picture, "scatter", {
    label: [`${what}, powers of ten`],
    width: WIDTH,
    height: HEIGHT,
    alt: `${what}${all}${guess === undefined ? "" : `; your guess ${count(guess)}`}`,
  });
  const {low, high} = whisker(reference);
  scatter(svg, trails, {
    width: WIDTH,
    height: HEIGHT,
    format: axis === "rank" ? String : count,
    ...(low !== undefined && axis !== "examples" ? {reach: {low, high: high!}} : {}),
    ...(chance === undefined ? {} : {level: {y: chance, label: "guessing"}}),
    ...(guess === undefined ? {} : {line: {x: guess, label: `your guess ${count(guess)}`}}),
  });
}

/** What the marks mean, and where the ± comes from. */
export function legend(picture: Element, {rows, from}: ResultsResult) {
  const box = layer(picture, "div", "reading");
  const kinds = [...new Set(rows.map(({kind}) => kind))];
  const circle = shape("circle");
  const sample = (name: string, d: string, text: string) => ({name, kind: "shape" as const, d, text});
  key(box, [
    ...kinds.map((kind) => sample(`result ${kind} itself`, shape(shapes[kind]), kindNames[kind])),
    sample("result other within", circle, "hollow: within the spread"),
    sample("result other better", circle, "filled: beyond it"),
    sample("result other unknown", circle, "dashed: no ± to judge by"),
  ]);
  layer(box, "p", "reason", reasons[from]);
}
