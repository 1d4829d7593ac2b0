import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {HostEvents} from "../../../src/figure/live/hostEvents.ts";
import type {AnyWidget} from "../../../src/figure/widget.ts";
import {heldFrames} from "../heldFrames.ts";

let frames: ReturnType<typeof heldFrames>;
beforeEach(() => {
  frames = heldFrames();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const widget = {
  predictions: (_: unknown, {guess}: {guess: string}) => [
    {item: "guess", prediction: guess, actual: null, error: null},
  ],
} as unknown as AnyWidget;

/** One that tells, and the types of what it told. */
function telling() {
  const host = new EventTarget();
  const heard: string[] = [];
  for (const type of ["change", "predict", "complete"]) host.addEventListener(`lora-${type}`, () => heard.push(type));
  return {heard, told: new HostEvents(host as HTMLElement, widget, {guess: "none"})};
}

test("what a host set or played is not told as the reader's guess or success", () => {
  const {heard, told} = telling();
  told.onResult({}, {guess: "none"}, "", undefined, false, false);
  told.onResult({}, {guess: "low"}, "", "host", false, true);
  told.onResult({}, {guess: "high"}, "", "animation", false, true);
  expect(heard).toEqual([]);
  told.onResult({}, {guess: "low"}, "", "animation", true, true);
  expect(heard).toEqual(["predict", "complete"]);
});

test("taken away before a frame was drawn and put back, it tells of changes while they move", () => {
  const {heard, told} = telling();
  told.onResult({}, {guess: "low"}, "", "host", false, false);
  told.end();
  told.onResult({}, {guess: "high"}, "", "host", false, false);
  frames.draw();
  expect(heard).toEqual(["change"]);
});
