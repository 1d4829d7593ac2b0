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

/** A run of which the newest frame is kept, and what it told: frames, its end, why it failed, and that a file is late. */
function started(end: number, from: typeof source | (() => null) | undefined = source) {
  const told: unknown[] = [];
  const listener = {
    arrived: ({frames, isWhole}: RunType) => told.push(isWhole ? "end" : frames[0]),
    failed: (_: RunType, reason: string, isLoadError?: boolean) =>
      told.push(`${isLoadError ? "lost" : "fail"}: ${reason}`),
    late: () => told.push("late"),
  };
  return {told, run: new Run("any", {end}, {worker: from, model}, listener, true)};
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

test("answers for another run are not heard; after cancel none are", async () => {
  const one = started(3);
  const two = started(3);
  expect(workers).toHaveLength(1);
  const [worker] = workers;
  const [first, second] = worker!.orders.map(({id}) => id);
  worker!.answer({id: second!, frames: ["b"], index: 0});
  expect([one.told, two.told]).toEqual([[], ["b"]]);
  one.run.cancel();
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

test("a worker that falls silent in a run is replaced by slices from where it was", async () => {
  const {run, told} = started(6);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  run.play();
  worker!.answer({id, frames: [2], index: 2});
  await vi.advanceTimersByTimeAsync(4900);
  expect(computed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(400);
  expect(worker!.terminated).toBe(true);
  expect(told).toEqual([2, 6, "end"]);
  worker!.answer({id, frames: [3], index: 3});
  expect(told).toHaveLength(3);
});

test("a worker that loads says so and is waited for; one that has not spoken has more time to arrive", async () => {
  const {run, told} = started(6);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  run.play();
  await vi.advanceTimersByTimeAsync(9000);
  expect(worker!.terminated).toBe(false);
  for (let n = 0; n < 30; n++) {
    worker!.answer({id, loading: true});
    await vi.advanceTimersByTimeAsync(4000);
  }
  expect(worker!.terminated).toBe(false);
  await vi.advanceTimersByTimeAsync(1400);
  expect(worker!.terminated).toBe(true);
  expect(told).toEqual(["late", 6, "end"]);
  const other = started(6);
  expect(workers).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(10_200);
  expect(workers[1]!.terminated).toBe(true);
  expect(other.told).toEqual(["late", 0]);
});

test("a worker that says it is busy is waited for, but not after a pause", async () => {
  const {run, told} = started(6);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  worker!.answer({id, frames: [0], index: 0});
  run.play();
  for (let n = 0; n < 3; n++) {
    await vi.advanceTimersByTimeAsync(4000);
    worker!.answer({id, busy: true});
  }
  expect(worker!.terminated).toBe(false);
  run.pause();
  worker!.answer({id, busy: true});
  await vi.advanceTimersByTimeAsync(60_000);
  expect([worker!.terminated, told]).toEqual([false, [0]]);
  run.step();
  worker!.answer({id, busy: true});
  await vi.advanceTimersByTimeAsync(6000);
  expect(worker!.terminated).toBe(true);
});

test("a worker's error does the same at once, and a step that was owed is paid", async () => {
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

test("a paused run may be silent as long as it likes", async () => {
  const {run} = started(6);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  worker!.answer({id, frames: [0], index: 0});
  run.play();
  run.pause();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(worker!.terminated).toBe(false);
});

test("after a death the next run gets a new worker, unless the first never spoke", async () => {
  started(6);
  const [first] = workers;
  first!.answer({id: first!.orders[0]!.id, frames: [0], index: 0});
  first!.dispatchEvent(new Event("error"));
  started(6);
  expect(workers).toHaveLength(2);
  workers[1]!.dispatchEvent(new Event("error"));
  started(6);
  expect(workers).toHaveLength(2);
});

test("a run whose worker died can be canceled, paused and played in its slices", async () => {
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
  run.cancel();
  const heard = told.length;
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toHaveLength(heard);
});

test("a worker whose script hangs gives way to slices, and that it is late is told before", async () => {
  const {told} = started(3);
  await vi.advanceTimersByTimeAsync(4900);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toEqual(["late"]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual(["late", 0]);
});

test("a file that hangs in a worker is told once, and the worker is waited for", async () => {
  const {told} = started(3);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  for (let n = 0; n < 16; n++) {
    worker!.answer({id, loading: true});
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect([told, worker!.terminated]).toEqual([["late"], false]);
});
