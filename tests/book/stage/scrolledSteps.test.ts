import {afterEach, expect, test, vi} from "vitest";
import {undock} from "../../../src/book/stage/dock.ts";
import {startSteps} from "../../../src/book/stage/following.ts";
import type {Figure} from "../../../src/book/stage/phrases.ts";
import {type LaidOut, layOut} from "./laidOut.ts";

const html = `
  <section class="stage">
    <lora-widget data-size="card"><figure><div data-picture></div></figure></lora-widget>
    <div class="steps"><ol>
      ${[1, 2, 3].map((n) => `<li class="s${n}"><a class="set" data-params='{"n":${n}}'>step ${n}</a></li>`).join("")}
    </ol></div>
  </section>`;
const boxes = {
  ".stage": [1000, 4000],
  "lora-widget": [1100, 1700],
  "[data-picture]": [1150, 1550],
  ol: [3000, 3300],
  ".s1": [3000, 3100],
  ".s2": [3100, 3200],
  ".s3": [3200, 3300],
} as const;

let it: LaidOut;
let follow: () => void;
let done: () => void;
const sets: string[] = [];

function open(isNarrow: boolean) {
  sets.length = 0;
  it = layOut(html, boxes, isNarrow);
  (it.one("lora-widget") as Figure).set = () => Promise.resolve();
  follow = startSteps(it.document, (_, phrase) => {
    sets.push(phrase.textContent!);
    return new Promise<void>((resolve) => {
      done = resolve;
    });
  });
}
/** The reading line of a wide window is at 472: scrolls so that it stands at the page's `y`. */
const read = async (y: number) => {
  it.page.scrolled = y - 472;
  follow();
  done?.();
  await new Promise((resolve) => setTimeout(resolve));
};
const now = () => [...it.document.querySelectorAll(".now")].map(({className}) => className);

afterEach(() => {
  undock();
  vi.unstubAllGlobals();
});

test("the step whose top the line has passed last is now, on the way down and up; leaving the list sets nothing", async () => {
  open(false);
  const seen = [];
  for (const y of [2990, 3010, 3090, 3110, 3210, 3290, 3720, 3740, 3290, 3110, 3010, 2990]) {
    await read(y);
    seen.push(now().join() || "-");
  }
  // The list's end leaves the window under the bar when the line is 428 px below it.
  expect(seen).toEqual([
    "-",
    "s1 now",
    "s1 now",
    "s2 now",
    "s3 now",
    "s3 now",
    "s3 now",
    "-",
    "s3 now",
    "s2 now",
    "s1 now",
    "-",
  ]);
  expect(sets).toEqual(["step 1", "step 2", "step 3", "step 3", "step 2", "step 1"]);
});

test("a pressed step is lit, until the line comes to another one", async () => {
  open(false);
  await read(3110);
  it.send(it.one(".s3 a"), "phrase", {detail: {figure: it.one("lora-widget")}});
  expect(now()).toEqual(["s3 now"]);
  await read(3120);
  expect(now()).toEqual(["s3 now"]);
  await read(3010);
  expect(now()).toEqual(["s1 now"]);
  expect(sets).toEqual(["step 2", "step 1"]);
});

test("of several that are passed while one is set, only the last is set", async () => {
  open(false);
  it.page.scrolled = 3010 - 472;
  follow();
  for (const y of [3110, 3210]) {
    it.page.scrolled = y - 472;
    follow();
  }
  done();
  await new Promise((resolve) => setTimeout(resolve));
  expect(sets).toEqual(["step 1", "step 3"]);
});

test("the reader's hand wins, until a phrase is pressed or the stage is left", async () => {
  open(false);
  const place = it.one("lora-widget");
  await read(3010);
  it.send(place, "lora-change", {detail: {reason: "host"}});
  await read(3110);
  expect(sets).toEqual(["step 1", "step 2"]);
  for (const reason of ["user", "animation"]) {
    sets.length = 0;
    it.send(place, "lora-change", {detail: {reason}});
    await read(3210);
    await read(3110);
    expect(now()).toEqual(["s2 now"]);
    expect(sets).toEqual([]);
    it.send(it.one(".s2 a"), "phrase", {detail: {figure: place}});
    await read(3210);
    expect(sets).toEqual(["step 3"]);
    await read(3110);
  }
  it.send(place, "lora-change", {detail: {reason: "user"}});
  await read(5000);
  sets.length = 0;
  await read(3210);
  expect(sets).toEqual(["step 3"]);
});

test("a field that is moved holds the figure before its result is there, and takes back the step that was to come", async () => {
  open(false);
  const place = it.one("lora-widget");
  for (const y of [3010, 3110]) {
    it.page.scrolled = y - 472;
    follow();
  }
  it.send(it.one("[data-picture]"), "input");
  done();
  await new Promise((resolve) => setTimeout(resolve));
  await read(3210);
  expect(sets).toEqual(["step 1"]);
  it.send(it.one(".s2 a"), "phrase", {detail: {figure: place}});
  // The figure itself sends one after any change, a host's too.
  it.send(place, "input");
  await read(3110);
  expect(sets).toEqual(["step 1", "step 2"]);
});

test("on a narrow window the figure docks while its list is read, and no step is skipped when it does", async () => {
  open(true);
  const place = it.one("lora-widget");
  const frame = it.one("[data-picture]");
  frame.innerHTML = '<svg style="--drawn:480"></svg>';
  // Without a result what docked would be its first frame, which has another height.
  it.page.scrolled = 2470;
  follow();
  expect(place.dataset.size).toBe("card");
  it.send(place, "lora-ready");
  expect(place.dataset.size).toBe("dock");
  frame.replaceChildren();
  const at = (scrolled: number) => {
    it.page.scrolled = scrolled;
    follow();
    return [it.one("lora-widget").dataset.size, now().join()];
  };
  expect(at(2400)).toEqual(["card", ""]);
  expect(at(2470)).toEqual(["dock", "s1 now"]);
  expect(at(2471)).toEqual(["dock", "s1 now"]);
  expect(at(2600)[1]).toBe("s2 now");
  // 369 px of the window are taken to be bar and dock: the list's end is in view until it is above them.
  expect(at(2930)).toEqual(["dock", "s3 now"]);
  expect(at(2932)).toEqual(["card", ""]);
  expect(at(2933)).toEqual(["card", ""]);
  expect(at(3010)).toEqual(["card", ""]);
});

test("steps stand still where nothing can be pinned", () => {
  open(false);
  vi.stubGlobal("matchMedia", () => ({matches: false}));
  it.page.scrolled = 3010 - 472;
  follow();
  expect(now()).toEqual([]);
  expect(sets).toEqual([]);
});
