import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {guard} from "../../src/frame/heightGuard.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page in a frame whose host gives each height that it hears, some milliseconds later. `heightOf`: content by the frame's height. */
function obeyed(heightOf: (frame: number, width: number) => number, lag = 16) {
  const told: number[] = [];
  const size = {width: 640, frame: 300};
  const measure = () => ({...size, height: heightOf(size.frame, size.width)});
  const {look, act} = guard(
    measure,
    ({height}) => {
      told.push(height);
      setTimeout(() => {
        size.frame = height;
        look();
      }, lag);
    },
    () => Date.now(),
  );
  return {told, look, act, size};
}

test("tells each new height once", () => {
  let height = 400;
  const {told, look} = obeyed(() => height);
  look();
  look();
  vi.advanceTimersByTime(1000);
  height = 520;
  look();
  vi.advanceTimersByTime(1000);
  height = 400;
  look();
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([400, 520, 400]);
});

test.each([
  ["always taller than its frame", (frame: number) => frame + 10, 16],
  ["a share taller", (frame: number) => Math.ceil(frame * 1.1), 100],
  ["one of two heights", (frame: number) => (frame === 400 ? 420 : 400), 16],
])("a page that is %s is told a few heights, and no more", (_, heightOf, lag) => {
  const {told, look} = obeyed(heightOf, lag);
  look();
  vi.advanceTimersByTime(60_000);
  // The first, one answer to it, the last word, and one answer to that.
  expect(told.length).toBeLessThanOrEqual(4);
});

test("of a figure whose height moves as it plays, the last height is told", () => {
  let height = 400;
  const {told, look} = obeyed(() => height, 5);
  for (let i = 0; i < 40; i++) {
    height = 400 + (i % 5) * 20;
    look();
    vi.advanceTimersByTime(16);
  }
  height = 431;
  look();
  vi.advanceTimersByTime(1000);
  expect(told.at(-1)).toBe(431);
});

test("a table that is opened and shut in haste is told each time", () => {
  let height = 400;
  const {told, look, act} = obeyed(() => height, 5);
  for (height of [400, 900, 400, 900, 400, 900, 400]) {
    act();
    look();
    vi.advanceTimersByTime(60);
  }
  expect(told).toEqual([400, 900, 400, 900, 400, 900, 400]);
});

test("another width is another question, however soon", () => {
  const {told, look, size} = obeyed((_, width) => 400_000 / width, 5);
  for (const width of [640, 500, 400, 320, 250, 320, 640]) {
    size.width = width;
    look();
    vi.advanceTimersByTime(16);
  }
  expect(told).toHaveLength(7);
});
