import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {toBytes, toFloat32, toFloat64} from "../../../src/engine/adapters/dtype.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {bf16, decode16, encode16, fp16} from "../../../src/engine/memory/float16.ts";

/** NumPy's answers, with ±Infinity as a word. */
const {sixteen} = JSON.parse(readFileSync(new URL("../../fixtures/rounding.json", import.meta.url), "utf8"));
const codesOf = (bytes: Uint8Array) => new Uint16Array(bytes.slice().buffer);

for (const [dtype, name, format] of [
  ["F16", "fp16", fp16],
  ["BF16", "bf16", bf16],
] as const) {
  test(`${dtype}: every code is decoded to its number`, () => {
    const codes = Uint16Array.from({length: 65_536}, (_, code) => code);
    const due = Float64Array.from(codes, (code) => decode16(code, format));
    const bytes = new Uint8Array(codes.buffer);
    expect(toFloat64(dtype, bytes)).toEqual(due);
    expect(toFloat32(dtype, bytes)).toEqual(Float32Array.from(due));
  });

  test(`${dtype}: numbers are rounded once, as NumPy does it and as one number is`, () => {
    const values = Float64Array.from(sixteen.x, Number);
    expect(codesOf(toBytes(dtype, values))).toEqual(Uint16Array.from(sixteen[name].codes));
    const random = mulberry32(16);
    // Near the middle between two codes, at every exponent, where rounding twice goes wrong.
    const near = Float64Array.from({length: 50_000}, () => {
      const middle = decode16(Math.floor(random() * format.infinity), format) * (1 + 2 ** -(format.fraction + 2));
      return middle * (1 + (Math.floor(random() * 5) - 2) * 2 ** -(26 + Math.floor(random() * 26)));
    });
    const extremes = [Number.NaN, Infinity, -Infinity, 0, -0, 1e300, -1e300, 5e-324, -1e-40];
    const all = [...near, ...near.map((x) => -x), ...extremes];
    const due = Uint16Array.from(all, (x) => encode16(x, format));
    expect(codesOf(toBytes(dtype, all))).toEqual(due);
    expect(codesOf(toBytes(dtype, Float32Array.from(all)))).toEqual(
      Uint16Array.from(all, (x) => encode16(Math.fround(x), format)),
    );
  });
}

test("a format that numbers are not written in is refused", () => {
  expect(() => toBytes("I8" as never, [1])).toThrow("expected the format F64, F32, F16 or BF16, got I8");
});
