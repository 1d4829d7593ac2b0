/** One small layer as each work has it: W₀ with A above it, B at its left, and what some successors of LoRA add. */
import {attributes, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import type {Work} from "./controls.ts";

/**
 * The places of one adapted layer, on either side from above; "middle" is between B and A, "left" before B, "right" after the
 * sum.
 */
const layerPlaces = ["A", "right", "base", "middle", "left", "B", "scale"] as const;
type LayerPlace = (typeof layerPlaces)[number];

/** What is drawn at a place. */
interface LayerPart {
  /** What it is. */
  words: string;
  tone: "w0" | "a" | "b" | "dw" | "full" | "ink";
  /** Its cells hold values by default; "weak" ones lost their largest part, and half of the "cut" ones are zero. */
  cells?: "zeros" | "coarse" | "weak" | "cut";
  /** There are several of it. */
  isMany?: boolean;
  /** It learns faster than the rest. */
  isFast?: boolean;
  /** It differs from LoRA. */
  isNew?: boolean;
}
type Layer = Partial<Record<LayerPlace, LayerPart>>;

/** The parts that a work changes; a part that is undefined is taken out. */
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
    B: {words: "B, learns at λ times A’s rate", tone: "b", isFast: true, ...(isStart && {cells: "zeros"})},
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
  const changed = Object.entries(changes[work]?.(isStart) ?? {});
  return {...lora, ...Object.fromEntries(changed.map(([place, part]) => [place, part && {...part, isNew: true}]))};
}

/** The works that change a part of the layer. */
export const drawnWorks = Object.keys(changes) as Work[];

/** What a work changes, in words. */
export const changesOf = (work: Work, isStart: boolean): string =>
  Object.values(layerOf(work, isStart))
    .flatMap((part) => (part?.isNew ? [part.words] : []))
    .join("; ");

/** The side of a cell in the layer's own units, W₀'s side and the rank in cells, and what is left free between matrices. */
const [CELL, SIDE, RANK, GAP] = [10, 10, 4, 5];
const LONG = SIDE * CELL;
const SHORT = RANK * CELL;
const UP = -GAP - SHORT;

interface Matrix {
  x: number;
  y: number;
  columns: number;
  rows: number;
}

/** A is above W₀, B at its left, and what is between them in the corner. */
const matrices: Readonly<Record<Exclude<LayerPlace, "scale">, Matrix>> = {
  base: {x: 0, y: 0, columns: SIDE, rows: SIDE},
  A: {x: 0, y: UP, columns: SIDE, rows: RANK},
  B: {x: UP, y: 0, columns: RANK, rows: SIDE},
  middle: {x: UP, y: UP, columns: RANK, rows: RANK},
  left: {x: UP - GAP - CELL, y: 0, columns: 1, rows: SIDE},
  right: {x: LONG + GAP, y: 0, columns: 1, rows: SIDE},
};
/** What any layer may take up, in its own units. */
const BOX = {left: UP - 15, top: UP - 12, width: LONG - UP + 30, height: LONG - UP + 12};

/** Made-up values from 0 to 1, the same in each tile: multiples of irrational numbers are spread evenly. */
const valueAt = (i: number): number => (i * i * 0.6180339887 + i * 0.4142135624) % 1;
/** The opacities of cells, from small values to large ones. */
const LEVELS = [0.4, 0.6, 0.8, 1];
/** How many directions of a "cut" part are zero. */
const CUT = RANK / 2;

/** A square in each cell of `at`. */
const squares = (at: readonly (readonly [x: number, y: number])[], side: number): string =>
  at.map(([x, y]) => `M${x} ${y}h${side}v${side}h${-side}z`).join("");

