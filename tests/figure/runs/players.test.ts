/** The player of runs, those that are computed by themselves and those that wait for the button. */
import {parseHTML} from "linkedom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {range} from "../../../src/figure/controls.ts";
import {player} from "../../../src/figure/runs/player.ts";
import type {RunModel} from "../../../src/figure/runs/serve.ts";
import type {Parts, Player, PlayerStage} from "../../../src/figure/widget.ts";
import {heldFrames} from "../heldFrames.ts";

/** Slices and frames. */
let frames: ReturnType<typeof heldFrames>;
const draw = async () => {
  for (let i = 0; i < 20; i++) {
    await new Promise((resolve) => setTimeout(resolve));
    frames.draw();
  }
};
beforeEach(() => {
  frames = heldFrames();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function* count() {
  for (let n = 0; n <= 3; n++) yield n;
}

function staged(): PlayerStage & {shown: unknown[]; heard: string[]} {
  const {document} = parseHTML(
    '<figure><button data-do="play"></button><progress class="done"></progress><div class="picture" aria-busy="true"></div></figure>',
  );
  const figure = document.querySelector("figure")!;
  const shown: unknown[] = [];
  const heard: string[] = [];
  return {
    shown,
    heard,
    parts: {figure, picture: figure.querySelector(".picture")!} as unknown as Parts,
    name: "any",
    w: {
      controls: {step: range(["Step"], {min: 0, max: 3, value: 3, clock: true})},
      runs: {clock: "step", of: () => [{}], read: ([frames]: [unknown[]]) => [...frames], grows: true},
    } as unknown as PlayerStage["w"],
    source: {model: async () => ({compute: count}) as unknown as RunModel},
    show: (result) => shown.push(result),
    move() {},
    say: (sentence) => heard.push(sentence),
    fail() {},
    late() {},
    isStill: () => false,
  };
}

/** A stage whose run is computed on Play, and whose newest frame is shown. */
function rerunStage() {
  const stage = staged();
  stage.w.runs = {of: () => [{}], read: ([frames]) => frames![0], waits: () => true, onlyNewest: true};
  return stage;
}

test("a run that ends unfinished is not waited for, and runs to its end once it is put back", async () => {
  const stage = staged();
  const {picture} = stage.parts;
  const it = player(stage);
  it.restart({step: 3});
  expect(picture.getAttribute("aria-busy")).toBe("true");
  it.end();
  expect(picture.getAttribute("aria-busy")).toBe("false");
  await draw();
  expect(stage.shown).toEqual([]);
  it.restart({step: 3});
  await draw();
  expect(stage.shown.at(-1)).toEqual([0, 1, 2, 3]);
  expect(picture.getAttribute("aria-busy")).toBe("false");
});

test("what is told to play while it sleeps plays once it wakes", async () => {
  const stage = rerunStage();
  const it = player(stage);
  it.restart({});
  await draw();
  it.sleep();
  it.press("play");
  await draw();
  expect(stage.shown).toEqual([0]);
  it.wake();
  await draw();
  expect(stage.shown.at(-1)).toBe(3);
});

test("Play says where from and to, half of a long way, and Step at the end that it is the end", async () => {
  const stage = staged();
  stage.w.controls.step = range(["Step"], {min: 0, max: 200, value: 0, clock: true});
  const times = vi.spyOn(performance, "now").mockReturnValue(0);
  const it = player({...stage, move: ({step}) => it.restart({step})});
  it.restart({step: 198});
  it.press("step");
  it.press("step");
  expect(stage.heard).toEqual([]);
  it.press("step");
  expect(stage.heard.splice(0)).toEqual(["This is step 200, the last."]);
  it.press("play");
  expect(stage.heard).toEqual(["Playing, from step 0 to 200."]);
  times.mockRestore();
});

test("a run of one snapshot has no clock: it is shown when it comes, and nothing is played", async () => {
  const stage = staged();
  stage.parts.figure.querySelector("button")!.remove();
  stage.w.runs = {of: ({word}) => [{word}], read: ([frames]) => frames![0]};
  stage.source.model = async () => ({compute: ({word}: {word: string}) => [word].values()}) as unknown as RunModel;
  const moved: unknown[] = [];
  const it = player({...stage, move: (values) => moved.push(values)});
  it.restart({word: "anna"});
  for (const tool of ["play", "step", "restart"] as const) it.press(tool);
  await draw();
  it.restart({word: "emma"});
  await draw();
  expect(stage.shown.filter((one, at, all) => one !== all[at - 1])).toEqual(["anna", "emma"]);
  expect([moved, stage.heard, it.isPlaying()]).toEqual([[], [], false]);
  it.end();
});

test("a clock whose end depends on the state stops there, at the pace of its figure", async () => {
  const stage = staged();
  stage.w.controls.step = range(["Letter"], {min: 0, max: 11, value: 0, clock: true});
  Object.assign(stage.w, {bounds: () => ({step: [0, 2]}), runs: {...stage.w.runs, pace: 2}});
  const moved: number[] = [];
  const times = vi.spyOn(performance, "now").mockReturnValue(0);
  const it = player({
    ...stage,
    move({step}) {
      moved.push(Number(step));
      it.restart({step});
    },
  });
  it.restart({step: 0});
  await draw();
  it.press("play");
  expect(stage.heard).toEqual(["Playing, from letter 0 to 2."]);
  times.mockReturnValue(490);
  await draw();
  expect(moved).toEqual([]);
  times.mockReturnValue(510);
  await draw();
  expect(moved).toEqual([1]);
  times.mockReturnValue(9000);
  await draw();
  expect(moved).toEqual([1, 2]);
  expect(it.isPlaying()).toBe(false);
  it.press("step");
  expect(stage.heard.at(-1)).toBe("This is letter 2, the last.");
  times.mockRestore();
});

test("a run without an end of its own is half done once", async () => {
  const stage = rerunStage();
  stage.w.runs!.progress = (n) => [Number(n), 3, "runs"];
  const it = player(stage);
  it.restart({});
  await draw();
  const bar = stage.parts.figure.querySelector("progress")!;
  expect(bar.getAttribute("aria-valuetext")).toBe("0 of 3 runs");
  for (let n = 0; n < 4; n++) {
    it.press("step");
    await draw();
  }
  expect(stage.heard).toEqual([]);
  it.press("play");
  await draw();
  expect(stage.heard[0]).toMatch(/^Running/);
  expect(stage.heard.length).toBeLessThanOrEqual(2);
  expect(bar.getAttribute("aria-valuetext")).toBe("3 of 3 runs");
});

test.each([
  ["computed by itself", staged],
  ["computed on Play", rerunStage],
])("a run, %s, that fails says why", async (_, stageOf) => {
  const stage = stageOf();
  const reasons: string[] = [];
  const compute = () => {
    throw new Error("no memory");
  };
  const source = {model: async () => ({compute}) as unknown as RunModel};
  player({...stage, source, fail: (reason) => reasons.push(reason)}).restart({step: 3});
  await draw();
  expect(reasons).toEqual(["no memory"]);
});

/** A lab whose run counts to 3; the clock follows what the player moves. */
function labStage() {
  const stage = staged();
  stage.w.controls.step = range(["Step"], {min: 0, max: 3, value: 0, clock: true});
  const buttonTexts = {start: "Go", wait: () => "Wait", pause: "Pause", on: "Go on", again: "Again"};
  Object.assign(stage.w, {training: {buttonTexts, resetValues: {way: "on"}}});
  Object.assign(stage.w.runs!, {waits: () => true, of: ({run = 1}) => [{run}]});
  const button = stage.parts.figure.querySelector("button")!;
  const moved: number[] = [];
  const params: Record<string, string | number> = {step: 0, way: "on"};
  const set = (values: object) => it.restart({...Object.assign(params, values)});
  const it: Player = player({
    ...stage,
    move(values) {
      moved.push(Number(values.step));
      set(values);
    },
  });
  return {it, set, params, stage, button, moved};
}

test("the lab computes one snapshot until its button is pressed, and then to its end", async () => {
  const {it, set, stage, button, moved} = labStage();
  set({step: 0});
  await draw();
  expect(stage.shown.at(-1)).toEqual([0]);
  expect([button.textContent, it.isPlaying()]).toEqual(["Go", false]);
  it.press("play");
  expect([button.textContent, it.isPlaying()]).toEqual(["Pause", true]);
  await draw();
  expect(stage.shown.at(-1)).toEqual([0, 1, 2, 3]);
  expect([button.textContent, it.isPlaying(), moved.at(-1)]).toEqual(["Again", false, 3]);
  expect(stage.heard).toEqual(["Training, from step 0 to 3."]);
});

test("the lab pressed before its run has loaded says so, and trains when it has", async () => {
  const {it, set, stage, button} = labStage();
  set({step: 0});
  it.press("play");
  expect(button.textContent).toBe("Wait");
  await draw();
  expect([button.textContent, stage.shown.at(-1)]).toEqual(["Again", [0, 1, 2, 3]]);
});

test("the lab never shows a step that was not trained, whoever asks for it", async () => {
  const {set, stage, moved} = labStage();
  set({step: 3});
  await draw();
  expect(moved).toEqual([0]);
  expect(stage.shown.at(-1)).toEqual([0]);
});

test("the lab that is back at its start, its run trained before, begins it anew to be watched", async () => {
  const {it, set, stage, button, moved} = labStage();
  set({step: 0});
  it.press("play");
  await draw();
  set({step: 0});
  expect(button.textContent).toBe("Go");
  moved.length = 0;
  it.press("play");
  expect([it.isPlaying(), moved, stage.heard.at(-1)]).toEqual([true, [], "Training, from step 0 to 3."]);
  await draw();
  expect([button.textContent, moved.at(-1)]).toEqual(["Again", 3]);
  // From a step on its way it goes to the end, as before.
  set({step: 1});
  expect(button.textContent).toBe("Go on");
  it.press("play");
  expect([it.isPlaying(), moved.at(-1)]).toEqual([false, 3]);
});

test("the lab pressed at its end trains the same run anew", async () => {
  const {it, set, stage, button, moved} = labStage();
  set({step: 0});
  it.press("play");
  await draw();
  moved.length = 0;
  it.press("play");
  expect(moved).toEqual([0]);
  await draw();
  expect(stage.shown.at(-1)).toEqual([0, 1, 2, 3]);
  expect([button.textContent, moved.at(-1)]).toEqual(["Again", 3]);
});

test("the lab gives another run, and the same one trained again, what a run begins with, unless it came along", async () => {
  const {it, set, params} = labStage();
  set({way: "half"});
  it.press("play");
  await draw();
  expect(params).toMatchObject({step: 3, way: "half"});
  it.press("play");
  await draw();
  expect(params).toMatchObject({step: 3, way: "on"});
  set({way: "half"});
  set({run: 2});
  expect(params).toMatchObject({step: 0, way: "on"});
  set({run: 1, way: "half"});
  expect(params).toMatchObject({step: 0, way: "half"});
});
