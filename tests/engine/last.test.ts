import {expect, test, vi} from "vitest";
import {lastOf} from "../../src/engine/last.ts";

test("the latest call is remembered, and only that", () => {
  const f = vi.fn((n: number, unit: string) => ({text: `${n} ${unit}`}));
  const last = lastOf(f);
  const first = last(3, "kB");
  expect(first).toEqual({text: "3 kB"});
  expect(last(3, "kB")).toBe(first);
  expect(f).toHaveBeenCalledTimes(1);
  expect([last(4, "kB"), last(3, "kB")]).toEqual([{text: "4 kB"}, {text: "3 kB"}]);
  expect(f).toHaveBeenCalledTimes(3);
});

test("equal objects are different arguments", () => {
  const f = vi.fn((x: {r: number}) => x.r);
  const last = lastOf(f);
  const x = {r: 4};
  expect([last(x), last(x), last({r: 4})]).toEqual([4, 4, 4]);
  expect(f).toHaveBeenCalledTimes(2);
});

test("NaN equals itself, missing arguments differ from undefined ones, undefined results are remembered", () => {
  const f = vi.fn((..._: (number | undefined)[]) => undefined);
  const last = lastOf(f);
  last(Number.NaN);
  last(Number.NaN);
  expect(f).toHaveBeenCalledTimes(1);
  last();
  last(undefined);
  expect(f).toHaveBeenCalledTimes(3);
});

test("a call that throws is not remembered and does not replace the one that is", () => {
  const f = vi.fn((n: number) => {
    if (n < 0) throw new Error("negative");
    return n;
  });
  const last = lastOf(f);
  last(1);
  expect(() => last(-1)).toThrow("negative");
  expect(() => last(-1)).toThrow("negative");
  last(1);
  expect(f).toHaveBeenCalledTimes(3);
});
