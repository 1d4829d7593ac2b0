/** Computes runs in slices and answers with their frames: in the page's worker, and on the page itself where none may start. */
import type {AnyParams} from "../controls.ts";

/** The model of a figure with runs. */
export interface RunModel {
  /**
   * Yields the frames of a run; undefined where the next is not ready and other runs may take a turn; and a promise where it has
   * to wait for one.
   */
  compute(params: object): Iterator<unknown>;
  /** Loads what this run needs besides code, or without parameters what any run may need. Called before `compute`. */
  ready?(params?: object): Promise<void>;
}

/** How much of a run is computed and sent. */
interface RunOptions {
  /** Send every frame, and not only the newest of each slice. */
  every: boolean;
  /** Frames before this one are computed but not sent: the run goes on for one whose worker died. */
  skip: number;
  /** The index of the last frame that is wanted so far. */
  until: number;
}

/** What a page asks for. One worker serves all figures of a page, so `id` names the run. */
export type RunOrder =
  | ({id: number; do: "start"; name: string; params: AnyParams} & RunOptions)
  /** Compute up to this frame; one that is there already means pause. */
  | {id: number; do: "continue"; until: number}
  | {id: number; do: "cancel"};

type News =
  /** The run waits for something that loads, or has got it. */
  | {loading: boolean}
  /** New frames, and the index of the last. */
  | {frames: readonly unknown[]; index: number}
  | {end: true}
  /** `isLoadError`: something that the run needs did not load. */
  | {fail: string; isLoadError?: boolean};

/** What the page is told of a run. */
export type RunNews = News & {id: number};

/** Milliseconds of work in one slice: half a frame, so that a slice on the page leaves room to draw. */
const SLICE_TIME = 8;

/** Schedules a slice. */
type Schedule = (slice: () => void) => void;

/** Gives a function that takes orders. Runs are computed a slice of each in turn, so that no figure waits for another. */
export function serve(
  load: (name: string) => Promise<RunModel>,
  send: (news: RunNews) => void,
  schedule: Schedule = messageSchedule(),
): (order: RunOrder) => void {
  const loops = new Map<number, RunLoop>();
  return (order) => {
    const {id} = order;
    const loop = loops.get(id);
    if (order.do === "continue") loop?.continue(order.until);
    else if (order.do === "cancel") {
      loop?.cancel();
      loops.delete(id);
    } else {
      const tell = (news: News) => {
        if ("end" in news || "fail" in news) loops.delete(id);
        send({...news, id});
      };
      loops.set(id, new RunLoop(begin(load(order.name), order.params), order, tell, schedule));
    }
  };
}

/** Loads the model of a run and all that the run needs. Gives the run, of which nothing is computed yet. */
async function begin(loading: Promise<RunModel>, params: AnyParams): Promise<Iterator<unknown>> {
  const {compute, ready} = await loading;
  await ready?.(params);
  try {
    return compute(params);
  } catch (error) {
    // The run fails, and not its loading.
    return {
      next() {
        throw error;
      },
    };
  }
}

/**
 * Schedules slices in a worker. Between two of them it must hear its orders: a message to itself queues behind these, without the
 * four milliseconds by which browsers hold back nested timers.
 */
function messageSchedule(): Schedule {
  const {port1, port2} = new MessageChannel();
  const slices: (() => void)[] = [];
  port1.onmessage = () => slices.shift()?.();
  return (slice) => {
    slices.push(slice);
    port2.postMessage(null);
  };
}

/** One run: takes frames from its generator, in slices, up to the last that is wanted. */
class RunLoop {
  readonly #tell: (news: News) => void;
  readonly #schedule: Schedule;
  readonly #options: RunOptions;
  #iterator?: Iterator<unknown>;
  #until: number;
  /** The index of the latest frame. */
  #index = -1;
  /** A slice is scheduled, or something is loading. */
  #isWaiting = false;
  #isOver = false;

  constructor(
    loading: Promise<Iterator<unknown>>,
    options: RunOptions,
    tell: (news: News) => void,
    schedule: Schedule,
  ) {
    this.#options = options;
    this.#until = options.until;
    this.#tell = tell;
    this.#schedule = schedule;
    const loaded = loading.then((iterator) => {
      this.#iterator = iterator;
    });
    this.#waitFor(loaded);
  }

  continue(until: number) {
    this.#until = until;
    this.#wake();
  }

  cancel() {
    this.#isOver = true;
    this.#iterator?.return?.();
  }

  #wake() {
    if (this.#isOver || this.#isWaiting || this.#index >= this.#until) return;
    this.#isWaiting = true;
    this.#schedule(() => this.#slice());
  }

  #slice() {
    this.#isWaiting = false;
    if (this.#isOver) return;
    const frames: unknown[] = [];
    const outcome = this.#compute(frames);
    if (frames.length) this.#tell({frames, index: this.#index});
    if (outcome instanceof Promise) this.#waitFor(outcome);
    else if (outcome) {
      this.#isOver = true;
      this.#tell(outcome);
    } else this.#wake();
  }

  /** Adds frames until the slice is over. Gives what stopped it before: a promise to wait for, or the end of the run. */
  #compute(frames: unknown[]): Promise<unknown> | News | undefined {
    const {every, skip} = this.#options;
    const start = performance.now();
    try {
      while (this.#index < this.#until && performance.now() - start < SLICE_TIME) {
        const {done, value} = this.#iterator!.next();
        if (done) return {end: true};
        if (value instanceof Promise) return value;
        if (value === undefined) continue;
        this.#index++;
        if (!every) frames.length = 0;
        if (this.#index >= skip) frames.push(value);
      }
    } catch (error) {
      return {fail: messageOf(error)};
    }
  }

  #waitFor(loading: Promise<unknown>) {
    this.#isWaiting = true;
    this.#tell({loading: true});
    loading.then(
      () => {
        this.#isWaiting = false;
        if (!this.#isOver) this.#tell({loading: false});
        this.#wake();
      },
      (error) => {
        if (!this.#isOver) this.#tell({fail: messageOf(error), isLoadError: true});
        this.cancel();
      },
    );
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
