/** A matrix of a real model with B and A to scale, and all layers of GPT-3: the controls, and what the figure counts. */
import counts from "../../../content/paper/counts.json" with {type: "json"};
import models from "../../../content/paper/models.json" with {type: "json"};
import {breakEvenRank, fullCount, loraCount, reduction} from "../../engine/lora/counts.ts";
import {choice, type Params, range, typedNumber} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

const modelNamed = (name: string) => models.dimensions.find((one) => one.model === name)!;
const widthOf = (name: string): number => modelNamed(name).dModel;

/** The sides of square matrices of the paper's models. */
const sides = {
  gpt3: widthOf("GPT-3 175B"),
  deberta: widthOf("DeBERTa-XXL (v2)"),
  roberta: widthOf("RoBERTa-base"),
};

/** The largest zoom, as a power of ten, on the largest matrix. On a smaller one it ends where weights are drawn as large. */
const MAX_ZOOM = 3;
/** The smallest zoom, which shows all layers of GPT-3; and the zoom below which figure and sentences are about all of them. */
const [MIN_ZOOM, WHOLE_MODEL_ZOOM] = [-1.67, -0.8];

/** A layer's matrices: index, width in sides of a square, and whether it is adapted. The MLP's two are drawn on their sides. */
export const MATRICES = [
  {index: "q", wide: 1, isAdapted: true},
  {index: "k", wide: 1, isAdapted: false},
  {index: "v", wide: 1, isAdapted: true},
  {index: "o", wide: 1, isAdapted: false},
  {index: "MLP", wide: 4, isAdapted: false},
  {index: "MLP", wide: 4, isAdapted: false},
] as const;
/** The area of a layer's matrices, in squares. */
export const PER_LAYER = MATRICES.reduce((sum, {wide}) => sum + wide, 0);

/** The layers of GPT-3; its adapted matrices, whose B and A the figure calls threads; its parameters as the paper counts them. */
export const LAYERS = modelNamed("GPT-3 175B").layers;
const THREADS = LAYERS * MATRICES.filter(({isAdapted}) => isAdapted).length;
const PARAMETERS = counts.FT.value * 1e6;
/** Memory while GPT-3 is trained, as the paper measured it: terabytes in full, gigabytes with LoRA. */
export const MEMORY = {full: 1.2, lora: 350};

export const controls = {
  zoom: range(["Zoom"], {min: MIN_ZOOM, max: MAX_ZOOM, step: 0.01, value: 0, log: true, factor: true}),
  r: typedNumber(["Rank ", symbol.r], {min: 1, max: breakEvenRank(sides.gpt3, sides.gpt3), value: 4}),
  mark: choice(
    ["Mark"],
    {none: "Nothing", all: "Everything", threads: "The threads", memory: "Memory", merged: "Merged"},
    "none",
    true,
  ),
  matrix: choice(["Matrix"], {gpt3: "GPT-3", deberta: "DeBERTa XXL", roberta: "RoBERTa base"}, "gpt3", true),
};
export type ThreadsParams = Params<typeof controls>;

export interface ThreadsResult {
  /** The side of the square matrix, in weights. */
  d: number;
  /** Entries of the matrix, and of B (d,r) and A (r,d) together. */
  full: number;
  lora: number;
  /** full / lora. */
  ratio: number;
  /** The rank at which B and A are as large as the matrix. */
  breakEven: number;
  /** The largest zoom, as a power of ten. */
  maxZoom: number;
  /** Adapted matrices of GPT-3, the parameters of their B and A, and all parameters of the model. */
  threads: number;
  trained: number;
  all: number;
}

/** The smallest zoom: all layers for GPT-3, for the paper counts no other model as a whole; otherwise the matrix. */
const minZoomOf = (matrix: ThreadsParams["matrix"]): number => (matrix === "gpt3" ? MIN_ZOOM : 0);

/** The largest zoom on a matrix of side d. */
const maxZoomOf = (d: number): number => Math.floor(100 * (MAX_ZOOM + Math.log10(d / sides.gpt3)) + 1e-9) / 100;

/** The limits of controls: r ends where B and A are as large as the matrix. */
export const bounds = ({matrix}: ThreadsParams) =>
  ({
    r: [1, breakEvenRank(sides[matrix], sides[matrix])],
    zoom: [minZoomOf(matrix), maxZoomOf(sides[matrix])],
  }) as const;

export function compute({matrix, r}: ThreadsParams): ThreadsResult {
  const d = sides[matrix];
  const lora = loraCount(d, d, r);
  return {
    d,
    full: fullCount(d, d),
    lora,
    ratio: reduction(d, d, r),
    breakEven: breakEvenRank(d, d),
    maxZoom: maxZoomOf(d),
    threads: THREADS,
    trained: THREADS * lora,
    all: PARAMETERS,
  };
}

/** Whether the picture is about all layers, not about one matrix. */
export const isWholeModel = (zoom: number): boolean => zoom < WHOLE_MODEL_ZOOM;
/** What is marked: nothing while the picture shows one matrix. */
export const markOf = ({mark, zoom}: ThreadsParams): ThreadsParams["mark"] => (isWholeModel(zoom) ? mark : "none");

/** The least thickness of B and A, as a share of the picture, and how fast it is reached as the zoom falls below × 1. */
const [MIN_THICKNESS, THICKENING] = [1 / 360, 4];

/** How many weights thick B and A are drawn: r, or more if r would be too thin to see. */
export const drawnThickness = (zoom: number, r: number, d: number): number =>
  Math.max(r, (MIN_THICKNESS * Math.min(-THICKENING * zoom, 1) * (d + r)) / 10 ** zoom);

/** The ranks at which the handle stops: 1, 2, 3, 4, 6, 8, 12 … and the largest. */
export function rankStops(maxRank: number): number[] {
  const stops = [1];
  for (let power = 2; power < maxRank; power *= 2) stops.push(power, 1.5 * power);
  return [...stops.filter((rank) => rank < maxRank), maxRank];
}

/** The rank `steps` stops after r, which may itself lie between two stops. */
export function steppedRank(r: number, steps: number, maxRank: number): number {
  if (!steps) return r;
  const stops = rankStops(maxRank);
  const at = steps < 0 ? stops.findIndex((stop) => stop >= r) : stops.findLastIndex((stop) => stop <= r);
  return stops[Math.min(Math.max(at + steps, 0), stops.length - 1)]!;
}

/** Units of dragging from one stop to the next, where a weight is smaller than this. */
const STOP_DISTANCE = 9;

/** The rank after dragging by `distance` toward the square: column by column where columns can be seen, else stop by stop. */
export function draggedRank(r: number, distance: number, unit: number, maxRank: number): number {
  if (unit < STOP_DISTANCE) return steppedRank(r, Math.round(distance / STOP_DISTANCE), maxRank);
  return Math.min(Math.max(r + Math.round(distance / unit), 1), maxRank);
}
