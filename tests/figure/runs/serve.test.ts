/** How runs are computed in slices, one in turn with the others, and what the page is told of them. */
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import type {AnyParams} from "../../../src/figure/controls.ts";
import {type RunModel, type RunNews, type RunOrder, serve} from "../../../src/figure/runs/serve.ts";

// A clock that only work moves, so that a slice's end is known.
let now = 0;
beforeEach(() => {
  now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Counts to `end`, each step `cost` milliseconds long. */
function* count(end: number, cost = 1): Generator<number, void> {
  for (let n = 0; n <= end; n++) {
    now += cost;
    yield n;
  }
}

const start = (id: number, options: Partial<RunOrder> = {}): RunOrder =>
  ({id, do: "start", name: "any", params: {} as AnyParams, every: false, skip: 0, until: 0, ...options}) as RunOrder;

/** Run 1, whose slices run when the test says, and what is told of it except that it loads. */
async function sliced(source: Iterator<unknown>, options: Partial<RunOrder> = {}) {
  const slices: (() => void)[] = [];
  const told: unknown[] = [];
  const order = serve(
    async () => ({compute: () => source}),
    ({id: _, ...news}) => {
      if ("frames" in news) told.push([...news.frames, news.index]);
      else if (!("loading" in news)) told.push(news);
    },
    (slice) => slices.push(slice),
  );
  order(start(1, options));
  await new Promise((loaded) => setTimeout(loaded));
  const go = (until = Number.POSITIVE_INFINITY) => order({id: 1, do: "continue", until});
  const slice = () => slices.shift()?.();
  const rest = () => {
    while (slices.length) slice();
  };
  return {order, go, told, slices, slice, rest};
}

test("gives its first frame by itself and then waits", async () => {
  const {told, rest, slices} = await sliced(count(5));
  rest();
  expect(told).toEqual([[0, 0]]);
  expect(slices).toEqual([]);
});

test("tells the newest frame of each 8 ms slice, then the end, once", async () => {
  const {go, told, rest} = await sliced(count(20));
  go();
  rest();
  expect(told).toEqual([[7, 7], [15, 15], [20, 20], {end: true}]);
  go();
  rest();
  expect(told).toHaveLength(4);
});

test("one step longer than a slice is one slice", async () => {
  const {go, told, rest} = await sliced(count(2, 100));
  go();
  rest();
  expect(told).toEqual([[0, 0], [1, 1], [2, 2], {end: true}]);
});

test("computes up to the frame that is wanted, and stops where it is when an earlier one is", async () => {
  const {go, told, slice, rest} = await sliced(count(100));
  for (const until of [1, 2]) {
    go(until);
    rest();
  }
  expect(told).toEqual([
    [1, 1],
    [2, 2],
  ]);
  go();
  slice();
  go(0);
  rest();
  expect(told.filter(Array.isArray).at(-1)).toEqual([10, 10]);
});

test("after cancel nothing is told, not even by a slice that was scheduled", async () => {
  const {order, go, told, slices, rest} = await sliced(count(100));
  go();
  expect(slices).toHaveLength(1);
  order({id: 1, do: "cancel"});
  rest();
  expect(told).toEqual([]);
});

test("taken up again, it computes the frames that are known and tells only those after them", async () => {
  const {go, told, rest} = await sliced(count(40), {every: true, skip: 30, until: 31});
  rest();
  expect(told.filter(Array.isArray)).toEqual([[30, 31, 31]]);
  go(32);
  rest();
  expect(told.at(-1)).toEqual([32, 32]);
});

test("says why a run failed, after the last frame it reached, and is over", async () => {
  const {go, told, rest} = await sliced(
    (function* () {
      yield 1;
      throw new Error("the loss is NaN");
    })(),
  );
  go();
  rest();
  expect(told).toEqual([[1, 0], {fail: "the loss is NaN"}]);
  go();
  rest();
  expect(told).toHaveLength(2);
});

test("asked for every frame, it tells those of each slice together", async () => {
  const {told, rest} = await sliced(count(12), {every: true, until: 99});
  rest();
  expect(told).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 7], [8, 9, 10, 11, 12, 12], {end: true}]);
});

test("a yield of nothing is a place where a slice may end, and no frame", async () => {
  const {go, told, rest} = await sliced(
    (function* () {
      yield "first";
      for (let n = 0; n < 20; n++) {
        now += 1;
        yield undefined;
      }
      yield "second";
      yield "third";
    })(),
  );
  rest();
  go(1);
  rest();
  expect(told).toEqual([
    ["first", 0],
    ["second", 1],
  ]);
});

test("a promise is waited for, an order meanwhile is kept, and one that is broken is a failure to load", async () => {
  const {go, told, rest, slices} = await sliced(
    (function* () {
      yield 1;
      yield Promise.resolve();
      yield 2;
      yield Promise.reject(new Error("the weights did not load"));
      yield 3;
    })(),
  );
  go(1);
  rest();
  expect(told).toEqual([[1, 0]]);
  go();
  expect(slices).toEqual([]);
  await Promise.resolve();
  rest();
  expect(told.at(-1)).toEqual([2, 1]);
  await new Promise((done) => setTimeout(done));
  rest();
  expect(told.at(-1)).toEqual({fail: "the weights did not load", isLoadError: true});
});

/** Runs of a model in slices as a worker has them. */
function served(load: () => Promise<RunModel>) {
  const told: RunNews[] = [];
  const order = serve(load, (news) => "loading" in news || told.push(news));
  const hasEnded = (id: number) => told.some((news) => news.id === id && "end" in news);
  return {told, order, hasEnded};
}

test("what is ordered while the model loads is done once it is there; two runs take turns; a canceled one tells nothing", async () => {
  const turns: number[] = [];
  const {told, order, hasEnded} = served(
    async () =>
      ({
        *compute({id}: {id: number}) {
          for (const n of count(20, 3)) {
            turns.push(id);
            yield n;
          }
        },
      }) as unknown as RunModel,
  );
  for (const id of [1, 2, 3]) {
    order(start(id, {params: {id}}));
    order({id, do: "continue", until: Number.POSITIVE_INFINITY});
  }
  order({id: 3, do: "cancel"});
  await vi.waitFor(() => expect(hasEnded(1) && hasEnded(2)).toBe(true));
  expect(turns.slice(0, 12)).toEqual([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2]);
  expect(told.filter(({id}) => id === 3)).toEqual([]);
});

test("an order for a run it does not know is no trouble", () => {
  const {told, order} = served(async () => ({compute: () => count(1)}));
  order({id: 9, do: "continue", until: 3});
  order({id: 9, do: "cancel"});
  expect(told).toEqual([]);
});

test("a model that throws, or that does not load, is told", async () => {
  const thrown = served(async () => ({
    compute() {
      throw new Error("no such matrix");
    },
  }));
  thrown.order(start(1));
  await vi.waitFor(() => expect(thrown.told).toEqual([{id: 1, fail: "no such matrix"}]));
  const lost = served(() => Promise.reject(new Error("the model did not load")));
  lost.order(start(2));
  await vi.waitFor(() => expect(lost.told).toEqual([{id: 2, fail: "the model did not load", isLoadError: true}]));
});

test("tells when it waits for what it needs, and when that has come", async () => {
  const told: RunNews[] = [];
  const order = serve(
    async () => ({compute: () => count(0)}),
    (news) => told.push(news),
  );
  order(start(1));
  expect(told).toEqual([{id: 1, loading: true}]);
  await vi.waitFor(() => expect(told[1]).toEqual({id: 1, loading: false}));
});
