/** A running figure, as its element sees it. */
import type {AnyParams} from "../controls.ts";
import type {Exports} from "../export/exportAs.ts";
import type {FigureSize} from "../plot/room.ts";
import type {RawParams} from "../state/rawParams.ts";
import type {Parts} from "../widget.ts";

/** How a change of parameters is announced. */
export interface Manner {
  /** The new sentence is not spoken: the reader only scrolled. */
  isQuiet?: boolean;
}

/** A running widget, as its element sees it. */
export interface Live {
  readonly params: AnyParams;
  readonly summary: string;
  /** The state to which `set(raw)` would lead from the state `from`; undefined if a value could not be taken as it is. */
  foresee(raw: RawParams, from: RawParams): AnyParams | undefined;
  /** Takes raw parameters and common options, checked like an address's. Gives a sentence for each that could not be taken. */
  set(raw: RawParams, options?: RawParams, manner?: Manner): Promise<readonly string[]>;
  /** Shows the figure at another size. */
  resize(size: FigureSize): void;
  reset(): void | Promise<void>;
  play(): void | Promise<void>;
  pause(): void | Promise<void>;
  step(): void | Promise<void>;
  /**
   * What the toolbar's buttons save, once there is a result of the present state; later changes wait until then. Rejects if
   * no result comes, or if the page's policy forbids images from data.
   */
  take<T extends keyof Exports>(format: T): Promise<Exports[T]>;
  /** Tells the host that the figure is ready, once its first result is shown. */
  began(): Promise<void>;
  /** The figure is off screen or hidden: its runs pause. */
  sleep(): void;
  wake(): void;
  /** The element was removed: its runs end. */
  end(): void;
  /** The element is in the page, for the first time or again: what was not shown yet is computed again. */
  back(): void;
  readonly parts: Parts;
}
