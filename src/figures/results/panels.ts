import {isNarrow} from "../../figure/plot/aspects.ts";
import {chart} from "../../figure/plot/chart.ts";
import {dotPlot, dotPlotHeight} from "../../figure/plot/charts/dotPlot.ts";
import {type DotPlotOptions, NAME_LINE, type PlotRow, pitchOnSlide} from "../../figure/plot/charts/dotPlotLayout.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Room} from "../../figure/plot/room.ts";
import {count} from "../../figure/plot/text/format.ts";
import {key} from "../../figure/plot/text/key.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";
import type {Act} from "../../figure/widget.ts";
import {type ScatterMark, scatter, type Trail} from "./drawing/scatter.ts";
import {type MarkShape, shape} from "./drawing/shapes.ts";
import {type MethodKind, type ResultEntry, resultEntries} from "./entries.ts";
import {controls, type Judged, type ResultsParams, type ResultsResult, type ScatterPoint} from "./model.ts";
import {kindNames, resultName, scoreText, taskOf, verdictNames} from "./sentences.ts";
import {modelsOf} from "./tables.ts";

const shapes: Readonly<Record<MethodKind, MarkShape>> = {
  full: "square",
  lora: "circle",
  both: "hexagon",
  adapter: "up",
  embed: "down",
  layer: "right",
  other: "diamond",
};

const whisker = ({score, spread}: ResultEntry) =>
  spread === undefined ? {} : {low: score - spread, high: score + spread};

/** Hollow where nothing tells a result apart from the reference. */
const markOf = (row: Judged): string =>
  `${row.kind} ${row.verdict}${row.verdict === "within" || row.verdict === "unknown" ? " hollow" : ""}`;

/** A table with so many rows is low lines. */
const [MANY, LOW, USUAL] = [12, 18, 25];
/** Where the rows are a card's only picture. */
const HIGH = 43;
/** Inner widths of a card in a column of a low window. */
const [FROM, TO] = [420, 480];
/** More rows than this have no room for a line of names each. */
const FEW = 9;
/** Rows this few or fewer are higher still there. */
const [FEWEST, HIGHEST] = [5, 50];
/** On a card the rows of a model with fewer are spread over the height of the one with most, up to so many times. */
const SPREAD = 1.4;
/** The share of the width that names may take beside their rows; above them there is more room for the scale. */
const NAMES = 0.3;
/** So high is a row on a phone, below its name. */
const STACKED = 22;
/** Names of many rows stay beside them, or the card would be too high. */
const NAMES_OF_MANY = 0.45;

/** The most rows that the table has of one model. */
const mostRows = ({from, model, measure}: ResultsResult): number =>
  Math.max(
    ...(model === undefined ? [undefined] : modelsOf(from)).map((one) => resultEntries(from, one, measure).length),
  );

/** Inner widths of a card that first frames are drawn for: beside the text, in a narrow column there, and on a phone. */
const ROOMS = {wide: 620, column: 457, narrow: 309} as const;

/** How high a row is in a room, and how much of the width the names have beside the rows: `names`, or nothing. */
function rowHeights(result: ResultsResult, names: number) {
  const {length} = result.rows;
  const most = mostRows(result);
  return (width: number, room: Room): {pitch: number; left?: number} => {
    const isBeside = names < (length > FEW ? NAMES_OF_MANY : NAMES) * width;
    const usual = () => {
      if (length > MANY) return LOW;
      const isColumn = room.width > FROM && room.width < TO;
      if (room.size !== "card" || (result.axis === "examples" && !isColumn)) return USUAL;
      if (!isBeside && !isColumn) return STACKED;
      return most > FEWEST ? HIGH : HIGHEST;
    };
    const spread = room.size === "card" ? Math.min(most / length, SPREAD) : 1;
    const name = isBeside ? 0 : NAME_LINE;
    const pitch = spread > 1 ? (usual() + name) * spread - name : usual();
    return {pitch: room.size === "slide" ? pitchOnSlide(length) : pitch, ...(isBeside ? {left: names} : {})};
  };
}

/** The rows, one per line, with the whisker of the reference as a band behind them. */
function ranks(picture: Element, result: ResultsResult, params: ResultsParams, act: Act, room: Room) {
  const {rows, measure, reference} = result;
  const drawn = rows.map(
    (row): PlotRow => ({
      name: resultName(row),
      said: scoreText(row, result),
      isChosen: row.verdict === "itself",
      points: [
        {
          name: markOf(row),
          value: row.score,
          ...whisker(row),
          d: shape(shapes[row.kind]),
          title: verdictNames[row.verdict],
        },
      ],
    }),
  );
  const {low, high} = whisker(reference);
  const names = 16 + Math.max(...drawn.map(({name}) => textWidth(name)));
  const rowsIn = rowHeights(result, names);
  const optionsAt = (width: number, at = room): DotPlotOptions => ({
    width,
    ...rowsIn(width, at),
    ...(low === undefined ? {} : {band: [low, high!]}),
    onPress: (row) => act.set({against: rows[row]!.n}),
  });
  const heightIn = (width: number) => dotPlotHeight(drawn, optionsAt(width, {...room, width}));
  const better = measure.isLower ? ", lower is better" : "";
  const {g, width} = chart(picture, "ranking", room, {
    label: [
      `${taskOf(result)}${better}${params.sort === "printed" ? "" : `, ${controls.sort.options[params.sort].toLowerCase()}`}`,
    ],
    nominal: 480,
    height: (width) => dotPlotHeight(drawn, optionsAt(width)),
    framed: {wide: heightIn(ROOMS.wide), column: heightIn(ROOMS.column), narrow: heightIn(ROOMS.narrow)},
    alt: `${taskOf(result)}. ${rows.map((row, i) => `${drawn[i]!.name}: ${drawn[i]!.said}, ${verdictNames[row.verdict]}`).join("; ")}`,
    interactive: true,
  });
  dotPlot(g, drawn, optionsAt(width));
}

