/**
 * One small layer as each work has it, drawn large or in twelve tiles: W₀ with A above it, B at its left, and what some
 * successors of LoRA add.
 */
import {attributes, join, makePressable} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {controls, type Work} from "./controls.ts";

/**
 * The places of a layer where a part can be drawn: "middle" is between A and B, "left" is left of B, "right" is right of W₀,
 * and "scale" is a factor of BA, drawn on W₀.
 */
const layerPlaces = ["A", "right", "base", "middle", "left", "B", "scale"] as const;
type LayerPlace = (typeof layerPlaces)[number];

/** What is drawn at a place. */
interface LayerPart {
  /** What it is, for readers; of "scale" it is drawn too. */
  words: string;
  tone: "w0" | "a" | "b" | "dw" | "full" | "ink";
  /** How its cells look: values by default. "coarse" is rounded, "weak" lost its largest part, and half of "cut" is zero. */
  cells?: "zeros" | "coarse" | "weak" | "cut";
  /** There are several of it. */
  isMany?: boolean;
  /** It learns faster than the rest. */
  isFast?: boolean;
  /** It differs from LoRA. */
  isNew?: boolean;
}
type Layer = Partial<Record<LayerPlace, LayerPart>>;

/** The parts that a work changes, at the start of training or later. A part that is undefined is taken out. */
type Changes = (isStart: boolean) => {
  [P in LayerPlace]?: Omit<LayerPart, "isNew"> | undefined;
};

const quantizedBase = (words: string) => ({base: {words, tone: "w0", cells: "coarse"}}) as const;

const changes: Partial<Record<Work, Changes>> = {
  lora: (isStart) => ({
    B: {words: isStart ? "B, all zeros" : "B, trained", tone: "b", ...(isStart && {cells: "zeros"})},
    A: {words: isStart ? "A, random" : "A, trained", tone: "a"},
  }),
  adalora: (isStart) =>
    isStart
      ? {middle: {words: "Λ, trained", tone: "dw"}}
      : {
          middle: {words: "Λ, weak ones set to 0", tone: "dw", cells: "cut"},
          B: {words: "B without them", tone: "b", cells: "cut"},
          A: {words: "A without them", tone: "a", cells: "cut"},
        },
  lorafa: () => ({A: {words: "A, random and never trained", tone: "w0"}}),
  vera: (isStart) => ({
    A: {words: "A, random, frozen, one for all layers", tone: "w0"},
    B: {words: "B, the same", tone: "w0"},
    middle: {words: "d, trained", tone: "a"},
    left: {words: isStart ? "b, zeros" : "b, trained", tone: "b", ...(isStart && {cells: "zeros"})},
  }),
  qlora: () => quantizedBase("W₀ in four bits"),
  loftq: (isStart) => ({
    ...quantizedBase("W₀, rounded"),
    B: {words: isStart ? "B, starts at what rounding lost" : "B, repair and change", tone: "b"},
    A: {words: isStart ? "A, starts at what rounding lost" : "A, repair and change", tone: "a"},
  }),
  pissa: (isStart) => ({
    base: {words: "W₀ without its first r directions", tone: "w0", cells: "weak"},
    B: {words: isStart ? "B, taken from W₀" : "B, trained away from there", tone: isStart ? "w0" : "b"},
    A: {words: isStart ? "A, taken from W₀" : "A, trained away from there", tone: isStart ? "w0" : "a"},
  }),
  dora: () => ({right: {words: "m, a length per output", tone: "dw"}}),
  rslora: () => ({scale: {words: "α/√r", tone: "ink"}}),
  loraplus: (isStart) => ({
    B: {words: "B, which learns 16 times as fast as A", tone: "b", isFast: true, ...(isStart && {cells: "zeros"})},
  }),
  galore: () => ({
    B: undefined,
    base: {words: "W, every entry trained", tone: "full"},
    A: {words: "its gradient, kept in r rows", tone: "dw"},
  }),
  slora: (isStart) => ({
    B: {words: "B₁, B₂, … one for each request", tone: "b", isMany: true, ...(isStart && {cells: "zeros"})},
    A: {words: "A₁, A₂, … one for each request", tone: "a", isMany: true},
  }),
};

/** The layer of a work at the start of training or later. What the work does not change is drawn as in LoRA. */
function layerOf(work: Work, isStart: boolean): Layer {
  const lora: Layer = {
    base: {words: "W₀, frozen", tone: "w0"},
    A: {words: "A", tone: "a"},
    B: {words: "B", tone: "b", ...(isStart && {cells: "zeros"})},
  };
  const changedParts = Object.entries(changes[work]?.(isStart) ?? {});
  return {...lora, ...Object.fromEntries(changedParts.map(([place, part]) => [place, part && {...part, isNew: true}]))};
}

