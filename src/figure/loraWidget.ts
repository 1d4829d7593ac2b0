/** The types of `<lora-widget>`: what an element needs from its page, and what a page can do with the element. */
import type {Exports} from "./export/exportAs.ts";
import type {EventDetails} from "./live/hostEvents.ts";
import type {LiveFigure} from "./live/liveFigure.ts";
import type {PageContext} from "./pageContext.ts";
import type {RawParams} from "./state/rawParams.ts";
import type {AnyWidget} from "./widget.ts";

/** How a change of parameters is announced. */
export interface Manner {
  /** The new sentence is not spoken: the reader only scrolled. */
  isQuiet?: boolean;
}

/** What an element gets from its page. */
export interface Supply extends PageContext {
  /** The name of the widget with this name or former name; undefined if there is none. */
  figureName(name: string): string | undefined;
  /** Loads the widget of this name, which `figureName` gave. */
  load(name: string): Promise<AnyWidget>;
  /** Loads the code of a live figure; a page pays for it only when a widget comes near the screen. */
  liveFigure: () => Promise<typeof import("./live/liveFigure.ts")>;
  /** Our style sheet, on a foreign page: the figure then lives in a shadow root, so that neither page's CSS reaches the other. */
  css?: string;
}

/** What a page can do with `<lora-widget>`. Its methods start the widget; its properties can be set before this script is loaded. */
export interface LoraWidget extends HTMLElement {
  /** The widget's name. Another name puts another widget in its place. */
  name: string;
  /** Resolves when the widget answers, and rejects if it cannot start. A new name makes a new promise if this one has settled. */
  readonly ready: Promise<LiveFigure>;
  /**
   * The parameters as an address would carry them; undefined before the start. Assigned values are checked like an
   * address's; values assigned before the start wait for it.
   */
  state: RawParams | undefined;
  /** The same as `state`, for Observable's `viewof`. */
  value: RawParams | undefined;
  /** The result as a sentence. */
  readonly summary: string | undefined;
  /** The state to which `set(raw)` would lead from `from`; undefined before the start or if a value could not be taken as it is. */
  foresee(raw: RawParams, from: RawParams): RawParams | undefined;
  /** Takes parameters, and common `options` (`theme`, `lock`, …). Gives a sentence for each value that could not be taken. */
  set(raw: RawParams, options?: RawParams, manner?: Manner): Promise<readonly string[]>;
  reset(): Promise<void>;
  /** These do nothing in a widget that does not play. */
  play(): Promise<void>;
  pause(): Promise<void>;
  step(): Promise<void>;
  /** What the toolbar's buttons save, as a value. `exportPNG` rejects if the page's policy forbids images from data. */
  exportSVG(): Promise<string>;
  exportPNG(): Promise<Blob>;
  exportCSV(): Promise<string>;
  /** The same with the format as an argument; `json` is the state with its sentence. */
  take<T extends keyof Exports>(format: T): Promise<Exports[T]>;
}

declare global {
  interface HTMLElementTagNameMap {
    "lora-widget": LoraWidget;
  }
  interface HTMLElementEventMap extends LoraEvents {}
}

export type {EventDetails};

type LoraEvents = {[T in keyof EventDetails as `lora-${T}`]: CustomEvent<EventDetails[T]>};
