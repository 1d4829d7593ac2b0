/** A run of a figure's model: computed in the page's worker, or on the page where none may start. */
import type {AnyParams} from "../controls.ts";
import {LATE_AFTER} from "../errorNote.ts";
import {type MakeWorker, pageWorker, type RunningWorker} from "./pageWorker.ts";
import {type RunModel, type RunNews, type RunOrder, serve} from "./serve.ts";

/** Where a run is computed. */
export interface RunSource {
  /** In a worker; without one, in slices on the page. */
  worker?: MakeWorker;
  /** Loads the model onto the page, where the page is not one of ours. */
  model?: () => Promise<RunModel>;
}

/** Callbacks of a run for its figure. */
export interface RunListener {
  /** There are new frames, or the run is whole. */
  arrived(run: Run): void;
  failed(run: Run, reason: string, isLoadError?: boolean): void;
  /** A file that the run needs is late. */
  late(): void;
}

/** Loads a figure's model onto the page. */
const modelOf = async (name: string) => (await import("../../figures/models.ts")).models[name]!();

/** Milliseconds of silence after which a worker that owes an answer counts as dead. */
const ANSWER_TIMEOUT = 5000;
/** The same for a worker that has not spoken yet: its own script may be slow to load. */
const START_TIMEOUT = 10_000;

/** The number of the latest run of this page. */
let latestId = 0;

/**
 * A run and its frames. It computes its first frame and then waits until it is played or stepped. When its worker dies, it goes on
 * in slices on the page from the frame that it had reached: runs are deterministic, so nothing changes but the place. Only then
 * does the page load the model.
 */
export class Run {
  /** The frames so far, or with `onlyNewest` the newest one. */
  frames: unknown[] = [];
  isWhole = false;
  readonly #id = ++latestId;
  readonly #start: {name: string; params: AnyParams; every: boolean};
  readonly #source: RunSource;
  readonly #listener: RunListener;
  /** The index of the latest frame, and of the last that is wanted. */
  #index = -1;
  #until = 0;
  /** Sends an order to where the run is computed. */
  #send!: (order: RunOrder) => void;
  /** The worker that computes it, unless the page does. */
  #running: RunningWorker | null = null;
  #answerTimer?: ReturnType<typeof setTimeout>;
  #lateTimer?: ReturnType<typeof setTimeout>;

  constructor(name: string, params: AnyParams, source: RunSource, listener: RunListener, onlyNewest = false) {
    this.#start = {name, params, every: !onlyNewest};
    this.#source = source;
    this.#listener = listener;
    this.#begin(pageWorker.start(source.worker));
  }

  /** More frames are on their way. */
  get isComputing(): boolean {
    return !this.isWhole && this.#index < this.#until;
  }

  play() {
    this.#continue(Number.POSITIVE_INFINITY);
  }

  pause() {
    this.#continue(Math.max(this.#index, 0));
  }

  /** Computes one more frame. */
  step() {
    this.#continue(Number.isFinite(this.#until) ? Math.max(this.#until, this.#index) + 1 : this.#index + 1);
  }

  cancel() {
    this.#send({id: this.#id, do: "cancel"});
    this.#leave();
  }

  #continue(until: number) {
    this.#until = until;
    this.#send({id: this.#id, do: "continue", until});
    this.#expectAnswer();
  }

  /** Has the run computed, after the frames that it has. */
  #begin(running: RunningWorker | null) {
    this.#running = running;
    if (running) {
      running.worker.addEventListener("message", this.#onMessage);
      running.worker.addEventListener("error", this.#onDeath);
      running.listeners++;
      this.#send = (order) => running.worker.postMessage(order);
    } else {
      const load = this.#source.model ?? (() => modelOf(this.#start.name));
      const tell = (news: RunNews) => this.#hear(news);
      this.#send = serve(load, tell, (slice) => requestAnimationFrame(slice));
    }
    this.#lateTimer ??= setTimeout(() => this.#listener.late(), LATE_AFTER);
    this.#send({...this.#start, id: this.#id, do: "start", skip: this.#index + 1, until: this.#until});
    this.#expectAnswer();
  }

  readonly #onMessage = ({data}: MessageEvent<RunNews>) => {
    this.#running!.hasSpoken = true;
    if (data.id === this.#id) this.#hear(data);
  };

  #hear(news: RunNews) {
    if ("loading" in news) this.#lateTimer ??= setTimeout(() => this.#listener.late(), LATE_AFTER);
    else this.#stopLateTimer();
    if ("frames" in news) this.#take(news.frames, news.index);
    this.#expectAnswer();
    if ("frames" in news) this.#listener.arrived(this);
    if ("end" in news) {
      this.isWhole = true;
      this.#leave();
      this.#listener.arrived(this);
    } else if ("fail" in news) {
      this.#leave();
      this.#listener.failed(this, news.fail, news.isLoadError);
    }
  }

  #take(frames: readonly unknown[], index: number) {
    this.#index = index;
    if (!this.#start.every) this.frames = [...frames];
    else for (const [i, frame] of frames.entries()) this.frames[index - frames.length + 1 + i] = frame;
  }

  readonly #onDeath = () => {
    const dead = this.#running!;
    this.#leave();
    pageWorker.stop(dead);
    this.#begin(null);
  };

  /** From now on a worker that still owes a frame has to answer in time. */
  #expectAnswer() {
    clearTimeout(this.#answerTimer);
    if (!this.#running || !this.isComputing) return;
    this.#answerTimer = setTimeout(this.#onDeath, this.#running.hasSpoken ? ANSWER_TIMEOUT : START_TIMEOUT);
  }

  #stopLateTimer() {
    clearTimeout(this.#lateTimer);
    this.#lateTimer = undefined;
  }

  /** Listens no more to where it is computed. */
  #leave() {
    clearTimeout(this.#answerTimer);
    this.#stopLateTimer();
    if (!this.#running) return;
    this.#running.worker.removeEventListener("message", this.#onMessage);
    this.#running.worker.removeEventListener("error", this.#onDeath);
    this.#running.listeners--;
    this.#running = null;
  }
}