/** The works that change a part of the layer. */
export const drawnWorks = Object.keys(changes) as Work[];

/** What a work changes, in words; empty for a work that changes nothing. */
export const changesOf = (work: Work, isStart: boolean): string =>
  Object.values(layerOf(work, isStart))
    .flatMap((part) => (part?.isNew ? [part.words] : []))
    .join("; ");

/** The side of a cell and the distance between matrices, in the layer's own units; W₀'s side and the rank, in cells. */
const [CELL, GAP, SIDE, RANK] = [10, 5, 10, 4];
/** The sides of A and B, in the layer's own units. */
const [LONG_SIDE, SHORT_SIDE] = [SIDE * CELL, RANK * CELL];
/** The y of A and the x of B; W₀ has its corner at (0, 0). */
const OUTER = -GAP - SHORT_SIDE;

interface Matrix {
  x: number;
  y: number;
  columns: number;
  rows: number;
}

/** A is above W₀, B at its left, and what is between them in the corner. */
const matrices: Readonly<Record<Exclude<LayerPlace, "scale">, Matrix>> = {
  base: {x: 0, y: 0, columns: SIDE, rows: SIDE},
  A: {x: 0, y: OUTER, columns: SIDE, rows: RANK},
  B: {x: OUTER, y: 0, columns: RANK, rows: SIDE},
  middle: {x: OUTER, y: OUTER, columns: RANK, rows: RANK},
  left: {x: OUTER - GAP - CELL, y: 0, columns: 1, rows: SIDE},
  right: {x: LONG_SIDE + GAP, y: 0, columns: 1, rows: SIDE},
};
/** An area with room for any layer, in its own units. */
const EXTENT = {left: OUTER - 15, top: OUTER - 12, width: LONG_SIDE - OUTER + 30, height: LONG_SIDE - OUTER + 12};

/** A made-up value from 0 to 1, the same in each tile: multiples of irrational numbers are spread evenly. */
const valueAt = (i: number): number => (i * i * 0.6180339887 + i * 0.4142135624) % 1;
/** The opacities of cells, from small values to large ones. */
const LEVELS = [0.4, 0.6, 0.8, 1];
/** How many directions of a "cut" part are zero. */
const CUT_RANK = RANK / 2;

/** A path of squares, given by their upper left corners. */
const squares = (corners: readonly (readonly [x: number, y: number])[], side: number): string =>
  corners.map(([x, y]) => `M${x} ${y}h${side}v${side}h${-side}z`).join("");

/** The cells of a part as one path for each opacity; those of opacity 0 are drawn as outlines. */
function cellsOf(place: Exclude<LayerPlace, "scale">, {cells}: LayerPart): {opacity: number; d: string}[] {
  const {x, y, columns, rows} = matrices[place];
  const size = cells === "coarse" ? 2 : 1;
  const corners = new Map<number, [number, number][]>();
  for (let row = 0; row < rows; row += size)
    for (let column = 0; column < columns; column += size) {
      if (place === "middle" && row !== column) continue;
      const isCut = cells === "cut" && (place === "A" ? row : column) < CUT_RANK;
      const level = Math.floor(valueAt(7 * (row * columns + column) + 31 * rows) * LEVELS.length);
      const opacity = cells === "zeros" || isCut ? 0 : LEVELS[level]! * (cells === "weak" ? 0.5 : 1);
      corners.set(opacity, [...(corners.get(opacity) ?? []), [x + column * CELL, y + row * CELL]]);
    }
  return [...corners]
    .sort(([a], [b]) => a - b)
    .map(([opacity, list]) => ({opacity, d: squares(list, size * CELL - 1)}));
}

/** The edges of two further matrices behind A or B. */
function edgesOf(place: LayerPlace): string {
  const edge = (at: number) =>
    place === "A"
      ? `M0 ${OUTER - at}h${LONG_SIDE - 1}v4h${1 - LONG_SIDE}z`
      : `M${OUTER - at} 0v${LONG_SIDE - 1}h4v${1 - LONG_SIDE}z`;
  return edge(6) + edge(12);
}

/** Points up along B, which learns faster. */
const ARROW = `M${OUTER - 9} ${LONG_SIDE - 1}V8M${OUTER - 15} 14l6 -9l6 9`;
/** The plate behind the factor α/√r, which no matrix shows, around its middle. */
const PLATE = {x: -40, y: -17, width: 80, height: 34, rx: 4};
/** The height of the factor's letters in the style sheet, and in every drawing, small or large, in units of the picture. */
const [FACTOR_SIZE, DRAWN_FACTOR_SIZE] = [24, 14];

