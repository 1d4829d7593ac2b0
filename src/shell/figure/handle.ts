import type {AnyParams} from "../controls.ts";
import type {Raw} from "../state/rawParams.ts";
import type {Exports} from "../take/take.ts";
import type {Parts} from "./skeleton.ts";

/** A widget that runs, as its element holds it. */
export interface Live {
  readonly params: AnyParams;
  readonly summary: string;
  /** Takes raw values, and common parameters, through the same gate as the URL. What could not be taken is said, and given. */
  set(raw: Raw, options?: Raw): Promise<readonly string[]>;
  reset(): void | Promise<void>;
  play(): void | Promise<void>;
  pause(): void | Promise<void>;
  step(): void | Promise<void>;
  /**
   * What the toolbar's buttons save, once there is a result of the present state; words that come later wait for it. Rejects
   * where none comes, or the page's policy allows no picture.
   */
  take<T extends keyof Exports>(format: T): Promise<Exports[T]>;
  /** Its element can be asked for its state: the host hears that it is ready, once there is a sentence of that state. */
  began(): Promise<void>;
  /** Off screen or hidden: what runs waits. */
  sleep(): void;
  wake(): void;
  /** Removed: what runs ends; put back, the widget starts anew what it had not shown. */
  end(): void;
  back(): void;
  readonly parts: Parts;
}
