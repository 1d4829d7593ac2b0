/** The messages between the inspector's page and its worker: requests, progress and results, all of them plain values. */

import type {BaseProgress} from "../engine/adapters/inspect/againstBase.ts";
import type {BaseReport} from "../engine/adapters/inspect/baseWords.ts";
import type {Check} from "../engine/adapters/inspect/health.ts";
import type {MeasuredUpdate} from "../engine/adapters/inspect/measure.ts";
import type {Overview} from "../engine/adapters/inspect/overview.ts";
import type {ScaleChoice, ScaleLine} from "../engine/adapters/inspect/scales.ts";
import type {Spot} from "../engine/adapters/moduleNames.ts";
import type {Comparison} from "../engine/analysis/updates/compareUpdates.ts";

/** The first adapter and the second. */
export type AdapterSlot = 0 | 1;

/** A file that was dropped, with its path below the dropped folder. */
export interface DroppedFile {
  name: string;
  blob: Blob;
}

/** An update as the page shows it: what was measured, without its Gram matrices, which stay in the worker. */
export interface ModuleView
  extends Pick<
    MeasuredUpdate,
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
    | "rmsA"
    | "rmsB"
    | "start"
    | "byQr"
  > {
  spot: Spot;
  d: number;
  k: number;
}

/** An adapter file as it was opened: what its header says, before anything is measured. */
export interface OpenedFile extends Overview {
  name: string;
  /** Its folder, as commands name it. */
  path: string;
  hasConfig: boolean;
  /** A config was there and could not be read. */
  isConfigUnreadable: boolean;
  /** Every update, by name, and where it acts. */
  spots: SpottedModule[];
  /** Whether it is for the lab's word forge, which can write words with it. */
  isForForge: boolean;
  /** Files of the drop that were left alone. */
  ignored: {name: string; why: string}[];
  /** Other weights of the same drop. */
  more: DroppedFile[][];
  /** Too large to be measured in a tab: only the header's facts are shown. */
  isTooLarge: boolean;
}

/** A module, and where it acts in the model. */
export interface SpottedModule {
  name: string;
  spot: Spot;
}

/** The results over all modules. */
export interface AdapterVerdict {
  /** What happens when the adapter is loaded, as a sentence. */
  answer: string;
  /** Its ranks, or a fault that matters more, as a sentence. */
  sentence: string;
  /** Σ|B| of what PEFT calls lora_B. */
  sumB: number;
  checks: Check[];
  scales: ScaleLine[];
  /** How many modules have no alpha, neither in the file nor in a config. */
  withoutAlpha: number;
  unmeasured: (SpottedModule & {sentence: string})[];
}

/** What a cut of all modules loses. */
export interface Cut {
  /** ‖ΔW − ΔW′‖ / ‖ΔW‖. */
  error: number;
  /** The file's size after it, in bytes. */
  bytes: number;
  /** The module that loses the largest share of its own norm. */
  worst: {name: string; share: number};
}

/** A cut to rank r in every module, and one that gives as many parameters to the modules that need them most. */
export interface CutRow {
  r: number;
  even: Cut;
  /** The ranks of the modules go from `minRank` to `maxRank`. */
  split: Cut & {minRank: number; maxRank: number};
}

/** The cuts on offer; the last is to the largest rank in the file and loses nothing. */
export interface Cuts {
  rows: CutRow[];
  enough: EnoughRanks;
}

/** The smallest ranks at which modules lose less than a tenth of their own norm. */
export interface EnoughRanks {
  /** For every module. */
  forAll: number;
  /** For more than half of them. */
  forMost: number;
  /** How many of the modules lose less than that at rank `forMost`. */
  enoughCount: number;
  moduleCount: number;
  /** The largest rank in the file. */
  largest: number;
}

/** A value for A (inputs) and one for B (outputs). */
export type Sides<T> = Record<"A" | "B", T>;

/** The updates of both adapters to one weight, compared. */
export interface PairView extends Comparison {
  name: string;
  spot: Spot;
  ranks: [number, number];
  /** φ at the full ranks of both, and its mean between random subspaces of these ranks. */
  phi: Sides<number>;
  chance: Sides<number>;
}

/** Two adapters compared. */
export interface ComparedAdapters {
  whole: Comparison;
  pairs: PairView[];
  /** The modules of both, also those that are left out, by layers. */
  spots: SpottedModule[];
  /** Means over the pairs. */
  phi: Sides<number>;
  chance: Sides<number>;
  /** Whether both runs seem to have begun with the same random A. */
  haveSameStart: boolean;
  /** How many modules only one of the two has. */
  onlyInFirst: number;
  onlyInSecond: number;
  /** Modules that both have and that are not in these numbers, each with the reason: "in the second adapter, … holds NaN". */
  leftOut: LeftOutModule[];
}

/** A module that is left out, and why, as a part of a sentence. */
export interface LeftOutModule extends SpottedModule {
  why: string;
}

/** φ(i, j) of one pair, row by row, with its mean between random subspaces. `width` is the length of the directions. */
export type PhiView = Sides<{rows: number; cols: number; phi: number[]; chance: number[]; width: number}>;

