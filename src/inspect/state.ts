import type {Client} from "./client.ts";
import type {AdapterSlot, AdapterVerdict, ComparedAdapters, Cuts, ModuleView, Opened, TakeChange} from "./protocol.ts";

/** The screens, in the order of their tabs. */
export const TABS = ["load", "what", "compare", "merge", "resize", "take"] as const;
export type Tab = (typeof TABS)[number];

/** An adapter that is open, as far as it is read. */
export interface OpenAdapter {
  opened: Opened;
  modules: Map<string, ModuleView>;
  /** Comes with the last module. */
  verdict?: AdapterVerdict;
  /** The module whose spectrum is shown. */
  chosen?: string;
  cuts?: Cuts;
  /** How far the reading is; absent once it has ended. */
  reading?: {done: number; of: number; stop: AbortController};
  /** The reading was called off before the last module. */
  isStopped?: boolean;
}

/** All that the page shows. */
export interface InspectState {
  places: [OpenAdapter | undefined, OpenAdapter | undefined];
  /** The adapter whose facts are on the screen. */
  shown: AdapterSlot;
  tab: Tab;
  /** What the cells of the map say. */
  measure: "norm" | "effective" | "energy" | "r90";
  /** Both adapters beside each other; a sentence when they do not fit. */
  compared?: ComparedAdapters | string;
  chosenPair?: string;
  weights: [number, number];
  cut: {r: number; isSplit: boolean};
  take: {
    kind: TakeChange["kind"];
    method: "sum" | "factors" | "ties" | "dare";
    rank: number | undefined;
    density: number;
  };
}

/** What a screen may use. */
export interface ScreenContext {
  state: InspectState;
  client: Client;
  /** Where the screen draws. */
  panel: HTMLElement;
  /** The sentence above all: a live region. */
  sentence: HTMLElement;
  /** Shows another screen and puts the focus on its tab. */
  goTo(tab: Tab): void;
  /** Puts the focus on the tab of the screen that is up. */
  focusTab(): void;
  /** Draws the screen again. */
  draw(): void;
  /** Opens the dialog that chooses files. */
  choose(slot: AdapterSlot): void;
  /** Chooses a scale for modules without one. */
  setScale(slot: AdapterSlot, choice: {alpha: number} | {scale: number}): Promise<void>;
  /** Called for modules as they are measured, while the screen is up. */
  grow?: ((fresh: ModuleView[]) => void) | undefined;
  /** Called before another screen is drawn. */
  leave?: (() => void) | undefined;
}

export const newState = (): InspectState => ({
  places: [undefined, undefined],
  shown: 0,
  tab: "load",
  measure: "norm",
  weights: [1, 1],
  cut: {r: 0, isSplit: false},
  take: {kind: "none", method: "sum", rank: undefined, density: 0.5},
});
