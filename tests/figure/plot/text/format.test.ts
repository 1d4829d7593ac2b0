import fc from "fast-check";
import {describe, expect, test, vi} from "vitest";
import {
  bytesText,
  counted,
  countText,
  fixed,
  percent,
  significant,
  tenTo,
  times,
  twoDigits,
  whole,
} from "../../../../src/figure/plot/text/format.ts";

const thin = "\u2009";

test.each([
  [0, "0"],
  [-0, "0"],
  [-0.4, "0"],
  [0.5, "1"],
  [-0.5, "−1"],
  [150_994_944, "150,994,944"],
  [-1536, "−1,536"],
])("whole(%f) is %s", (x, text) => expect(whole(x)).toBe(text));

test.each([
  [0, 2, "0.00"],
  [-0, 2, "0.00"],
  [-0.004, 2, "0.00"],
  [-0.5, 2, "−0.50"],
  [0.125, 2, "0.13"],
  [-0.125, 2, "−0.13"],
  [1234.5, 1, "1,234.5"],
  [1e-300, 4, "0.0000"],
  [9.999, 2, "10.00"],
  [999999999, 1, "999,999,999.0"],
  [-2.5e38, 4, "−2.5 × 10³⁸"],
])("fixed(%f, %i) is %s", (x, decimals, text) => expect(fixed(x, decimals)).toBe(text));

test.each([
  [0, "0%"],
  [-0, "0%"],
  [1, "100%"],
  [1e-13, "0%"],
  [1 - 1e-13, "100%"],
  [1 + 1e-13, "100%"],
  [1e-9, "< 0.0001%"],
  [0.000_04, "0.004%"],
  [0.000_041, "0.0041%"],
  [0.0123, "1.2%"],
  [0.1357, "13.6%"],
  [0.0095, "1.0%"],
  [0.009_49, "0.95%"],
  [0.9994, "99.9%"],
  [0.9995, "99.950%"],
  [0.999_98, "99.998%"],
  [0.999_999_99, "99.999%"],
  [1.5, "150.0%"],
  [-0.25, "−25.0%"],
  [-1e-9, "> −0.0001%"],
])("percent(%f) is %s", (share, text) => expect(percent(share)).toBe(text));

test("percent never reads none or all of what is some, nor shows more than six decimals, and never falls as the share grows", () => {
  let before = 0;
  for (let n = -11; n < 0; n += 0.01) {
    for (const share of [10 ** n, 1 - 10 ** n].filter((x) => x > 1e-12 && x < 1 - 1e-12)) {
      expect(["0%", "100%", "100.0%"], String(share)).not.toContain(percent(share));
      expect(percent(share)).not.toMatch(/\.\d{7}/);
    }
    const shown = Number.parseFloat(percent(10 ** n).replace("< ", ""));
    expect(shown).toBeGreaterThanOrEqual(before);
    before = shown;
  }
});

test.each([
  [0, "0"],
  [-0, "0"],
  [999, "999"],
  [1000, `1${thin}k`],
  [98_304, `98.3${thin}k`],
  [4_718_592, `4.72${thin}M`],
  [175e9, `175${thin}B`],
  [3e12, `3${thin}T`],
  [-98_304, `−98.3${thin}k`],
])("count(%f) is %s", (x, text) => expect(countText(x)).toBe(text));

test("count never shows a thousand of a unit: 999,999 is 1 M", () => {
  expect(countText(999_999)).toBe(`1${thin}M`);
  expect(countText(999_999_999)).toBe(`1${thin}B`);
  expect(countText(999_499)).toBe(`999${thin}k`);
});

test.each([
  [1536, "1,536×"],
  [6, "6×"],
  [1.234, "1.23×"],
  [0.5, "0.5×"],
  [99.96, "100×"],
  [123.4, "123×"],
])("times(%f) is %s", (x, text) => expect(times(x)).toBe(text));

test.each([
  [0, 3, "0"],
  [-0, 3, "0"],
  [1234.567, 6, "1,234.57"],
  [-0.000_123_4, 2, "−0.00012"],
])("significant(%f, %i) is %s", (x, digits, text) => expect(significant(x, digits)).toBe(text));

describe("counted", () => {
  test.each([
    [0, "0 rows"],
    [1, "1 row"],
    [2304, "2,304 rows"],
  ])("of %i", (n, text) => expect(counted(n, "row")).toBe(text));
});

test.each([
  [0, "0"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [999.5, `1${thin}kB`],
  [37_748_736, `37.7${thin}MB`],
  [349.2e9, `349${thin}GB`],
  [999.6e9, `1${thin}TB`],
  [1.397e12, `1.4${thin}TB`],
  [4.2e15, `4.2${thin}PB`],
])("bytes(%f) is %s", (x, text) => expect(bytesText(x)).toBe(text));
test("sizes of any magnitude keep two digits, the smallest as a power of ten", () => {
  expect([0, 0.16, 0.0039, 1.5, -0.25].map(twoDigits)).toEqual(["0", "0.16", "0.0039", "1.5", "−0.25"]);
  expect([6.7e-8, -9.96e-4, 1e-16].map(twoDigits)).toEqual(["6.7 × 10⁻⁸", "−1.0 × 10⁻³", "1.0 × 10⁻¹⁶"]);
  expect([0, 3, -12].map(tenTo)).toEqual(["10⁰", "10³", "10⁻¹²"]);
});

test("numbers are written as the browser's own formatter writes them, ties of their shortest form included", () => {
  const size = fc.oneof(
    fc.double({min: 0, max: 9e8, noNaN: true}),
    fc.double({min: 0, max: 10, noNaN: true}),
    fc.integer({min: 0, max: 999_999_999}),
    // 1.005 is stored as less, and both write 1.01.
    fc
      .tuple(fc.integer({min: 0, max: 999_999}), fc.integer({min: 1, max: 9}))
      .map(([n, places]) => Number(`${n}5e-${places}`)),
  );
  const digits = fc.integer({min: 0, max: 6});
  fc.assert(
    fc.property(size, digits, (x, n) => {
      const decimals = {minimumFractionDigits: n, maximumFractionDigits: n};
      expect(fixed(x, n)).toBe(x.toLocaleString("en-US", decimals));
      expect(significant(x, n + 1)).toBe(x.toLocaleString("en-US", {maximumSignificantDigits: n + 1}));
      expect(whole(x * 1e9)).toBe((x * 1e9).toLocaleString("en-US", {maximumFractionDigits: 0}));
    }),
    {seed: 17, numRuns: 3000},
  );
});

test("a figure's first number asks the browser for no formatter, which a slow phone takes 50 ms to make", () => {
  const made = vi.spyOn(Intl, "NumberFormat");
  const written = vi.spyOn(Number.prototype, "toLocaleString");
  expect([whole(1234), fixed(0.5, 1), significant(12.34, 3)]).toEqual(["1,234", "0.5", "12.3"]);
  expect([made, written].map(({mock}) => mock.calls)).toEqual([[], []]);
  vi.restoreAllMocks();
});
