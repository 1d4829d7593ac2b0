import type {Values} from "./order.ts";

/** What a frame uses of its element. */
export interface FramedElement extends HTMLElement {
  /** Settles when the widget answers. */
  readonly ready: Promise<unknown>;
  readonly state: Readonly<Record<string, unknown>>;
  readonly summary: string;
  set(raw: Values): unknown;
  reset(): unknown;
  play(): unknown;
  pause(): unknown;
  step(): unknown;
  exportSVG(): Promise<string>;
  exportPNG(): Promise<Blob>;
  exportCSV(): Promise<string>;
}
