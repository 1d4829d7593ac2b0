import {readFileSync} from "node:fs";
import fc from "fast-check";
import {expect, test} from "vitest";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {bf16, decode16, encode16, type Float16, fp16, nearestEven} from "../../../src/engine/memory/float16.ts";
import {NF4_VALUES, nf4Bytes, roundNf4} from "../../../src/engine/memory/nf4.ts";
import {roundBf16, roundFp16, roundFp32, roundInt8} from "../../../src/engine/memory/rounding.ts";
import {largestDifference} from "../fixture.ts";

/** NumPy's answers, with ±Infinity as a word. */
const fixture = JSON.parse(readFileSync(new URL("../../fixtures/rounding.json", import.meta.url), "utf8"));
const floats = (values: (number | string)[]) => Float64Array.from(values, Number);

const anyFloat = fc.double({noNaN: true});
const finite = fc.double({noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30});
const formats: [string, Float16, typeof roundFp16][] = [
  ["fp16", fp16, roundFp16],
  ["bf16", bf16, roundBf16],
];

for (const [name, format, round] of formats) {
  test(`${name}: codes and values are NumPy's, at ties, subnormals and the edge of overflow`, () => {
    const {codes, values} = round(floats(fixture.sixteen.x));
    expect(codes).toEqual(Uint16Array.from(fixture.sixteen[name].codes));
    expect(values).toEqual(floats(fixture.sixteen[name].values));
  });

  test(`${name}: each of the 65,536 codes is the code of its number; NaN, infinities and both zeros stay`, () => {
    for (let code = 0; code < 65_536; code++) {
      const value = decode16(code, format);
      if (Number.isNaN(value)) expect(code & 0x7fff).toBeGreaterThan(format.infinity);
      else if (encode16(value, format) !== code)
        expect.fail(`${code} is ${value}, which is ${encode16(value, format)}`);
    }
    const {values, codes} = round(Float64Array.of(Number.NaN, Infinity, -Infinity, 0, -0, -1e-300));
    expect(values).toEqual(Float64Array.of(Number.NaN, Infinity, -Infinity, 0, -0, -0));
    expect(codes[0]).toBe(format === fp16 ? 0x7e00 : 0x7fc0);
  });

  test(`${name}: rounding is idempotent, monotone, and errs by at most half a step`, () => {
    const one = (x: number) => round(Float64Array.of(x)).values[0];
    const top = decode16(format.infinity - 1, format);
    fc.assert(
      fc.property(anyFloat, anyFloat, fc.integer({min: 0, max: format.infinity - 2}), (x, y, code) => {
        expect(one(one(x))).toBe(one(x));
        expect(one(-x)).toBe(-one(x));
        if (x <= y) expect(one(x)).toBeLessThanOrEqual(one(y));
        const error = Math.abs(one(x) - x);
        const half = Math.max(
          Math.abs(x) * 2 ** (-format.fraction - 1),
          2 ** (format.minExponent - format.fraction - 1),
        );
        if (Math.abs(x) <= top) expect(error).toBeLessThanOrEqual(half);
        // Halfway between two neighbors the even code wins; slightly to either side the nearer one does.
        const [below, above] = [decode16(code, format), decode16(code + 1, format)];
        const middle = (below + above) / 2;
        expect(encode16(middle, format)).toBe(code + (code % 2));
        expect(one(middle * (1 + 2 ** -50))).toBe(above);
        expect(one(middle * (1 - 2 ** -50))).toBe(below);
      }),
      {seed: 21, numRuns: 2000},
    );
  });
}

test("fp32: values are Math.fround's, codes the bits of the number, ties to even", () => {
  const tie = 1 + 2 ** -24;
  fc.assert(
    fc.property(anyFloat, (x) => {
      const {values, codes} = roundFp32(Float64Array.of(x, tie, tie + 2 ** -23, Number.NaN));
      expect(values).toEqual(Float64Array.of(Math.fround(x), 1, 1 + 2 ** -22, Number.NaN));
      const view = new DataView(new ArrayBuffer(4));
      view.setFloat32(0, x);
      expect(codes[0]).toBe(view.getUint32(0));
    }),
    {seed: 21, numRuns: 1000},
  );
});