/** What the first and the second ΔW are multiplied by in a merge. */
export type Weights = [number, number];

/** A merge at some weights. */
export interface MergeView {
  /** Its length over that of two unrelated updates, by module, in the order of the comparison. */
  lengthsKept: number[];
  whole: {norm: number; lengthKept: number};
  /** The singular values of the chosen module. */
  s: Float64Array;
}

/** What is changed before an adapter is exported. */
export type ExportChange =
  | {kind: "none"}
  | {kind: "cut"; r: number; isSplit: boolean}
  | {
      kind: "merge";
      weights: Weights;
      rank?: number;
      method: "sum" | "factors" | "ties" | "dare";
      density: number;
    };

/** What is exported, and how. */
export interface ExportOptions {
  change: ExportChange;
  as: "PEFT" | "same";
  dtype?: "F32" | "F16" | "BF16";
  /** Written with one rank and one scale, which every program reads. */
  oneRank?: boolean;
  /** Written without tensors that belong to no pair of A and B. */
  pairsOnly?: boolean;
}

/** A file to save. */
export interface ExportedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The files of an export. */
export interface ExportResult {
  files: ExportedFile[];
  /** What the cut changed, ‖ΔW − ΔW′‖ / ‖ΔW‖. */
  error: number;
  /** What rounding B to one scale changed. */
  rounding: number;
  notes: string[];
}

/** What an export would write. */
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
  /** The smallest rank and the largest. */
  ranks: [number, number];
  notes: string[];
}

/** A file that was read, with its SHA-256. */
export interface Fingerprint {
  name: string;
  bytes: number;
  sha256: string;
}

/** What the page can ask the worker for: each request with its result, and with the progress that is reported before that. */
export interface Requests {
  open: {request: {slot: AdapterSlot; files: DroppedFile[]}; result: OpenedFile};
  measure: {
    request: {slot: AdapterSlot};
    result: AdapterVerdict;
    progress: {modules: ModuleView[]; done: number; of: number};
  };
  setScale: {
    request: {slot: AdapterSlot; choice: ScaleChoice};
    result: {modules: ModuleView[]; verdict: AdapterVerdict};
  };
  close: {request: {slot: AdapterSlot}; result: undefined};
  cuts: {request: {slot: AdapterSlot}; result: Cuts};
  /** Holds an adapter against its base and, if there are files of one, a merged checkpoint. */
  checkAgainstBase: {
    request: {slot: AdapterSlot; base: DroppedFile[]; checkpoint: DroppedFile[]};
    result: BaseReport;
    progress: BaseProgress;
  };
  compare: {request: object; result: ComparedAdapters; progress: {done: number; of: number}};
  phi: {request: {name: string}; result: PhiView};
  merge: {request: {weights: Weights; name: string}; result: MergeView};
  /** How many directions carry 90% of ‖ΔW‖² of the merge, on average over the modules of both. */
  mergeDirections: {request: {weights: Weights}; result: number};
  /** Brings the word forge's weights, which the page loads: `writeWords` and `lettersInDoubt` need them. */
  useForge: {request: {base64: string}; result: undefined};
  /** What the forge writes with w₁ΔW₁ + w₂ΔW₂ in its weights, from the draws of a seed. */
  writeWords: {request: {weights: Weights; seed: number}; result: string[]};
  /** The forge's letters in doubt at these weights on the held-out words of each list, packed as in content/lab. */
  lettersInDoubt: {request: {weights: Weights; lists: string[]}; result: number[]};
  export: {request: {slot: AdapterSlot} & ExportOptions; result: ExportResult; progress: {done: number; of: number}};
  plan: {request: {slot: AdapterSlot} & ExportOptions; result: PlanView};
  /** What a change would lose, ‖ΔW − ΔW′‖ / ‖ΔW‖; undefined where only writing can tell, as with TIES and DARE. */
  exportError: {request: {slot: AdapterSlot; change: ExportChange}; result: number | undefined};
  /** Reads all of the weights' file and of the config once more. */
  fingerprints: {request: {slot: AdapterSlot}; result: Fingerprint[]; progress: {done: number; of: number}};
  report: {request: {slot: AdapterSlot; as: "csv" | "json" | "python"}; result: ExportedFile};
}

export type RequestName = keyof Requests;
export type Request<N extends RequestName> = Requests[N]["request"];
export type Result<N extends RequestName> = Requests[N]["result"];
/** The progress that a request reports; `never` for one that reports none. */
export type Progress<N extends RequestName> = Requests[N] extends {progress: infer T} ? T : never;
/** A request under way in the worker. It yields its progress, or undefined so that waiting messages are read. */
export type Job<N extends RequestName> = AsyncGenerator<Progress<N> | undefined, Result<N>>;

/** What the page posts: a request, or the cancellation of one. */
export type PageMessage =
  | {[N in RequestName]: {id: number; name: N; request: Request<N>}}[RequestName]
  | {id: number; cancel: true};

/** What the worker posts. */
export type WorkerMessage =
  | {id: number; progress: unknown}
  | {id: number; result: unknown}
  | {id: number; error: string}
  | {id: number; cancelled: true};
