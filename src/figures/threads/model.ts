/** A matrix of GPT-3 with B and A to scale, and all of its layers: the controls, and what the figure counts. */
import counts from "../../../content/paper/counts.json" with {type: "json"};
import models from "../../../content/paper/models.json" with {type: "json"};
import {breakEvenRank, fullCount, loraCount, reduction} from "../../engine/lora/counts.ts";
import {choice, type Params, range, typedNumber} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

/** The paper's largest model. */
const gpt3 = models.dimensions.find(({model}) => model === "GPT-3 175B")!;

/** The side of the square, a query matrix of GPT-3, in weights; how many weights it has; the rank at which B and A have as many. */
export const SQUARE_SIDE = gpt3.dModel;
export const SQUARE_WEIGHTS = fullCount(SQUARE_SIDE, SQUARE_SIDE);
export const BREAK_EVEN = breakEvenRank(SQUARE_SIDE, SQUARE_SIDE);

/** The zoom as a power of ten: at the least all layers of GPT-3 are seen, at the most single weights. */
const [MIN_ZOOM, MAX_ZOOM] = [-1.67, 3];
/** Below this zoom figure and sentences are about all layers. */
const WHOLE_MODEL_ZOOM = -0.8;

/** A layer's matrices: index, width in sides of a square, and whether it is adapted. The MLP's two are drawn on their sides. */
export const MATRICES = [
  {index: "q", width: 1, isAdapted: true},
  {index: "k", width: 1, isAdapted: false},
  {index: "v", width: 1, isAdapted: true},
  {index: "o", width: 1, isAdapted: false},
  {index: "MLP", width: 4, isAdapted: false},
  {index: "MLP", width: 4, isAdapted: false},
] as const;
/** The area of a layer's matrices, in squares. */
export const SQUARES_PER_LAYER = MATRICES.reduce((sum, {width}) => sum + width, 0);

/** The layers of GPT-3; its adapted matrices, whose B and A the figure calls threads; its parameters as the paper counts them. */
export const LAYER_COUNT = gpt3.layers;
export const THREAD_COUNT = LAYER_COUNT * MATRICES.filter(({isAdapted}) => isAdapted).length;
export const GPT3_PARAMETERS = counts.FT.value * 1e6;
/** Memory while GPT-3 is trained, as the paper measured it: terabytes in full, gigabytes with LoRA. */
export const MEMORY = {full: 1.2, lora: 350};

export const controls = {
  zoom: range(["Zoom"], {min: MIN_ZOOM, max: MAX_ZOOM, step: 0.01, value: 0, log: true, factor: true}),
  r: typedNumber(["Rank ", symbol.r], {min: 1, max: BREAK_EVEN, value: 4}),
  mark: choice(
    ["Mark"],
    {none: "Nothing", all: "Everything", threads: "The threads", memory: "Memory", merged: "Merged"},
    "none",
    true,
  ),
};
export type ThreadsParams = Params<typeof controls>;

export interface ThreadsResult {
  /** Entries of B (d,r) and A (r,d) together. */
  lora: number;
  /** How many weights of the square there are for each of them. */
  ratio: number;
  /** Entries of B and A at all adapted matrices. */
  trained: number;
}

export function compute({r}: ThreadsParams): ThreadsResult {
  const lora = loraCount(SQUARE_SIDE, SQUARE_SIDE, r);
  return {lora, ratio: reduction(SQUARE_SIDE, SQUARE_SIDE, r), trained: THREAD_COUNT * lora};
}

/** Whether the picture is about all layers, not about one matrix. */
export const isWholeModel = (zoom: number): boolean => zoom < WHOLE_MODEL_ZOOM;
/** What is marked: nothing while the picture shows one matrix. */
export const markOf = ({mark, zoom}: ThreadsParams): ThreadsParams["mark"] => (isWholeModel(zoom) ? mark : "none");

/** The least thickness of B and A, as a share of the picture, and how fast it is reached as the zoom falls below × 1. */
const [MIN_THICKNESS, THICKENING] = [1 / 360, 4];

/** How many weights thick B and A are drawn: r, or more if r would be too thin to see. */
export const drawnThickness = (zoom: number, r: number): number =>
  Math.max(r, (MIN_THICKNESS * Math.min(-THICKENING * zoom, 1) * (SQUARE_SIDE + r)) / 10 ** zoom);

/** The ranks at which the handle stops: 1, 2, 3, 4, 6, 8, 12 … and the largest. */
export const rankStops: readonly number[] = [
  1,
  ...Array.from({length: Math.floor(Math.log2(BREAK_EVEN))}, (_, i) => [2 ** (i + 1), 1.5 * 2 ** (i + 1)]).flat(),
].filter((rank) => rank <= BREAK_EVEN);

/** The rank `steps` stops after r, which may itself lie between two stops. */
export function steppedRank(r: number, steps: number): number {
  if (!steps) return r;
  const at = steps < 0 ? rankStops.findIndex((stop) => stop >= r) : rankStops.findLastIndex((stop) => stop <= r);
  return rankStops[Math.min(Math.max(at + steps, 0), rankStops.length - 1)]!;
}

/** Units of dragging from one stop to the next, where a weight is smaller than this. */
const STOP_DISTANCE = 9;

/** The rank after dragging by `distance` toward the square: column by column where columns can be seen, else stop by stop. */
export function draggedRank(r: number, distance: number, unit: number): number {
  if (unit < STOP_DISTANCE) return steppedRank(r, Math.round(distance / STOP_DISTANCE));
  return Math.min(Math.max(r + Math.round(distance / unit), 1), BREAK_EVEN);
}
