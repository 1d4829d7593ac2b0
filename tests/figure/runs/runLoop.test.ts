import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {runLoop} from "../../../src/figure/runs/runLoop.ts";

// A clock that only work moves, so that a slice's end is known.
let now = 0;
beforeEach(() => {
  now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

/** Counts to `end`, each step `cost` milliseconds long. */
function* count(end: number, cost = 1): Generator<number, void> {
  for (let n = 0; n <= end; n++) {
    now += cost;
    yield n;
  }
}

/** A pump whose slices run when the test says, and what it reported. */
function pumped(source: Iterator<unknown>, skip = 0, every = false) {
  const slices: (() => void)[] = [];
  const said: unknown[] = [];
  const reports = {
    result: (snapshot: unknown, index: number) => said.push([snapshot, index]),
    end: () => said.push("end"),
    fail: (reason: string) => said.push(`fail: ${reason}`),
  };
  const job = runLoop(source, reports, (slice) => slices.push(slice), {skip, every});
  const slice = () => slices.shift()?.();
  const rest = () => {
    while (slices.length) slice();
  };
  return {job, said, slices, slice, rest};
}

test("gives its first snapshot by itself and then waits", () => {
  const {said, rest, slices} = pumped(count(5));
  rest();
  expect(said).toEqual([[0, 0]]);
  expect(slices).toEqual([]);
});

test("reports the newest snapshot of each 8 ms slice, then the end, once", () => {
  const {job, said, rest} = pumped(count(20));
  job.play();
  rest();
  expect(said).toEqual([[7, 7], [15, 15], [20, 20], "end"]);
  job.play();
  rest();
  expect(said).toHaveLength(4);
});

test("one step longer than a slice is one slice", () => {
  const {job, said, rest} = pumped(count(2, 100));
  job.play();
  rest();
  expect(said).toEqual([[0, 0], [1, 1], [2, 2], "end"]);
});

test("steps move one snapshot each, and pause stops where it is", () => {
  const {job, said, slice, rest} = pumped(count(100));
  rest();
  job.step();
  rest();
  job.step();
  rest();
  expect(said).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
  job.play();
  slice();
  job.pause();
  rest();
  expect(said.at(-1)).toEqual([10, 10]);
});

test("after cancel nothing is said, not even by a slice that was due", () => {
  const {job, said, slices, rest} = pumped(count(100));
  job.play();
  expect(slices).toHaveLength(1);
  job.cancel();
  rest();
  expect(said).toEqual([]);
});

test("taken up again at `skip`, it computes what came before and says nothing of it", () => {
  const {job, said, rest} = pumped(count(40), 30);
  rest();
  expect(said).toEqual([[30, 30]]);
  job.step();
  rest();
  expect(said.at(-1)).toEqual([31, 31]);
});

test("a pause or a step on the way to `skip` still gets there", () => {
  const {job, said, slice, rest} = pumped(count(40), 30);
  job.play();
  slice();
  job.pause();
  rest();
  expect(said).toEqual([[30, 30]]);
  const second = pumped(count(40), 30);
  second.slice();
  second.job.step();
  second.rest();
  expect(second.said.at(-1)).toEqual([31, 31]);
});

test("says why a run failed, after the last snapshot it reached, and is over", () => {
  const {job, said, rest} = pumped(
    (function* () {
      yield 1;
      throw new Error("the loss is NaN");
    })(),
  );
  job.play();
  rest();
  expect(said).toEqual([[1, 0], "fail: the loss is NaN"]);
  job.play();
  rest();
  expect(said).toHaveLength(2);
});

test("of a run of which every snapshot is due, it reports the list of each slice's, from where it is taken up", () => {
  const {job, said, rest} = pumped(count(12), 0, true);
  job.play();
  rest();
  expect(said).toEqual([[[0, 1, 2, 3, 4, 5, 6, 7], 7], [[8, 9, 10, 11, 12], 12], "end"]);
  const later = pumped(count(12), 10, true);
  later.job.play();
  later.rest();
  expect(later.said).toEqual([[[10, 11, 12], 12], "end"]);
});

test("a yield of nothing is a place where a slice may end, and no snapshot", () => {
  const rests: number[] = [];
  const slices: (() => void)[] = [];
  const said: unknown[] = [];
  const job = runLoop(
    (function* () {
      yield "first";
      for (let n = 0; n < 20; n++) {
        now += 1;
        yield undefined;
      }
      yield "second";
      yield "third";
    })(),
    {result: (snapshot, index) => said.push([snapshot, index]), rest: () => rests.push(now), end() {}, fail() {}},
    (slice) => slices.push(slice),
  );
  const rest = () => {
    while (slices.length) slices.shift()!();
  };
  rest();
  expect([said, rests]).toEqual([[["first", 0]], []]);
  job.step();
  rest();
  expect([said.at(-1), rests]).toEqual([
    ["second", 1],
    [8, 16],
  ]);
});

test("a promise is waited for, a press meanwhile is kept, and one that is broken is a failure", async () => {
  const {job, said, rest, slices} = pumped(
    (function* () {
      yield 1;
      yield Promise.resolve();
      yield 2;
      yield Promise.reject(new Error("the weights did not load"));
      yield 3;
    })(),
  );
  rest();
  job.step();
  rest();
  expect(said).toEqual([[1, 0]]);
  job.play();
  expect(slices).toEqual([]);
  await Promise.resolve();
  rest();
  expect(said.at(-1)).toEqual([2, 1]);
  await new Promise((done) => setTimeout(done));
  rest();
  expect(said.at(-1)).toBe("fail: the weights did not load");
});
