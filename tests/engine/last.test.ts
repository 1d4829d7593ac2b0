import {expect, test, vi} from "vitest";
import {lastOf} from "../../src/engine/last.ts";

test("the latest call is remembered, and only that; an equal object is another argument, and NaN is the same", () => {
  const f = vi.fn((x: unknown) => [x]);
  const last = lastOf(f);
  const first = last(3);
  expect(last(3)).toBe(first);
  expect(last(4)).toEqual([4]);
  expect(last(3)).not.toBe(first);
  expect(f).toHaveBeenCalledTimes(3);
  expect(last({r: 4})).not.toBe(last({r: 4}));
  expect(last(Number.NaN)).toBe(last(Number.NaN));
});

test("a call that throws is not remembered and does not replace the one that is", () => {
  const f = vi.fn((n: number) => {
    if (n < 0) throw new Error("negative");
    return n;
  });
  const last = lastOf(f);
  last(1);
  for (const _ of [1, 2]) expect(() => last(-1)).toThrow("negative");
  last(1);
  expect(f).toHaveBeenCalledTimes(3);
});