/** An area, in units of the picture. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Draws the layer of a work in the middle of an area. Its parts are pale, except those that differ from LoRA. */
export function drawLayer(g: Element, work: Work, isStart: boolean, {x, y, width, height}: Area) {
  const scale = Math.min(width / EXTENT.width, height / EXTENT.height);
  const left = x + width / 2 - scale * (EXTENT.left + EXTENT.width / 2);
  const top = y + height / 2 - scale * (EXTENT.top + EXTENT.height / 2);
  attributes(g, {transform: `translate(${rounded(left)} ${rounded(top)}) scale(${scale.toFixed(3)})`});
  const parts = layerOf(work, isStart);
  const places = layerPlaces.filter((place) => parts[place]);
  join(g, "g", places, {name: (place) => `matrix of-${place}`}, (box, place) => {
    const part = parts[place]!;
    attributes(box, {"data-tone": part.tone, "data-new": part.isNew ? "" : null});
    if (place !== "scale") return drawMatrix(box, place, part);
    const plate = layer(box, "g", "plated");
    const enlargement = rounded(DRAWN_FACTOR_SIZE / (FACTOR_SIZE * scale), 2);
    attributes(plate, {transform: `translate(${LONG_SIDE / 2} ${LONG_SIDE / 2}) scale(${enlargement})`});
    attributes(layer(plate, "rect", "plate"), PLATE);
    attributes(layer(plate, "text", "factor", part.words), {dy: "0.35em"});
  });
}

/** Draws the cells of a part; then further adapters behind it, an arrow or an outline, if it has them. */
function drawMatrix(box: Element, place: Exclude<LayerPlace, "scale">, part: LayerPart) {
  const marks = [
    ...cellsOf(place, part).map(({opacity, d}) => ({d, name: opacity ? null : "hollow", opacity: opacity || null})),
    ...(part.isMany ? [{d: edgesOf(place), name: part.cells === "zeros" ? "hollow" : "edges", opacity: null}] : []),
    ...(part.isFast ? [{d: ARROW, name: "arrow", opacity: null}] : []),
    ...(part.tone === "full"
      ? [{d: `M-2 -2h${LONG_SIDE + 3}v${LONG_SIDE + 3}h${-LONG_SIDE - 3}z`, name: "outline", opacity: null}]
      : []),
  ];
  join(box, "path", marks, {name: ({name}) => name ?? ""}, (path, {d, opacity}) => {
    attributes(path, {d, "fill-opacity": opacity});
  });
}

/** The distance between tiles. */
const GUTTER = 8;
/** The height of a tile's name. */
const NAME_HEIGHT = 20;

/** Draws a tile for each of the twelve works; `press` is called with the one that a reader chooses. */
export function drawTiles(
  g: Element,
  {frame, width, height}: Sheet,
  {chosen, isStart, press}: {chosen: Work; isStart: boolean; press(work: Work): void},
) {
  // A low sheet is a dock's. It has six columns even if it is narrow.
  const isLow = height <= 205;
  const columns = frame === "narrow" && !isLow ? 4 : 6;
  const rows = Math.ceil(drawnWorks.length / columns);
  const tileWidth = (width - 2 - GUTTER * (columns - 1)) / columns;
  const tileHeight = (height - 2 - GUTTER * (rows - 1)) / rows;
  const name = (work: Work) => `tile of-${work}${work === chosen ? " chosen" : ""}`;
  join(g, "g", drawnWorks, {name, key: (work) => work}, (tile, work, i) => {
    const x = 1 + (i % columns) * (tileWidth + GUTTER);
    const y = 1 + Math.floor(i / columns) * (tileHeight + GUTTER);
    attributes(layer(tile, "rect", "field"), {
      x: rounded(x),
      y: rounded(y),
      width: rounded(tileWidth),
      height: rounded(tileHeight),
      rx: 10,
    });
    const area = {x: x + 4, y: y + NAME_HEIGHT, width: tileWidth - 8, height: tileHeight - NAME_HEIGHT - 4};
    drawLayer(layer(tile, "g", "layer"), work, isStart, area);
    attributes(layer(tile, "text", "name", controls.work.options[work]), {
      x: rounded(x + tileWidth / 2),
      y: rounded(y + 15),
    });
    makePressable(tile, undefined, work === chosen, () => press(work));
  });
}
