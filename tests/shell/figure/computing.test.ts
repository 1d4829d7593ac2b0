import {expect, test} from "vitest";
import type {Cause} from "../../../src/shell/cause.ts";
import {computing} from "../../../src/shell/figure/computing.ts";
import type {Parts} from "../../../src/shell/figure/skeleton.ts";
import type {Stage} from "../../../src/shell/runs/player.ts";

/** A source of results; `painted` is each result with its cause, and a star where it is the reader's own. */
function source(w: object) {
  const painted: string[] = [];
  const told: string[] = [];
  const host = new EventTarget();
  const stage = {parts: {} as Parts, name: "any", w: w as Stage["w"], means: {}, say() {}, still: () => false};
  const set = (values: object, cause: Cause) => void painted.push(`${JSON.stringify(values)} ${cause}`);
  const paint = (result: unknown, cause: Cause, isOwn: boolean) =>
    void painted.push(`${result} ${cause}${isOwn ? "*" : ""}`);
  const [run, press, renew, first] = computing(
    host as HTMLElement,
    stage,
    () => ({r: 4}),
    set,
    paint,
    (sentences) => told.push(...sentences),
  );
  return {painted, told, host, run, press, renew, first};
}

test("what is computed at once is there at once, and the reader's own where the reader's hand brought it about", async () => {
  const {painted, renew, first} = source({compute: ({r}: {r: number}) => r});
  for (const cause of ["start", "host", "reader", "typing"] as const) renew(cause);
  expect(painted).toEqual(["4 start", "4 host", "4 reader*", "4 typing*"]);
  await expect(first.wait()).resolves.toBeUndefined();
});

/** One whose player the test holds. */
async function played() {
  let stage!: Stage;
  const player = {restart() {}, press() {}, isPlaying: () => false};
  const take = (given: Stage) => {
    stage = given;
    return player;
  };
  const it = source({player: async () => ({player: take})});
  await new Promise((resolve) => setTimeout(resolve));
  return {...it, stage};
}

test("what a run shows while it plays is of who pressed Play", async () => {
  const {painted, stage, press, renew} = await played();
  renew("start");
  stage.show("first");
  press("play", "host");
  stage.show("second");
  press("play", "reader");
  stage.set({step: 1});
  renew("animation");
  stage.show("third");
  press("step", "reader");
  stage.show("fourth");
  renew("start");
  stage.show("again");
  expect(painted).toEqual([
    "first start",
    "second animation",
    '{"step":1} animation',
    "third animation*",
    "fourth reader*",
    "again start",
  ]);
});

test("a run that stops says so to the reader and to the host, and whoever waits for its result hears it", async () => {
  const {stage, told, host, renew, first} = await played();
  const heard: unknown[] = [];
  host.addEventListener("lora-error", (event) => heard.push((event as CustomEvent).detail.code));
  renew("start");
  const waiting = expect(first.wait()).rejects.toThrow("The run stopped: no memory.");
  stage.fail("no memory");
  await waiting;
  expect(told.join()).toMatch(/^The run stopped: no memory\. Reset/);
  expect(heard).toEqual(["run"]);
});
