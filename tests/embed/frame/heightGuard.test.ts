import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {heightGuard} from "../../../src/embed/frame/connectToHost.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A frame whose host resizes it to each height sent, `lag` ms later. `heightOf`: the content's height, given the frame's size. */
function inHost(heightOf: (frame: number, width: number) => number, lag = 16) {
  const sent: number[] = [];
  const size = {width: 640, frameHeight: 300};
  const measure = () => ({...size, height: heightOf(size.frameHeight, size.width)});
  const {check, userActed} = heightGuard(
    measure,
    ({height}) => {
      sent.push(height);
      setTimeout(() => {
        size.frameHeight = height;
        check();
      }, lag);
    },
    () => Date.now(),
  );
  return {sent, check, userActed, size};
}

test("each new height is sent once", () => {
  let height = 0;
  const {sent, check} = inHost(() => height);
  for (height of [400, 400, 520, 400]) {
    check();
    check();
    vi.advanceTimersByTime(1000);
  }
  expect(sent).toEqual([400, 520, 400]);
});

test.each([
  ["always taller than its frame", (frame: number) => frame + 10, 16],
  ["taller by a share", (frame: number) => Math.ceil(frame * 1.1), 100],
  ["one of two heights", (frame: number) => (frame === 400 ? 420 : 400), 16],
])("a page that is %s sends a few heights and then stops", (_, heightOf, lag) => {
  const {sent, check} = inHost(heightOf, lag);
  check();
  vi.advanceTimersByTime(60_000);
  // The first, one that follows from it, the last, and one that follows from that.
  expect(sent.length).toBeLessThanOrEqual(4);
});

test("of a figure whose height moves as it plays, the last height is sent", () => {
  let height = 400;
  const {sent, check} = inHost(() => height, 5);
  for (let i = 0; i < 40; i++) {
    height = 400 + (i % 5) * 20;
    check();
    vi.advanceTimersByTime(16);
  }
  height = 431;
  check();
  vi.advanceTimersByTime(1000);
  expect(sent.at(-1)).toBe(431);
});

test("a table that the reader opens and shuts quickly is sent each time", () => {
  let height = 400;
  const {sent, check, userActed} = inHost(() => height, 5);
  for (height of [400, 900, 400, 900, 400, 900, 400]) {
    userActed();
    check();
    vi.advanceTimersByTime(60);
  }
  expect(sent).toEqual([400, 900, 400, 900, 400, 900, 400]);
});

test("every new width gives a new height, however soon", () => {
  const {sent, check, size} = inHost((_, width) => 400_000 / width, 5);
  for (const width of [640, 500, 400, 320, 250, 320, 640]) {
    size.width = width;
    check();
    vi.advanceTimersByTime(16);
  }
  expect(sent).toHaveLength(7);
});
