import {expect, test, vi} from "vitest";
import {lastOf} from "../../src/engine/last.ts";

test("the same arguments are answered from memory", () => {
  const f = vi.fn((n: number, unit: string) => ({text: `${n} ${unit}`}));
  const last = lastOf(f);
  const first = last(3, "kB");
  expect(first).toEqual({text: "3 kB"});
  expect(last(3, "kB")).toBe(first);
  expect(f).toHaveBeenCalledTimes(1);
});

test("only the latest call is remembered", () => {
  const f = vi.fn((n: number) => n * n);
  const last = lastOf(f);
  expect([last(2), last(3), last(2)]).toEqual([4, 9, 4]);
  expect(f).toHaveBeenCalledTimes(3);
});

test("objects count as the same only when they are the same object", () => {
  const f = vi.fn((x: {r: number}) => x.r);
  const last = lastOf(f);
  const x = {r: 4};
  last(x);
  last(x);
  expect(f).toHaveBeenCalledTimes(1);
  last({r: 4});
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

test("a call that throws is tried again and does not disturb what was remembered", () => {
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
