import {expect, test, vi} from "vitest";
import {type Outcome, Results} from "../../../src/figure/live/results.ts";
import type {Parts, Player, PlayerStage} from "../../../src/figure/widget.ts";

/** Results of a widget, and what their listener heard; a star marks a result the reader brought about. */
function resultsOf(w: object) {
  const heard: string[] = [];
  const stage = {parts: {} as Parts, name: "any", source: {}, say() {}, isStill: () => false};
  const results = new Results(w as PlayerStage["w"], stage, {
    onResult: ({result, cause, isReaders}: Outcome) => heard.push(`${result} ${cause}${isReaders ? "*" : ""}`),
    onMove: (values, cause) => heard.push(`${JSON.stringify(values)} ${cause}`),
    onFailure: (sentence, isRun, isLost) => heard.push(`${isRun ? "run: " : ""}${isLost ? "lost: " : ""}${sentence}`),
    onLate: (isLate) => heard.push(isLate ? "late" : "come"),
  });
  return {heard, results};
}

test("a result that is computed at once comes at once, and is the reader's own where the reader caused it", async () => {
  const {heard, results} = resultsOf({compute: ({r}: {r: number}) => r});
  for (const cause of ["start", "host", "reader", "typing"] as const) results.ask({r: 4}, cause);
  expect(heard).toEqual(["4 start", "4 host", "4 reader*", "4 typing*"]);
  await expect(results.wait()).resolves.toBeUndefined();
});

test("a prepared result is not computed again, and not shown for other parameters", () => {
  const computed: number[] = [];
  const {heard, results} = resultsOf({compute: ({r}: {r: number}) => computed.push(r)});
  const params = {r: 4};
  results.prepare(params);
  results.ask(params, "start");
  expect(computed).toEqual([4]);
  results.prepare(params);
  results.ask({r: 5}, "reader");
  results.ask(params, "reader");
  expect(computed).toEqual([4, 4, 5, 4]);
  expect(heard).toHaveLength(3);
});

/** Results of a widget with runs whose player the test holds. */
async function played() {
  let stage!: PlayerStage;
  const asked: unknown[] = [];
  const player: Player = {
    restart: (params) => asked.push(params),
    press: (tool) => asked.push(tool),
    isPlaying: () => false,
    sleep() {},
    wake() {},
    end() {},
  };
  const take = (given: PlayerStage) => {
    stage = given;
    return player;
  };
  const it = resultsOf({player: async () => ({player: take})});
  it.results.ask({r: 1}, "start");
  expect(asked).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve));
  return {...it, stage, asked};
}

test("what is asked before the player has loaded begins once it has", async () => {
  const {asked, results} = await played();
  expect(asked).toEqual([{r: 1}]);
  results.play(true, "host");
  results.play(false, "host");
  expect(asked).toEqual([{r: 1}, "play"]);
});

test("what a run shows while it plays belongs to whoever pressed Play", async () => {
  const {heard, stage, results} = await played();
  stage.show("first");
  results.press("play", "host");
  stage.show("second");
  results.press("play", "reader");
  stage.move({step: 1});
  results.ask({step: 1}, "animation");
  stage.show("third");
  results.press("step", "reader");
  stage.show("fourth");
  results.ask({step: 0}, "start");
  stage.show("again");
  expect(heard).toEqual([
    "first start",
    "second animation",
    '{"step":1} animation',
    "third animation*",
    "fourth reader*",
    "again start",
  ]);
});

test("a run that stops is told, and so is whoever waits for its result", async () => {
  const {stage, heard, results} = await played();
  const waiting = expect(results.wait()).rejects.toThrow("The run stopped: no memory.");
  stage.fail("no memory");
  await waiting;
  expect(heard.join()).toMatch(/^run: The run stopped: no memory\. Press Reset/);
});

test("a player that does not load is told, and so is whoever waits for a result", async () => {
  const {heard, results} = resultsOf({player: () => Promise.reject(new Error("404"))});
  results.ask({}, "start");
  await expect(results.wait()).rejects.toThrow("did not load");
  expect(heard.join()).toBe("lost: The script that runs this figure did not load.");
});

test("a file of a run that did not load is told; what is late is taken back once a result comes", async () => {
  const {stage, heard} = await played();
  stage.fail("weights.js", true);
  expect(heard).toEqual(["run: lost: A file that this run needs did not load."]);
  stage.late();
  stage.show("there");
  stage.show("there too");
  expect(heard.slice(1)).toEqual(["late", "come", "there start", "there too start"]);
});

test("a player that hangs is told as a run is", async () => {
  vi.useFakeTimers();
  const {heard} = resultsOf({player: () => new Promise(() => {})});
  await vi.advanceTimersByTimeAsync(4900);
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  vi.useRealTimers();
  expect(heard).toEqual(["late"]);
});

test("who waits hears why no result came; one that comes later is there for whoever asks then", async () => {
  const {stage, results} = await played();
  const waiting = expect(results.wait()).rejects.toThrow("The run stopped: no memory.");
  stage.fail("no memory");
  await waiting;
  stage.show("there after all");
  await results.wait();
  stage.fail("no memory");
  await results.wait();
  results.ask({r: 2}, "reader");
  const next = expect(results.wait()).rejects.toThrow("no memory");
  stage.fail("no memory");
  await next;
});

test("end says whether somebody was still waiting", async () => {
  const {results, stage} = await played();
  const waiting = expect(results.wait()).rejects.toThrow("taken away");
  expect(results.end()).toBe(true);
  await waiting;
  results.ask({r: 2}, "start");
  stage.show("there");
  expect(results.end()).toBe(false);
});
