import {range, scaleLinear, scaleLog, scaleQuantize} from "d3";
import fc from "fast-check";
import {expect, test} from "vitest";
import {binsOf, decades, linearScale, logScale, rangeOf} from "../../../../src/figure/plot/axes/scales.ts";

const size = fc.double({min: 1e-6, max: 1e6, noNaN: true});
const value = fc.integer({min: -1e9, max: 1e9}).map((n) => n / 128);
const pair = fc.tuple(value, value);

test("linear places and values are d3's", () => {
  fc.assert(
    fc.property(pair, pair, value, ([a, b], [from, to], x) => {
      const domain = [Math.min(a, b), Math.max(a, b)] as const;
      const [ours, theirs] = [linearScale(domain, [from, to]), scaleLinear(domain, [from, to])];
      expect(ours(x)).toBe(theirs(x));
      if (domain[1] - domain[0] > 1 && Math.abs(to - from) > 1) expect(ours.invert(ours(x))).toBeCloseTo(x, 3);
    }),
  );
});

test("logarithmic places are d3's, and lead back to their values", () => {
  fc.assert(
    fc.property(size, size, size, (a, b, x) => {
      fc.pre(Math.abs(Math.log(b / a)) > 0.1);
      const domain = [Math.min(a, b), Math.max(a, b)] as const;
      const ours = logScale(domain, [0, 200]);
      expect(ours(x)).toBeCloseTo(scaleLog(domain, [0, 200])(x), 8);
      expect(ours.invert(ours(x)) / x).toBeCloseTo(1, 8);
    }),
  );
});

test("decades are d3's ticks that are powers of ten", () => {
  const isPower = (tick: number) => Number.isInteger(Math.log10(tick));
  for (const [a, b] of [
    [1, 8],
    [1, 64],
    [1, 12288],
    [2, 5e9],
    [30, 4e7],
    [24576, 150_994_944],
    [1, 1e12],
  ] as const)
    expect(decades([a, b], 5), `${a} to ${b}`).toEqual(scaleLog([a, b], [0, 1]).ticks(5).filter(isPower));
});

test("binsOf are d3's at every value, their edges included", () => {
  fc.assert(
    fc.property(size, value, (limit, x) => {
      const theirs = scaleQuantize(range(21)).domain([-limit, limit]);
      const all = [0, x, x / 1e7, limit, -limit, ...theirs.thresholds(), Infinity, -Infinity];
      const ours = binsOf(Float64Array.from(all), limit, 21);
      expect([...ours]).toEqual(all.map(theirs));
      expect(ours[0]).toBe(10);
    }),
  );
});

test("a range is the least and the most, and something to stand on where there is nothing", () => {
  expect(rangeOf([3, -1, 2])).toEqual([-1, 3]);
  expect(rangeOf([4])).toEqual([4, 4]);
  expect([rangeOf([]), rangeOf([], [1, 1])]).toEqual([
    [0, 1],
    [1, 1],
  ]);
});