test("float32 input gives the same results as float64 input", () => {
  const x = Float32Array.from(randn(1, 500, mulberry32(3)).data);
  for (const round of [roundFp16, roundBf16, roundNf4]) expect(round(x)).toEqual(round(Float64Array.from(x)));
  expect(roundInt8(x, 50)).toEqual(roundInt8(Float64Array.from(x), 50));
});

test("nearestEven rounds ties to the even neighbor", () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999999999999994].map(nearestEven)).toEqual([0, 2, 2, 0, -2, -2, 0]);
});

test("int8 and NF4: codes, scales and values are NumPy's, with ties, a short block and rows of zeros", () => {
  const {int8, nf4} = fixture;
  const expected = ({scales, values}: typeof int8) => ({scales: floats(scales), values: floats(values)});
  expect(roundInt8(floats(int8.x), int8.cols)).toEqual({codes: Int8Array.from(int8.codes), ...expected(int8)});
  expect(roundNf4(floats(nf4.x))).toEqual({codes: Uint8Array.from(nf4.codes), ...expected(nf4)});
});

const widest = Math.max(...NF4_VALUES.slice(1).map((value, i) => value - NF4_VALUES[i]));

test.each([
  {name: "int8", round: (x: Float64Array) => roundInt8(x, x.length), step: 1 / 127},
  {name: "NF4", round: roundNf4, step: widest},
])("$name: idempotent, monotone in a block, the largest entry exact, errors at most half a step", ({round, step}) => {
  fc.assert(
    fc.property(fc.array(finite, {minLength: 1, maxLength: 64}), (list) => {
      const x = Float64Array.from(list).sort();
      const {values, scales, codes} = round(x);
      expect(round(values)).toMatchObject({codes, values});
      expect(values.every((value, i) => i === 0 || values[i - 1] <= value)).toBe(true);
      expect(Math.max(...values.map(Math.abs))).toBe(scales[0]);
      expect(largestDifference(values, x)).toBeLessThanOrEqual((step / 2) * scales[0] * (1 + 1e-12));
    }),
    {seed: 22},
  );
});

test("NF4: the 16 values are the appendix's, and quantiles of the normal distribution", () => {
  expect(NF4_VALUES).toEqual(fixture.nf4.table);
  expect(NF4_VALUES).toEqual([...Float32Array.from(NF4_VALUES)]);
  for (const [i, value] of fixture.nf4.fromQuantiles.entries())
    expect(Math.abs(value - NF4_VALUES[i])).toBeLessThan(1e-6);
});

test("NF4: a tie between two values takes the lower one", () => {
  const middle = (NF4_VALUES[8] + NF4_VALUES[9]) / 2;
  expect(roundNf4(Float64Array.of(1, middle, middle + 1e-15)).codes).toEqual(Uint8Array.of(15, 8, 9));
});

test("NF4 costs 4.5 bits a number, 4.127 with double quantization", () => {
  const n = 64 * 256 * 10;
  expect((8 * nf4Bytes(n, {doubleQuantization: false})) / n).toBe(4.5);
  expect((8 * nf4Bytes(n, {doubleQuantization: true})) / n).toBe(4 + 8 / 64 + 32 / (64 * 256));
  expect(nf4Bytes(65, {doubleQuantization: false})).toBe(33 + 8);
  expect(nf4Bytes(65, {doubleQuantization: true})).toBe(33 + 2 + 4);
  expect(nf4Bytes(0, {doubleQuantization: true})).toBe(0);
  expect(() => nf4Bytes(1.5, {doubleQuantization: true})).toThrow("nf4Bytes: n is 1.5; it must be a whole number");
});

test("the error names the value that has no scale", () => {
  const x = Float64Array.of(1, 2, 3, Number.NaN);
  expect(() => roundInt8(x, 2)).toThrow("int8: value 3 (counted from 0) is NaN; it must be finite and within ±1e300");
  expect(() => roundNf4(Float64Array.of(-Infinity))).toThrow("nf4: value 0 (counted from 0) is -Infinity");
  expect(() => roundNf4(Float64Array.of(1e301))).toThrow("nf4: value 0 (counted from 0) is 1e+301");
  expect(() => roundInt8(x, 3)).toThrow("int8: 4 values do not fill whole rows of 3");
  expect(() => roundInt8(x, 0)).toThrow("int8: 4 values do not fill whole rows of 0");
  expect(roundInt8(new Float64Array(0), 5).scales.length).toBe(0);
});
