import {afterEach, beforeEach, expect, test, vi} from "vitest";
import type {Run as RunType} from "../../../src/figure/runs/run.ts";
import type {RunModel, RunNews, RunOrder} from "../../../src/figure/runs/serve.ts";

/** A worker that does what the test makes it do. */
class FakeWorker extends EventTarget {
  orders: RunOrder[] = [];
  terminated = false;
  postMessage(order: RunOrder) {
    this.orders.push(order);
  }
  terminate() {
    this.terminated = true;
  }
  answer(data: RunNews) {
    this.dispatchEvent(Object.assign(new Event("message"), {data}));
  }
}

const computed = vi.fn();
function* count({end}: {end: number}) {
  for (let n = 0; n <= end; n++) {
    computed(n);
    yield n;
  }
}
const model = vi.fn(async () => ({compute: count}) as unknown as RunModel);

let Run: typeof RunType;
let workers: FakeWorker[];
const source = () => {
  const worker = new FakeWorker();
  workers.push(worker);
  return worker as unknown as Worker;
};

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (slice: () => void) => setTimeout(slice, 16));
  vi.resetModules();
  computed.mockClear();
  model.mockClear();
  workers = [];
  ({Run} = await import("../../../src/figure/runs/run.ts"));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  // Tests of another file would run in the worker of the last test here.
  vi.resetModules();
});

/** A run that computes its first frame and of which the newest is kept, and what it told: frames, its end, why it failed, and that a file is late. */
function started(end: number, from: typeof source | (() => null) | undefined = source) {
  const told: unknown[] = [];
  const listener = {
    onFrames: ({frames, isWhole}: RunType) => told.push(isWhole ? "end" : frames[0]),
    onFailure: (_: RunType, reason: string, isLoadError?: boolean) =>
      told.push(`${isLoadError ? "lost" : "fail"}: ${reason}`),
    onLate: () => told.push("late"),
  };
  const run = new Run("any", {end}, {worker: from, model}, listener, true);
  run.pause();
  return {told, run};
}

test("a worker is told everything, and this thread computes nothing", async () => {
  const {run, told} = started(3);
  run.play();
  run.pause();
  run.step();
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  expect(worker!.orders.map((order) => order.do)).toEqual(["start", "continue", "continue", "continue"]);
  worker!.answer({id, frames: ["first"], index: 0});
  expect(told).toEqual(["first"]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(model).not.toHaveBeenCalled();
});

test("answers for another run are not heard; after a stop none are", async () => {
  const one = started(3);
  const two = started(3);
  expect(workers).toHaveLength(1);
  const [worker] = workers;
  const [first, second] = worker!.orders.map(({id}) => id);
  worker!.answer({id: second!, frames: ["b"], index: 0});
  expect([one.told, two.told]).toEqual([[], ["b"]]);
  one.run.stop();
  worker!.answer({id: first!, frames: ["late"], index: 0});
  expect(one.told).toEqual([]);
});

test.each([
  ["none may start", () => null],
  [
    "starting one throws",
    () => {
      throw new DOMException("denied", "SecurityError");
    },
  ],
])("where %s, the run is sliced here, and the page is asked once", async (_, from) => {
  const asked = vi.fn(from);
  const {run, told} = started(3, asked as never);
  run.play();
  await vi.advanceTimersByTimeAsync(200);
  expect(told.at(-2)).toBe(3);
  expect(told.at(-1)).toBe("end");
  started(3, asked as never);
  expect(asked).toHaveBeenCalledTimes(1);
});

test("a worker that dies in a run is replaced by slices from where it was", async () => {
  const {run, told} = started(6);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  run.play();
  worker!.answer({id, frames: [2], index: 2});
  worker!.dispatchEvent(new Event("error"));
  await vi.advanceTimersByTimeAsync(400);
  expect(worker!.terminated).toBe(true);
  expect(told).toEqual([2, 6, "end"]);
  worker!.answer({id, frames: [3], index: 3});
  expect(told).toHaveLength(3);
});

test("a step that a dead worker owed is computed on the page", async () => {
  const {run, told} = started(6);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  worker!.answer({id, frames: [0], index: 0});
  run.step();
  worker!.dispatchEvent(new Event("error"));
  await vi.advanceTimersByTimeAsync(100);
  expect(told.at(-1)).toBe(1);
  run.step();
  await vi.advanceTimersByTimeAsync(100);
  expect(told.at(-1)).toBe(2);
});

test("after a death no run gets a worker", async () => {
  started(6);
  workers[0]!.dispatchEvent(new Event("error"));
  started(6);
  expect(workers).toHaveLength(1);
});

test("a run that was stopped keeps its frames, and goes on after them", async () => {
  const {run, told} = started(6);
  const [worker] = workers;
  worker!.answer({id: worker!.orders[0]!.id, frames: [2], index: 2});
  run.stop();
  run.pause();
  expect([run.isStopped, run.isComputing, run.frames, told]).toEqual([true, false, [2], [2]]);
  run.play();
  expect(worker!.orders.at(-1)).toMatchObject({do: "start", skip: 3, until: Number.POSITIVE_INFINITY});
});

test("a run whose worker died can be stopped, paused and played in its slices", async () => {
  const {run, told} = started(500_000);
  workers[0]!.dispatchEvent(new Event("error"));
  run.play();
  await vi.advanceTimersByTimeAsync(40);
  run.pause();
  const reached = told.at(-1);
  await vi.advanceTimersByTimeAsync(200);
  expect(told.at(-1)).toBe(reached);
  run.play();
  await vi.advanceTimersByTimeAsync(20);
  run.stop();
  const heard = told.length;
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toHaveLength(heard);
});

test("a worker whose script hangs is told once as late", async () => {
  const {told} = started(3);
  await vi.advanceTimersByTimeAsync(4900);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(told).toEqual(["late"]);
});

test("a file that hangs in a worker is told once; one that comes in time is not", async () => {
  const {told} = started(3);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  worker!.answer({id, loading: false});
  await vi.advanceTimersByTimeAsync(20_000);
  expect(told).toEqual([]);
  worker!.answer({id, loading: true});
  await vi.advanceTimersByTimeAsync(20_000);
  expect(told).toEqual(["late"]);
});
