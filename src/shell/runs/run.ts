import type {AnyParams} from "../controls.ts";
import {pending} from "./pending.ts";
import type {Answer, Order} from "./protocol.ts";
import type {Job, Reports} from "./pump.ts";
import {begun, type Model} from "./serve.ts";

/** Makes the page's worker, or null where none may start (a foreign page); then runs are sliced on the main thread. */
export type WorkerSource = () => Worker | null;

/** What a run may use. */
export interface Means {
  worker?: WorkerSource;
  /** Loads the model onto the page, where it is none of our own. */
  model?: () => Promise<Model>;
}

const modelOf = (name: string) => async () => (await import("../../widgets/models.ts")).models[name]!();

/** A run that should be answering and has been silent this long (ms) has lost its worker. */
const PATIENCE = 5000;
/** The same of a worker that has not spoken yet: its own script may be on a slow way. */
const ARRIVAL = 20_000;

let worker: Worker | null = null;
let refused = false;
/** Whether the worker has said anything to any run. */
let hasSpoken = false;
let serial = 0;
/** Runs that listen to the worker. */
let listening = 0;

function hire(source: WorkerSource | undefined): Worker | null {
  if (worker || refused || !source) return worker;
  hasSpoken = false;
  try {
    worker = source();
  } catch {
    worker = null;
  }
  refused = !worker;
  return worker;
}

function dismiss(dead: Worker) {
  dead.terminate();
  if (worker === dead) worker = null;
}

/** A figure is gone: a worker in which nothing runs goes too. */
export function rest() {
  if (worker && !listening) dismiss(worker);
}

/**
 * Runs a widget's generator in the worker where one may start. When the worker dies, the run goes on in slices on the
 * main thread from the snapshot it had reached: runs are deterministic, so nothing changes but the place. Only there
 * does the page load the model.
 */
export function run(
  name: string,
  params: AnyParams,
  reports: Reports,
  {worker: source, model}: Means,
  every = false,
): Job {
  const inSlices = (skip: number) =>
    pending(begun((model ?? modelOf(name))(), params), reports, (slice) => requestAnimationFrame(slice), {skip, every});
  const hired = hire(source);
  if (!hired) return inSlices(0);

  const id = ++serial;
  let reached = 0;
  /** Snapshots asked for by steps; a worker that dies owes the last of them. */
  let due = 0;
  let playing = false;
  let watch: ReturnType<typeof setTimeout> | undefined;
  let successor: Job | undefined;

  const say = (order: Order) => hired.postMessage(order);
  let hasLeft = false;
  const leave = () => {
    if (!hasLeft) listening--;
    hasLeft = true;
    clearTimeout(watch);
    hired.removeEventListener("message", listen);
    hired.removeEventListener("error", died);
  };
  const died = () => {
    leave();
    dismiss(hired);
    // One that never spoke could not start here; the next would not either.
    refused ||= !hasSpoken;
    successor = inSlices(Math.max(reached, due));
    if (playing) successor.play();
  };
  const expect = () => {
    clearTimeout(watch);
    watch = setTimeout(died, hasSpoken ? PATIENCE : ARRIVAL);
  };
  const listen = ({data}: MessageEvent<Answer>) => {
    hasSpoken = true;
    if (data.id !== id) return;
    clearTimeout(watch);
    if ("loading" in data) return expect();
    if ("busy" in data) {
      // One said before a pause was heard is no promise of more.
      if (playing || reached < due) expect();
      return;
    }
    if ("result" in data) {
      reached = data.index;
      reports.result(data.result, data.index);
      if (playing) expect();
      return;
    }
    leave();
    if ("fail" in data) reports.fail(data.fail);
    else reports.end();
  };
  hired.addEventListener("message", listen);
  hired.addEventListener("error", died);
  listening++;
  say({id, do: "start", name, params, every});
  expect();

  return {
    play() {
      playing = true;
      if (successor) return successor.play();
      expect();
      say({id, do: "play"});
    },
    pause() {
      playing = false;
      if (successor) return successor.pause();
      clearTimeout(watch);
      say({id, do: "pause"});
    },
    step() {
      playing = false;
      if (successor) return successor.step();
      due = Math.max(due, reached) + 1;
      expect();
      say({id, do: "step"});
    },
    cancel() {
      if (successor) return successor.cancel();
      leave();
      say({id, do: "cancel"});
    },
  };
}
