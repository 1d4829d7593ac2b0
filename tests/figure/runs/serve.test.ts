import {expect, test, vi} from "vitest";
import type {AnyParams} from "../../../src/figure/controls.ts";
import {BEAT, type WorkerAnswer} from "../../../src/figure/runs/protocol.ts";
import {type RunModel, serve} from "../../../src/figure/runs/serve.ts";

function* count({end, log, name}: {end: number; log?: string[]; name?: string}) {
  for (let n = 0; n <= end; n++) {
    // Long enough that a slice holds few steps, so that two runs must take turns.
    const until = performance.now() + 3;
    while (performance.now() < until);
    log?.push(name ?? "");
    yield n;
  }
}

function served(compute: unknown = count) {
  const answers: WorkerAnswer[] = [];
  const take = serve(
    async () => ({compute}) as RunModel,
    (answer) => "loading" in answer || answers.push(answer),
  );
  return {answers, take};
}

const start = (id: number, params: object) => ({id, do: "start", name: "any", params: params as AnyParams}) as const;
const ended = (answers: WorkerAnswer[], id: number) => answers.some((answer) => answer.id === id && "end" in answer);

test("a run gives its first snapshot, waits, and runs to its end when played", async () => {
  const {answers, take} = served();
  take(start(1, {end: 6}));
  await vi.waitFor(() => expect(answers).toEqual([{id: 1, result: 0, index: 0}]));
  take({id: 1, do: "play"});
  await vi.waitFor(() => expect(ended(answers, 1)).toBe(true));
  expect(answers.at(-2)).toEqual({id: 1, result: 6, index: 6});
});

test("while what a run needs is on its way the worker says that it lives, and no longer", async () => {
  vi.useFakeTimers({toFake: ["setInterval", "clearInterval", "performance"]});
  const answers: WorkerAnswer[] = [];
  let arrive: (model: RunModel) => void = () => {};
  const coming = new Promise<RunModel>((resolve) => {
    arrive = resolve;
  });
  const take = serve(
    () => coming,
    (answer) => answers.push(answer),
  );
  take(start(1, {end: 0}));
  take(start(2, {end: 0}));
  take({id: 2, do: "cancel"});
  await vi.advanceTimersByTimeAsync(2 * BEAT);
  const heard = answers.filter(({id}) => id === 1);
  expect(heard).toEqual(Array(3).fill({id: 1, loading: true}));
  expect(answers).toHaveLength(heard.length + 1);
  arrive({compute: () => [0].values()} as unknown as RunModel);
  await vi.advanceTimersByTimeAsync(0);
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0));
  vi.useRealTimers();
});

test("what is pressed while the model loads is done once it is there", async () => {
  const {answers, take} = served();
  take(start(1, {end: 4}));
  take({id: 1, do: "play"});
  await vi.waitFor(() => expect(ended(answers, 1)).toBe(true));
  expect(answers.at(-2)).toEqual({id: 1, result: 4, index: 4});
});

test("two runs take turns", async () => {
  const {answers, take} = served();
  const log: string[] = [];
  for (const [id, name] of [
    [1, "a"],
    [2, "b"],
  ] as const) {
    take(start(id, {end: 20, log, name}));
    take({id, do: "play"});
  }
  await vi.waitFor(() => expect(ended(answers, 1) && ended(answers, 2)).toBe(true), {timeout: 3000});
  expect(log.indexOf("b")).toBeLessThan(log.lastIndexOf("a"));
  const changes = log.filter((name, i) => i && name !== log[i - 1]).length;
  expect(changes).toBeGreaterThan(4);
});

test("a canceled run answers no more, also when it is canceled while it loads", async () => {
  const answers: WorkerAnswer[] = [];
  const resultsOf = (run: number) => answers.filter((answer) => answer.id === run && "result" in answer);
  let atCancel = 0;
  const take = serve(
    async () => ({compute: count}) as unknown as RunModel,
    (answer) => {
      answers.push(answer);
      if (atCancel || answer.id !== 2 || !("result" in answer) || answer.index === 0) return;
      take({id: 2, do: "cancel"});
      atCancel = resultsOf(2).length;
    },
  );
  take(start(1, {end: 10}));
  take({id: 1, do: "cancel"});
  take(start(2, {end: Number.POSITIVE_INFINITY}));
  take({id: 2, do: "play"});
  take(start(3, {end: 10}));
  take({id: 3, do: "play"});
  await vi.waitFor(() => expect(ended(answers, 3)).toBe(true), {timeout: 3000});
  expect(resultsOf(1)).toEqual([]);
  expect(atCancel).toBeGreaterThan(0);
  expect(resultsOf(2)).toHaveLength(atCancel);
  expect(ended(answers, 2)).toBe(false);
});

test("an order for a run it does not know is no trouble", () => {
  const {answers, take} = served();
  for (const press of ["play", "pause", "step", "cancel"] as const) take({id: 9, do: press});
  expect(answers).toEqual([]);
});

test("a model that throws, or that is not there, is an answer", async () => {
  const {answers, take} = served(() => {
    throw new Error("no such matrix");
  });
  take(start(1, {}));
  await vi.waitFor(() => expect(answers).toEqual([{id: 1, fail: "no such matrix"}]));
  const other: WorkerAnswer[] = [];
  serve(
    () => Promise.reject(new Error("the model did not load")),
    (answer) => "loading" in answer || other.push(answer),
  )(start(2, {}));
  await vi.waitFor(() => expect(other).toEqual([{id: 2, fail: "the model did not load", isLoadError: true}]));
});

test("asked for every snapshot, it answers with all of them", async () => {
  const {answers, take} = served();
  take({...start(1, {end: 9}), every: true});
  take({id: 1, do: "play"});
  await vi.waitFor(() => expect(ended(answers, 1)).toBe(true));
  const lists = answers.flatMap((answer) => ("result" in answer ? (answer.result as number[]) : []));
  expect(lists).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(answers.length).toBeLessThan(lists.length);
});
