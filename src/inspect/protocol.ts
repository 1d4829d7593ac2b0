/** What the inspector's page asks its worker, and what it hears: plain values, which can be posted. */

import type {Check} from "../engine/adapters/inspect/health.ts";
import type {Measured} from "../engine/adapters/inspect/measure.ts";
import type {Overview} from "../engine/adapters/inspect/overview.ts";
import type {Choice, ScaleLine} from "../engine/adapters/inspect/scales.ts";
import type {Spot} from "../engine/adapters/moduleNames.ts";
import type {Comparison, Tie} from "../engine/analysis/updates/compareUpdates.ts";
import type {LabBase} from "./forge/labBase.ts";

/** The first adapter and the second. */
export type AdapterSlot = 0 | 1;

/** A file of a drop, with its path below what was dropped. */
export interface DroppedFile {
  name: string;
  blob: Blob;
}

/** An update as the page shows it: what was measured, without its Gram matrices, which stay in the worker. */
export interface ModuleView
  extends Pick<
    Measured,
    | "name"
    | "r"
    | "scale"
    | "scaleFrom"
    | "norm"
    | "s"
    | "effective"
    | "energy"
    | "r90"
    | "r99"
    | "rootA"
    | "rootB"
    | "start"
    | "byQr"
  > {
  spot: Spot;
  d: number;
  k: number;
}

/** What is known at once when a file is opened. */
export interface Opened extends Overview {
  name: string;
  /** Its folder, as commands name it. */
  path: string;
  /** When the file was saved, in milliseconds; absent for one that is made up. */
  saved?: number;
  hasConfig: boolean;
  /** A config was there and could not be read. */
  badConfig: boolean;
  /** Every update with its place, before it is measured. */
  spots: {name: string; spot: Spot}[];
  /** The model of our lab that it is for, where it is for one that writes words. */
  lab?: LabBase;
  /** Files of the drop that were left alone. */
  ignored: {name: string; why: string}[];
  /** Other weights of the same drop. */
  more: DroppedFile[][];
  /** Beyond what a tab measures: only the header's facts are shown. */
  isTooLarge: boolean;
}

/** What all findings come to. */
export interface AdapterVerdict {
  /** What becomes of it when it is loaded; what the ranks come to, or the same fault. */
  answer: string;
  sentence: string;
  /** Σ|B| of what PEFT calls lora_B. */
  sumB: number;
  checks: Check[];
  norm: number;
  r90: number;
  r99: number;
  effective: number;
  energy: number;
  scales: ScaleLine[];
  /** Modules without an alpha from anywhere. */
  asked: number;
  unmeasured: {name: string; spot: Spot; sentence: string}[];
}

/** One rank to cut to. */
export interface CutRow {
  r: number;
  error: number;
  bytes: number;
}

/** What each rank would lose, and what the best split of the same numbers would. */
export interface Cuts {
  even: CutRow[];
  split: (CutRow & {least: number; most: number})[];
  /** Of the even cut to each rank: the module that loses the largest share of itself. */
  worst: {name: string; share: number}[];
  /** The same of the split. */
  worstSplit: {name: string; share: number}[];
  enough: EnoughRanks;
  bytes: number;
}

/** The smallest ranks at which modules lose less than a tenth of their own length. */
export interface EnoughRanks {
  /** For every module, and for more than half of them. */
  every: number;
  most: number;
  /** How many have less at `most`, of how many; and the largest rank that there is. */
  within: number;
  of: number;
  largest: number;
}

/** Both sides of two updates. */
export type Sides<T> = Record<"A" | "B", T>;

/** Two updates of one weight. */
export interface PairView extends Comparison {
  name: string;
  spot: Spot;
  ranks: [number, number];
  /** φ at the ranks of both, and what chance gives there. */
  phi: Sides<number>;
  chance: Sides<number>;
}

/** Two adapters beside each other. */
export interface ComparedAdapters {
  whole: Comparison;
  pairs: PairView[];
  /** The modules of both, also those that are left out, in the order of the first adapter. */
  spots: {name: string; spot: Spot}[];
  /** Means over the pairs. */
  phi: Sides<number>;
  chance: Sides<number>;
  tie: Tie;
  onlyOne: number;
  onlyTwo: number;
  /** Modules that both have and that are not in these numbers, each with the reason: "in the second adapter, … holds NaN". */
  failed: LeftOut[];
}

/** A module that is left out, and why, as a part of a sentence. */
export interface LeftOut {
  name: string;
  spot: Spot;
  why: string;
}

/** φ(i, j) of one pair, by rows, with chance. */
export interface PhiView {
  sides: Sides<{rows: number; cols: number; phi: number[]; chance: number[]; width: number}>;
}

