/** The messages between a page and its worker. */
import type {AnyParams} from "../controls.ts";

/** What the page tells its worker. One worker serves all figures of a page, so `id` names the run. */
export type WorkerOrder =
  | {id: number; do: "start"; name: string; params: AnyParams; every?: boolean}
  | {id: number; do: "play" | "pause" | "step" | "cancel"};

/** What the worker answers. */
export type WorkerAnswer =
  /** What the run needs is still loading; sent at once and then every `BEAT`. */
  | {id: number; loading: true}
  | {id: number; result: unknown; index: number}
  /** It is at work and has nothing new to show. */
  | {id: number; busy: true}
  | {id: number; end: true}
  /** `isLoadError`: something that the run needs did not load. */
  | {id: number; fail: string; isLoadError?: boolean};

/** Milliseconds between two signs of life from a worker that loads. */
export const BEAT = 1000;
