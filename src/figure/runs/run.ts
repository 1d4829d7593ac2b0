/** A run of a figure's model: computed in the page's worker, or on the page where none may start. */
import type {AnyParams} from "../controls.ts";
import {LATE_AFTER} from "../errorNote.ts";
import {type RunModel, type RunNews, type RunOrder, serve} from "./serve.ts";

/** Where a run is computed. */
export interface RunSource {
  /** Makes the page's worker; null where none may start, as on some foreign pages. Without it runs are computed on the page. */
  worker?: () => Worker | null;
  /** Loads the model onto the page, where the page is not one of ours. */
  model?: () => Promise<RunModel>;
}

/** Callbacks of a run for its figure. */
export interface RunListener {
  /** There are new frames, or the run is whole. */
  onFrames(run: Run): void;
  onFailure(run: Run, reason: string, isLoadError?: boolean): void;
  /** A file that the run needs is late. */
  onLate(): void;
}

/** The one worker of a page, which its figures share; null while it is not running. */
let pageWorker: Worker | null = null;
/** The runs that are computed in the page's worker. */
const workerRuns = new Set<Run>();
/** No worker can start on this page, or one has died: from then on runs are computed on the page. */
let isWorkerRefused = false;

/** The page's worker, started if need be; null where none can start. */
function startWorker(make: RunSource["worker"]): Worker | null {
  if (pageWorker || isWorkerRefused || !make) return pageWorker;
  try {
    pageWorker = make();
  } catch {
    // The same as null.
  }
  isWorkerRefused = !pageWorker;
  return pageWorker;
}

function stopWorker() {
  pageWorker?.terminate();
  pageWorker = null;
}

/** Stops the page's worker if nothing runs in it. */
export function stopIdleWorker() {
  if (!workerRuns.size) stopWorker();
}

/** Loads a figure's model onto the page. */
const modelOf = async (name: string) => (await import("../../figures/models.ts")).models[name]!();

/** The number of the latest run of this page. */
let latestId = 0;

/**
 * A run and its frames. Nothing is computed before it is played, paused or stepped. A run that was stopped, or whose worker died,
 * goes on after the frames that it has: runs are deterministic, so those are computed again and not sent.
 */
export class Run {
  /** The frames so far, or with `onlyNewest` the newest one. */
  frames: unknown[] = [];
  isWhole = false;
  readonly #id = ++latestId;
  readonly #order: {name: string; params: AnyParams; every: boolean};
  readonly #source: RunSource;
  readonly #listener: RunListener;
  /** The index of the latest frame, and of the last that is wanted. */
  #index = -1;
  #until = 0;
  /** Sends an order to where the run is computed; undefined if it is computed nowhere. */
  #send?: (order: RunOrder) => void;
  /** The worker that computes it, unless the page does. */
  #worker: Worker | null = null;
  #lateTimer?: ReturnType<typeof setTimeout>;

  constructor(name: string, params: AnyParams, source: RunSource, listener: RunListener, onlyNewest = false) {
    this.#order = {name, params, every: !onlyNewest};
    this.#source = source;
    this.#listener = listener;
  }

  /** It is whole, or was not begun, or was stopped, or has failed. */
  get isStopped(): boolean {
    return !this.#send;
  }

  /** More frames are on their way. */
  get isComputing(): boolean {
    return !this.isStopped && this.#index < this.#until;
  }

  play() {
    this.#computeUntil(Number.POSITIVE_INFINITY);
  }

  /** Computes no more frames than there are, or only the first if there is none. */
  pause() {
    if (this.isStopped && this.#index >= 0) return;
    this.#computeUntil(Math.max(this.#index, 0));
  }

  /** Computes one more frame. */
  step() {
    this.#computeUntil(Number.isFinite(this.#until) ? Math.max(this.#until, this.#index) + 1 : this.#index + 1);
  }

  /** Ends the computation; the frames stay. */
  stop() {
    this.#send?.({id: this.#id, do: "cancel"});
    this.#leave();
  }

  #computeUntil(until: number) {
    this.#until = until;
    if (this.isWhole) return;
    if (this.#send) this.#send({id: this.#id, do: "continue", until});
    else this.#begin(startWorker(this.#source.worker));
  }

  /** Has the run computed, after the frames that it has. */
  #begin(worker: Worker | null) {
    this.#worker = worker;
    if (worker) {
      worker.addEventListener("message", this.#onMessage);
      worker.addEventListener("error", this.#onDeath);
      workerRuns.add(this);
      this.#send = (order) => worker.postMessage(order);
    } else {
      const load = this.#source.model ?? (() => modelOf(this.#order.name));
      this.#send = serve(
        load,
        (news) => this.#hear(news),
        (slice) => requestAnimationFrame(slice),
      );
    }
    this.#startLateTimer();
    this.#send({...this.#order, id: this.#id, do: "start", skip: this.#index + 1, until: this.#until});
  }

  readonly #onMessage = ({data}: MessageEvent<RunNews>) => {
    if (data.id === this.#id) this.#hear(data);
  };

  #hear(news: RunNews) {
    if ("loading" in news && news.loading) return this.#startLateTimer();
    this.#stopLateTimer();
    if ("frames" in news) {
      this.#take(news.frames, news.index);
      this.#listener.onFrames(this);
    } else if ("end" in news) {
      this.isWhole = true;
      this.#leave();
      this.#listener.onFrames(this);
    } else if ("fail" in news) {
      this.#leave();
      this.#listener.onFailure(this, news.fail, news.isLoadError);
    }
  }

  #take(frames: readonly unknown[], index: number) {
    this.#index = index;
    if (!this.#order.every) this.frames = [...frames];
    else for (const [i, frame] of frames.entries()) this.frames[index - frames.length + 1 + i] = frame;
  }

  readonly #onDeath = () => {
    this.#leave();
    isWorkerRefused = true;
    stopWorker();
    this.#begin(null);
  };

  #startLateTimer() {
    this.#lateTimer ??= setTimeout(() => this.#listener.onLate(), LATE_AFTER);
  }

  #stopLateTimer() {
    clearTimeout(this.#lateTimer);
    this.#lateTimer = undefined;
  }

  /** Listens no more to where it is computed. */
  #leave() {
    this.#stopLateTimer();
    this.#send = undefined;
    workerRuns.delete(this);
    this.#worker?.removeEventListener("message", this.#onMessage);
    this.#worker?.removeEventListener("error", this.#onDeath);
    this.#worker = null;
  }
}
