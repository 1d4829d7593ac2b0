/** What the inspector's page shows, and what its screens may use. */
import type {BaseReport} from "../engine/adapters/inspect/baseWords.ts";
import type {ScaleChoice} from "../engine/adapters/inspect/scales.ts";
import type {Client} from "./client.ts";
import type {
  AdapterSlot,
  AdapterVerdict,
  ComparedAdapters,
  Cuts,
  DroppedFile,
  ExportChange,
  ModuleView,
  OpenedFile,
  Weights,
} from "./protocol.ts";

/** The screens, in the order of their tabs. */
export const TABS = ["load", "what", "base", "compare", "merge", "resize", "take"] as const;
export type Tab = (typeof TABS)[number];

/** An open adapter, with its measurements so far. */
export interface OpenAdapter {
  opened: OpenedFile;
  modules: Map<string, ModuleView>;
  /** Known once the last module is measured. */
  verdict?: AdapterVerdict;
  /** The module whose spectrum is shown. */
  chosenModule?: string;
  /** Known once Resize has asked for them. */
  cuts?: Cuts;
  baseCheck?: BaseCheck;
  /** The progress of the measurement; absent once it has ended. */
  reading?: {done: number; of: number; stop: AbortController};
  /** The measurement ended early: the reader stopped it, or it failed. */
  isStopped?: boolean;
}

/** The files that an adapter is held against. */
export interface BaseCheck {
  base: DroppedFile[];
  /** A checkpoint that it may have been merged into. */
  checkpoint: DroppedFile[];
  /** The report, or a sentence on why there is none; absent until they are read. */
  report?: BaseReport | string;
}

/** All that the page shows. */
export interface InspectState {
  adapters: [OpenAdapter | undefined, OpenAdapter | undefined];
  /** The adapter whose facts are on the screen. */
  shownSlot: AdapterSlot;
  tab: Tab;
  /** What the cells of the map show. */
  measure: "norm" | "effective" | "energy" | "r90";
  /** The comparison of both adapters; a sentence where they cannot be compared. */
  compared?: ComparedAdapters | string;
  /** The module of both whose φ or spectrum is shown. */
  chosenPair?: string;
  /** The weights of the merge. */
  weights: Weights;
  /** The rank to cut to, everywhere or as the size of the best split. */
  cut: {r: number; isSplit: boolean};
  /** The fields of Take home. Without `rank`, a merge has the largest rank that its method gives. */
  exportFields: {
    kind: ExportChange["kind"];
    method: "sum" | "factors" | "ties" | "dare";
    rank: number | undefined;
    density: number;
  };
}

/** What files are chosen for: an adapter, the base of the one that is shown, or a checkpoint it may have been merged into. */
export type ChosenFor = AdapterSlot | "base" | "checkpoint";

/** What a screen may use, and what it may leave behind to be called. */
export interface ScreenContext {
  state: InspectState;
  client: Client;
  /** Where the screen draws. */
  panel: HTMLElement;
  /** The sentence at the top, a live region. */
  sentence: HTMLElement;
  /** Shows another screen and puts the focus on its tab. */
  goTo(tab: Tab): void;
  /** Puts the focus on the tab of the present screen. */
  focusTab(): void;
  /** Draws the screen again. */
  draw(): void;
  /** Opens the dialog that chooses files. */
  chooseFiles(what: ChosenFor): void;
  /** Chooses a scale for modules without one. */
  setScale(slot: AdapterSlot, choice: ScaleChoice): Promise<void>;
  /** A screen sets it to be told that modules were measured. */
  onMeasured?: (() => void) | undefined;
  /** A screen sets it to hear that another screen will be drawn. */
  onLeave?: (() => void) | undefined;
}

/** The state of a page without a file. */
export const newState = (): InspectState => ({
  adapters: [undefined, undefined],
  shownSlot: 0,
  tab: "load",
  measure: "norm",
  weights: [1, 1],
  cut: {r: 0, isSplit: false},
  exportFields: {kind: "none", method: "sum", rank: undefined, density: 0.5},
});