/** What a merge comes to. `spectra` come later than the norms. */
export interface MergeView {
  /** By module, in the order of the comparison. */
  kept: number[];
  whole: {norm: number; kept: number};
  /** The singular values of the chosen module. */
  s: Float64Array;
}

/** What a merge needs over all modules: the mean rank for 90%, and the rank it is stored with. */
export interface MergeRanks {
  r90: number;
  ranks: [number, number];
  /** ‖ΔW − ΔW′‖ / ‖ΔW‖ of the merge cut to rank 1, 2, … over every module that is written. */
  lost: number[];
}

/** What is done before an adapter is taken home. */
export type TakeChange =
  | {kind: "none"}
  | {kind: "cut"; r: number; isSplit: boolean}
  | {
      kind: "merge";
      weights: [number, number];
      rank?: number;
      method: "sum" | "factors" | "ties" | "dare";
      density: number;
    };

/** What is written, and how. */
export interface TakeOrder {
  change: TakeChange;
  as: "PEFT" | "same";
  dtype?: "F32" | "F16" | "BF16";
  /** One rank and one scale, which every reader takes; and without what belongs to no pair. */
  oneRank?: boolean;
  pairsOnly?: boolean;
}

/** A file to save. */
export interface TakenFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The files that were made, and the error of what was cut. */
export interface TakenHome {
  files: TakenFile[];
  error: number;
  /** The error of rounding B to one scale. */
  rounding: number;
  notes: string[];
}

/** What would be written, before it is. */
export interface PlanView {
  /** The name of the weights' file, its size to the byte, and whether a config comes with it. */
  name: string;
  bytes: number;
  hasConfig: boolean;
  tensors: number;
  /** One of the tensors' names. */
  example: string;
  /** How many tensors are stored in each format, most first. */
  dtypes: [string, number][];
  modules: number;
  /** The least rank and the largest. */
  ranks: [number, number];
  /** What one rank and one scale change in the config: "r 8 → 32, rank_pattern → {}". */
  changes?: string;
  notes: string[];
}

/** A file that was read, by its fingerprint. */
export interface Fingerprint {
  name: string;
  bytes: number;
  sha256: string;
}

/** What the page can ask, and what each answer is. */
export interface Orders {
  open: {order: {slot: AdapterSlot; files: DroppedFile[]}; result: Opened};
  measure: {order: {slot: AdapterSlot}; result: AdapterVerdict; news: {found: ModuleView[]; done: number; of: number}};
  choose: {order: {slot: AdapterSlot; choice: Choice}; result: {modules: ModuleView[]; verdict: AdapterVerdict}};
  close: {order: {slot: AdapterSlot}; result: undefined};
  swap: {order: object; result: undefined};
  cuts: {order: {slot: AdapterSlot}; result: Cuts};
  compare: {order: object; result: ComparedAdapters; news: {done: number; of: number}};
  phi: {order: {name: string}; result: PhiView};
  merge: {order: {weights: [number, number]; name: string}; result: MergeView};
  mergeRanks: {order: {weights: [number, number]}; result: MergeRanks};
  /** The word forge's weights, which the page loads; `write` needs them. */
  lend: {order: {base64: string}; result: undefined};
  /** What the forge writes with w₁ΔW₁ + w₂ΔW₂ in its weights, from the draws of a seed. */
  write: {order: {weights: [number, number]; seed: number}; result: string[]};
  /** The lab's word lists, packed as content/lab has them; `doubt` needs them too. */
  lendLists: {order: {lists: string[]}; result: undefined};
  /** The forge's letters in doubt at these weights, on the words of each list that the lab keeps back. */
  doubt: {order: {weights: [number, number]}; result: number[]};
  take: {order: {slot: AdapterSlot} & TakeOrder; result: TakenHome; news: {done: number; of: number}};
  plan: {order: {slot: AdapterSlot} & TakeOrder; result: PlanView};
  /** The error of what would be cut, if it can be known before; undefined for TIES and DARE. */
  lost: {order: {slot: AdapterSlot; change: TakeChange}; result: number | undefined};
  /** Reads the weights and the config once more, from the first byte to the last. */
  fingerprints: {order: {slot: AdapterSlot}; result: Fingerprint[]; news: {done: number; of: number}};
  report: {order: {slot: AdapterSlot; as: "csv" | "json" | "python"}; result: TakenFile};
}

export type OrderName = keyof Orders;

/** What the page posts: an order, or that one is no longer wanted. */
export type ToWorker =
  | {[N in OrderName]: {id: number; name: N; order: Orders[N]["order"]}}[OrderName]
  | {id: number; cancel: true};

/** What the worker posts. */
export type FromWorker =
  | {id: number; news: unknown}
  | {id: number; result: unknown}
  | {id: number; error: string}
  | {id: number; cancelled: true};
