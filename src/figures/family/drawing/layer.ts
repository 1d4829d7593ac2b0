/** One adapted layer: W₀ with A above it, B at its left, and what some successors of LoRA add. */
import {attributes, join} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";

/**
 * The places of one adapted layer, on either side from above; "middle" is between B and A, "left" before B, "right" after the
 * sum.
 */
export const layerPlaces = ["A", "right", "base", "middle", "left", "B", "scale"] as const;
export type LayerPlace = (typeof layerPlaces)[number];

/** What is drawn at a place. */
export interface LayerPart {
  /** What it is, written beside the large layer. */
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
export type Layer = Partial<Record<LayerPlace, LayerPart>>;

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
/** What any layer may take up, in its own units: from `left` and `top` on. */
export const LAYER = {left: UP - 15, top: UP - 12, width: LONG - UP + 30, height: LONG - UP + 12};
/** Where words about a part begin or end, in the same units. */
export const wordPlaces: Readonly<Record<LayerPlace, readonly [x: number, y: number, anchor?: "end"]>> = {
  base: [LONG + 6, 0.55 * LONG],
  A: [LONG + 6, UP + SHORT / 2],
  B: [UP - 6, 0.45 * LONG, "end"],
  middle: [UP - 6, UP + 6, "end"],
  left: [UP - GAP - CELL - 6, 12, "end"],
  right: [LONG + GAP + CELL + 6, 4],
  scale: [0, 0],
};

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
/** Behind the factor α/√r, which no matrix shows. */
const PLATE = {x: LONG / 2 - 56, y: LONG / 2 - 24, width: 112, height: 48, rx: 6};

/** One adapted layer in its own units. Its parts are pale, except those that differ from LoRA. */
export function drawLayer(g: Element, all: Layer) {
  const places = layerPlaces.filter((place) => all[place]);
  join(g, "g", places, {name: (place) => `matrix of-${place}`}, (box, place) => {
    const part = all[place]!;
    attributes(box, {"data-tone": part.tone, "data-new": part.isNew ? "" : null});
    if (place === "scale") attributes(layer(box, "rect", "plate"), PLATE);
    else drawMatrix(box, place, part);
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
