import {afterEach, beforeEach, expect, test, vi} from "vitest";
import type {WorkerAnswer, WorkerOrder} from "../../../src/figure/runs/protocol.ts";
import type {RunModel} from "../../../src/figure/runs/serve.ts";

/** A worker that does what the test makes it do. */
class FakeWorker extends EventTarget {
  orders: WorkerOrder[] = [];
  terminated = false;
  postMessage(order: WorkerOrder) {
    this.orders.push(order);
  }
  terminate() {
    this.terminated = true;
  }
  answer(data: WorkerAnswer) {
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

let run: typeof import("../../../src/figure/runs/run.ts").run;
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
  ({run} = await import("../../../src/figure/runs/run.ts"));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  // Tests of another file would run in the worker of the last test here.
  vi.resetModules();
});

function started(end: number, from: typeof source | (() => null) | undefined = source) {
  const said: unknown[] = [];
  const reports = {
    result: (snapshot: unknown, index: number) => said.push([snapshot, index]),
    end: () => said.push("end"),
    fail: (reason: string, isLoadError?: boolean) => said.push(`${isLoadError ? "lost" : "fail"}: ${reason}`),
    late: () => said.push("late"),
  };
  return {said, job: run("any", {end}, reports, {worker: from, model})};
}

test("a worker is told everything, and this thread computes nothing", async () => {
  const {job, said} = started(3);
  job.play();
  job.pause();
  job.step();
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  expect(worker!.orders.map((order) => order.do)).toEqual(["start", "play", "pause", "step"]);
  worker!.answer({id, result: "first", index: 0});
  expect(said).toEqual([["first", 0]]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(model).not.toHaveBeenCalled();
});

test("answers for another run are not heard; after cancel none are", async () => {
  const one = started(3);
  const two = started(3);
  expect(workers).toHaveLength(1);
  const [worker] = workers;
  const [first, second] = worker!.orders.map(({id}) => id);
  worker!.answer({id: second!, result: "b", index: 0});
  expect([one.said, two.said]).toEqual([[], [["b", 0]]]);
  one.job.cancel();
  worker!.answer({id: first!, result: "late", index: 0});
  expect(one.said).toEqual([]);
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
  const {job, said} = started(3, asked as never);
  job.play();
  await vi.advanceTimersByTimeAsync(200);
  expect(said.at(-2)).toEqual([3, 3]);
  expect(said.at(-1)).toBe("end");
  started(3, asked as never);
  expect(asked).toHaveBeenCalledTimes(1);
});

test("a worker that falls silent in a run is replaced by slices from where it was", async () => {
  const {job, said} = started(6);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  job.play();
  worker!.answer({id, result: 2, index: 2});
  await vi.advanceTimersByTimeAsync(4900);
  expect(computed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(400);
  expect(worker!.terminated).toBe(true);
  expect(said).toEqual([[2, 2], [6, 6], "end"]);
  worker!.answer({id, result: 3, index: 3});
  expect(said).toHaveLength(3);
});

test("a worker that loads says so and is waited for; one that has not spoken has more time to arrive", async () => {
  const {job, said} = started(6);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  job.play();
  await vi.advanceTimersByTimeAsync(9000);
  expect(worker!.terminated).toBe(false);
  for (let n = 0; n < 30; n++) {
    worker!.answer({id, loading: true});
    await vi.advanceTimersByTimeAsync(4000);
  }
  expect(worker!.terminated).toBe(false);
  await vi.advanceTimersByTimeAsync(1400);
  expect(worker!.terminated).toBe(true);
  expect(said).toEqual(["late", [6, 6], "end"]);
  const other = started(6);
  expect(workers).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(10_200);
  expect(workers[1]!.terminated).toBe(true);
  expect(other.said).toEqual(["late", [0, 0]]);
});

test("a worker that says it is busy is waited for, but not after a pause", async () => {
  const {job, said} = started(6);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  worker!.answer({id, result: 0, index: 0});
  job.play();
  for (let n = 0; n < 3; n++) {
    await vi.advanceTimersByTimeAsync(4000);
    worker!.answer({id, busy: true});
  }
  expect(worker!.terminated).toBe(false);
  job.pause();
  worker!.answer({id, busy: true});
  await vi.advanceTimersByTimeAsync(60_000);
  expect([worker!.terminated, said]).toEqual([false, [[0, 0]]]);
  job.step();
  worker!.answer({id, busy: true});
  await vi.advanceTimersByTimeAsync(6000);
  expect(worker!.terminated).toBe(true);
});

test("a worker's error does the same at once, and a step that was owed is paid", async () => {
  const {job, said} = started(6);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  worker!.answer({id, result: 0, index: 0});
  job.step();
  worker!.dispatchEvent(new Event("error"));
  await vi.advanceTimersByTimeAsync(100);
  expect(said.at(-1)).toEqual([1, 1]);
  job.step();
  await vi.advanceTimersByTimeAsync(100);
  expect(said.at(-1)).toEqual([2, 2]);
});

test("a paused run may be silent as long as it likes", async () => {
  const {job} = started(6);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  worker!.answer({id, result: 0, index: 0});
  job.play();
  job.pause();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(worker!.terminated).toBe(false);
});

test("after a death the next run gets a new worker, unless the first never spoke", async () => {
  started(6);
  const [first] = workers;
  first!.answer({id: first!.orders[0]!.id, result: 0, index: 0});
  first!.dispatchEvent(new Event("error"));
  started(6);
  expect(workers).toHaveLength(2);
  workers[1]!.dispatchEvent(new Event("error"));
  started(6);
  expect(workers).toHaveLength(2);
});

test("a run whose worker died can be canceled, paused and played in its slices", async () => {
  const {job, said} = started(500_000);
  workers[0]!.dispatchEvent(new Event("error"));
  job.play();
  await vi.advanceTimersByTimeAsync(40);
  job.pause();
  const [, index] = said.at(-1) as [number, number];
  await vi.advanceTimersByTimeAsync(200);
  expect((said.at(-1) as [number, number])[1]).toBe(index);
  job.play();
  await vi.advanceTimersByTimeAsync(20);
  job.cancel();
  const heard = said.length;
  await vi.advanceTimersByTimeAsync(200);
  expect(said).toHaveLength(heard);
});

test("a worker whose script hangs gives way to slices, and that it is late is told before", async () => {
  const {said} = started(3);
  await vi.advanceTimersByTimeAsync(4900);
  expect(said).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(said).toEqual(["late"]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(said).toEqual(["late", [0, 0]]);
});

test("a file that hangs in a worker is told once, and the worker is waited for", async () => {
  const {said} = started(3);
  const [worker] = workers;
  const {id} = worker!.orders[0]!;
  for (let n = 0; n < 16; n++) {
    worker!.answer({id, loading: true});
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect([said, worker!.terminated]).toEqual([["late"], false]);
});
