/** How `latency` is played: a batch is sent down the lanes, and this device is measured only when it is asked to. */
import {parseHTML} from "linkedom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {player} from "../../src/figure/runs/player.ts";
import type {RunModel} from "../../src/figure/runs/serve.ts";
import type {Parts, Player, PlayerStage} from "../../src/figure/widget.ts";
import {controls, type LatencyParams} from "../../src/figures/latency/controls.ts";
import type {LatencyResult, MeasuredTimes} from "../../src/figures/latency/layer.ts";
import w from "../../src/figures/latency/widget.ts";
import {heldFrames} from "../figure/heldFrames.ts";

let frames: ReturnType<typeof heldFrames>;
/** What the clock says, in ms. */
let now = 0;
const draw = async (ms = 0) => {
  now += ms;
  await new Promise((resolve) => setTimeout(resolve));
  frames.draw();
};
beforeEach(() => {
  frames = heldFrames();
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const at = (raw: Readonly<Record<string, unknown>> = {}): LatencyParams => parse(controls, raw).params;

/** Three samples; the adapter takes 1.2 times as long as merged. */
function* measuring() {
  yield null;
  const of = (median: number) => ({low: median, median, high: median});
  const times = {merged: of(1), unmerged: of(1.1), adapter: of(1.2), prefix: of(1.15)};
  for (let samples = 1; samples <= 3; samples++) yield {samples, plannedSamples: 3, times} as unknown as MeasuredTimes;
}

/** A figure around the player, which takes the values of the slider back to it as a page does. */
function staged({isStill = false, compute = measuring}: {isStill?: boolean; compute?: unknown} = {}) {
  const {document} = parseHTML(
    '<figure><button data-do="play"></button><progress class="done"></progress><div class="picture"></div></figure>',
  );
  const figure = document.querySelector("figure")!;
  const shown: LatencyResult[] = [];
  const failed: string[] = [];
  let params = at();
  let it: Player;
  const set = (raw: Readonly<Record<string, unknown>>) => {
    params = parse(controls, raw, {base: params, boundsOf: w.bounds as never}).params;
    it.restart(params);
  };
  const stage: PlayerStage = {
    parts: {figure, picture: figure.querySelector(".picture")!} as unknown as Parts,
    name: "latency",
    w,
    source: {model: async () => ({compute}) as unknown as RunModel},
    show: (result) => shown.push(result as LatencyResult),
    move: set,
    say() {},
    fail: (reason) => failed.push(reason),
    late() {},
    isStill: () => isStill,
  };
  it = player(stage);
  set({});
  return {
    set,
    failed,
    press: (tool: "play" | "step" | "restart" = "play") => it.press(tool),
    it,
    after: () => params.after,
    button: () => figure.querySelector("button")!.textContent,
    samples: () => shown.at(-1)!.measured?.samples,
  };
}

test("a batch takes 2.6 seconds to the last lane, stops where it is paused, and goes on from there", async () => {
  const {press, after, button, it} = staged();
  expect(button()).toBe("Send a batch");
  press();
  expect([button(), it.isPlaying()]).toEqual(["Pause", true]);
  await draw(1300);
  expect(after()).toBe(65);
  press();
  await draw(1000);
  expect([after(), button()]).toEqual([65, "Send a batch"]);
  press();
  await draw(650);
  expect(after()).toBe(97);
  await draw(2000);
  // AdapterH takes 30.3% longer.
  expect([after(), button(), it.isPlaying()]).toEqual([131, "Send a batch", false]);
  press();
  await draw(0);
  expect(after()).toBe(0);
});

test("without motion a batch is through at once", () => {
  const {press, after} = staged({isStill: true});
  press();
  expect(after()).toBe(131);
});

test("this device is measured when Measure is pressed, and not before; a shape that was measured keeps its times", async () => {
  const {press, set, button, samples} = staged();
  set({times: "here"});
  for (let i = 0; i < 5; i++) await draw(1);
  expect([button(), samples()]).toEqual(["Measure", undefined]);
  press();
  expect(button()).toBe("Pause");
  for (let i = 0; i < 12; i++) await draw(10);
  expect([button(), samples()]).toEqual(["Measure", 3]);
  set({times: "paper"});
  expect([button(), samples()]).toEqual(["Send a batch", undefined]);
  set({setting: "16x256"});
  set({times: "here"});
  expect(samples()).toBe(3);
  set({width: "64"});
  for (let i = 0; i < 3; i++) await draw(1);
  expect(samples()).toBe(undefined);
  set({width: "256"});
  expect(samples()).toBe(3);
  press();
  for (let i = 0; i < 12; i++) await draw(10);
  expect(samples()).toBe(3);
});

test("Restart forgets what was measured, and leaving for the paper's times pauses", async () => {
  const {press, set, button, samples, after, it} = staged();
  set({times: "here"});
  press("step");
  for (let i = 0; i < 3; i++) await draw(10);
  expect([button(), samples()]).toEqual(["Measure", 1]);
  press();
  set({times: "paper"});
  expect([button(), it.isPlaying()]).toEqual(["Send a batch", false]);
  press("restart");
  expect(after()).toBe(0);
  press("step");
  expect(after()).toBe(1);
  set({times: "here"});
  press("restart");
  expect([button(), samples()]).toEqual(["Measure", undefined]);
});

test("a clock that cannot time is told, and Measure is offered again", async () => {
  const {press, set, failed, button} = staged({
    *compute() {
      yield null;
      throw new Error("the clock stood still");
    },
  });
  set({times: "here"});
  press();
  for (let i = 0; i < 4; i++) await draw(10);
  expect(failed).toEqual(["the clock stood still"]);
  expect(button()).toBe("Measure");
});