/** The cells of a part by their opacity; 0 is an outline. */
function cellsOf(place: Exclude<LayerPlace, "scale">, {cells}: LayerPart): {opacity: number; d: string}[] {
  const {x, y, columns, rows} = matrices[place];
  const size = cells === "coarse" ? 2 : 1;
  const found = new Map<number, [number, number][]>();
  for (let row = 0; row < rows; row += size)
    for (let column = 0; column < columns; column += size) {
      if (place === "middle" && row !== column) continue;
      const isCut = cells === "cut" && (place === "A" ? row : column) < CUT;
      const level = Math.floor(valueAt(7 * (row * columns + column) + 31 * rows) * LEVELS.length);
      const opacity = cells === "zeros" || isCut ? 0 : LEVELS[level]! * (cells === "weak" ? 0.5 : 1);
      found.set(opacity, [...(found.get(opacity) ?? []), [x + column * CELL, y + row * CELL]]);
    }
  return [...found].sort(([a], [b]) => a - b).map(([opacity, at]) => ({opacity, d: squares(at, size * CELL - 1)}));
}

/** The edges of two further adapters behind the first. */
function edgesOf(place: LayerPlace): string {
  const edge = (at: number) =>
    place === "A" ? `M0 ${UP - at}h${LONG - 1}v4h${1 - LONG}z` : `M${UP - at} 0v${LONG - 1}h4v${1 - LONG}z`;
  return edge(6) + edge(12);
}

/** Points up along B, which learns faster. */
const ARROW = `M${UP - 9} ${LONG - 1}V8M${UP - 15} 14l6 -9l6 9`;
/** Behind the factor α/√r, which no matrix shows, around its middle. */
const PLATE = {x: -40, y: -17, width: 80, height: 34, rx: 4};
/** The height of the factor's letters in the style sheet, and in every drawing, small or large, in units. */
const [FACTOR, FACTOR_DRAWN] = [24, 14];

/** An area, in units. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Draws the layer of a work in the middle of an area. Its parts are pale, except those that differ from LoRA. */
export function drawLayer(g: Element, work: Work, isStart: boolean, {x, y, width, height}: Area) {
  const scale = Math.min(width / BOX.width, height / BOX.height);
  const left = x + width / 2 - scale * (BOX.left + BOX.width / 2);
  const top = y + height / 2 - scale * (BOX.top + BOX.height / 2);
  attributes(g, {transform: `translate(${rounded(left)} ${rounded(top)}) scale(${scale.toFixed(3)})`});
  const parts = layerOf(work, isStart);
  const places = layerPlaces.filter((place) => parts[place]);
  join(g, "g", places, {name: (place) => `matrix of-${place}`}, (box, place) => {
    const part = parts[place]!;
    attributes(box, {"data-tone": part.tone, "data-new": part.isNew ? "" : null});
    if (place !== "scale") return drawMatrix(box, place, part);
    const plate = layer(box, "g", "plated");
    attributes(plate, {transform: `translate(${LONG / 2} ${LONG / 2}) scale(${rounded(FACTOR_DRAWN / (FACTOR * scale), 2)})`});
    attributes(layer(plate, "rect", "plate"), PLATE);
    attributes(layer(plate, "text", "factor", part.words), {dy: "0.35em"});
  });
}

function drawMatrix(box: Element, place: Exclude<LayerPlace, "scale">, part: LayerPart) {
  const marks = [
    ...cellsOf(place, part).map(({opacity, d}) => ({d, name: opacity ? null : "hollow", opacity: opacity || null})),
    ...(part.isMany ? [{d: edgesOf(place), name: part.cells === "zeros" ? "hollow" : "edges", opacity: null}] : []),
    ...(part.isFast ? [{d: ARROW, name: "arrow", opacity: null}] : []),
    ...(part.tone === "full"
      ? [{d: `M-2 -2h${LONG + 3}v${LONG + 3}h${-LONG - 3}z`, name: "outline", opacity: null}]
      : []),
  ];
  join(box, "path", marks, {name: ({name}) => name ?? ""}, (path, {d, opacity}) => {
    attributes(path, {d, "fill-opacity": opacity});
  });
}