/** On a phone a plot that is alone has the height of the rows that the text has just spoken of. */
const ALONE = 366;
const labels = {trained: "trained parameters", examples: "training examples", rank: "rank r"} as const;

/** Scores over trained parameters (or examples, or ranks), and the reader's guess; `isLarge` where it is the card's picture. */
function places(picture: Element, result: ResultsResult, act: Act, room: Room, isLarge = false) {
  const {points, measure, axis, reference, chance, guess} = result;
  const better = (a: ScatterPoint, b: ScatterPoint) => (measure.isLower ? a.score - b.score : b.score - a.score);
  const spotOf = (point: ScatterPoint): ScatterMark => ({
    mark: markOf(point),
    shape: shapes[point.kind],
    name: `${resultName(point)}: ${scoreText(point, result)}`,
    x: point.x,
    y: point.score,
    ...whisker(point),
    onPick: () => act.set({against: point.n}),
  });
  const nameless = ({method, kind}: ScatterPoint) => (axis === "rank" ? kind : method);
  const trails = [...new Set(points.map(nameless))].map((method): Trail => {
    const spots = points.filter((point) => nameless(point) === method).sort((a, b) => a.x - b.x || better(a, b));
    return {tone: spots[0]!.kind, spots: spots.map(spotOf)};
  });
  const what = `${axis === "examples" ? "MNLI" : measure.label} over ${labels[axis]}`;
  // The list next to it already has one task; a plot over examples shows several, so it is read out.
  const all =
    axis === "examples"
      ? points.map((point) => `; ${resultName(point)} at ${count(point.x)}: ${scoreText(point, result)}`).join("")
      : "";
  const [base, slope] = axis === "examples" && room.size === "card" ? [224, 0.1] : [210, 0.22];
  const onPhone = room.size === "card" && axis !== "examples" ? ALONE : undefined;
  const {g, width, height} = chart(picture, isLarge ? "scatter large" : "scatter", room, {
    label: [`${what}, powers of ten`],
    nominal: 480,
    height: (width) => {
      if (room.size === "dock") return 180;
      if (room.size === "slide") return 270;
      if (onPhone && isNarrow(room)) return onPhone;
      return isLarge ? base + width * slope : 112 + width * 0.05;
    },
    isStraight: true,
    ...(onPhone && {framed: {narrow: onPhone}}),
    alt: `${what}${all}${guess === undefined ? "" : `; your guess ${count(guess)}`}`,
  });
  const {low, high} = whisker(reference);
  scatter(g, trails, {
    width,
    height,
    format: axis === "rank" ? String : count,
    ...(low !== undefined && axis !== "examples" ? {reach: {low, high: high!}} : {}),
    ...(chance === undefined ? {} : {level: {y: chance, label: "guessing"}}),
    ...(guess === undefined ? {} : {line: {x: guess, label: `your guess ${count(guess)}`}}),
  });
}

/** What the marks mean. */
function legend(picture: Element, {rows}: ResultsResult, room: Room, isAlone: boolean) {
  const box = layer(picture, "div", "reading");
  const isFull = room.size === "full";
  // Beside the rows the shapes need no words.
  const kinds = !isFull && !isAlone ? [] : [...new Set(rows.map(({kind}) => kind))];
  const circle = shape("circle");
  const sample = (name: string, d: string, text: string) => ({name, kind: "shape" as const, d, text});
  const isUnsure = rows.some(({verdict}) => verdict === "unknown");
  key(box, [
    ...kinds.map((kind) => sample(`mark ${kind}`, shape(shapes[kind]), kindNames[kind])),
    sample("mark other hollow", circle, "hollow: a tie"),
    sample("mark other", circle, "filled: better or worse"),
    ...(isUnsure || isFull ? [sample("mark other hollow unknown", circle, "dashed: no ±")] : []),
  ]);
}

/** Panels of another table's composition. */
const clear = (picture: Element, selector: string) => {
  for (const panel of picture.querySelectorAll(selector)) panel.remove();
};

/** Rows, plot and legend: one composition for each table and size. */
export function resultsPanel(picture: Element, result: ResultsResult, params: ResultsParams, act: Act, room: Room) {
  const isFull = room.size === "full";
  const isCurve = params.from === "15" || result.axis !== "trained";
  const isLarge = !isFull && (isCurve || room.size === "dock");
  clear(picture, `.scatter${isLarge ? ":not(.large)" : isFull ? ".large" : ""}`);
  // Over examples the plot shows all tasks, and the rows the one that is asked for. Other rows would not fit beside it.
  const isAlone = isLarge && (params.from === "15" || result.axis === "rank" || room.size !== "card");
  if (isAlone) clear(picture, ".ranking");
  else ranks(picture, result, params, act, room);
  if (isLarge || isFull) places(picture, result, act, room, isLarge);
  if (room.size === "card" || isFull) legend(picture, result, room, isAlone);
}
