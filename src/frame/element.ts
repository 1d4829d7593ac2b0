import type {Options, Values} from "./order.ts";

/** What a frame uses of its element. Each of these starts a widget that has not come near the viewport yet. */
export interface FramedElement extends HTMLElement {
  /** Undefined before the start, as is the summary. */
  readonly state: Readonly<Record<string, unknown>> | undefined;
  readonly summary: string | undefined;
  /** Gives what could not be taken, a sentence each. */
  set(raw: Values, options: Options): Promise<readonly string[]>;
  reset(): Promise<void>;
  play(): Promise<void>;
  pause(): Promise<void>;
  step(): Promise<void>;
  exportSVG(): Promise<string>;
  exportPNG(): Promise<Blob>;
  exportCSV(): Promise<string>;
}
