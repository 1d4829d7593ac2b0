import {describe, expect, test} from "vitest";
import {readBase, writeBase} from "../../../src/engine/adapters/base.ts";
import {fromBase64} from "../../../src/engine/adapters/base64.ts";
import {toBytes, toFloat32} from "../../../src/engine/adapters/dtype.ts";
import {readSafetensors, tensorBytes} from "../../../src/engine/adapters/safetensors.ts";
import {type Tensor, writeSafetensors} from "../../../src/engine/adapters/safetensorsWriter.ts";
import {readSiteBase} from "../../../src/engine/adapters/siteBase.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {attachLora} from "../../../src/engine/lora/loras.ts";
import {roundFp16} from "../../../src/engine/memory/rounding.ts";
import {initTransformer} from "../../../src/engine/network/untrained.ts";
import {baseModels} from "../../../src/tools/baseModels.ts";
import {baseBytes, baseNamed} from "../../../src/tools/loadBase.ts";
import {tensorsOf} from "./mutants.ts";

const sizes = {V: 5, T: 3, C: 4, H: 2, L: 2};
const model = initTransformer(sizes, mulberry32(3));

/** The model's file with a change to its tensors. */
function changed(change: (tensors: Map<string, Tensor>) => void): Uint8Array {
  const tensors = tensorsOf(writeBase(model));
  change(tensors);
  return writeSafetensors(tensors);
}

const floats = (shape: number[], fill = 0): Tensor => {
  const values = Array<number>(shape.reduce((a, b) => a * b)).fill(fill);
  return {dtype: "F32", shape, bytes: toBytes("F32", values)};
};

const integers: Tensor = {dtype: "I8", shape: [4], bytes: new Uint8Array(4)};

describe("a base model's file", () => {
  test("has every weight, rounded to half precision, and is the same when written again", () => {
    const bytes = writeBase(model);
    const read = readBase(bytes, sizes);
    expect(read.weights.layout).toEqual(model.weights.layout);
    expect(read.weights.flat).toEqual(roundFp16(model.weights.flat).values);
    expect([read.sizes, read.attached]).toEqual([sizes, []]);
    expect(writeBase(read)).toEqual(bytes);
  });

  test("is read by `readSiteBase` to the same bits; one of another size throws", () => {
    const own = readSiteBase(writeBase(model), sizes);
    expect(own).toEqual(readBase(writeBase(model), sizes));
    for (const name of ["word-forge", "digit-machine"] as const)
      expect(readSiteBase(baseBytes(name), baseModels[name].recipe.sizes)).toEqual(baseNamed(name));
    expect(() => readSiteBase(writeBase(model), {...sizes, V: 6})).toThrow(
      "the file has 456 numbers, a model of these sizes 464",
    );
  });

  test("has PyTorch's names, gains as vectors, and the given metadata", () => {
    const file = readSafetensors(writeBase(model, new Map([["command", "made so"]])));
    expect(Object.fromEntries(file.metadata)).toEqual({command: "made so", format: "pt"});
    const shapes = Object.fromEntries([...file.tensors].map(([name, {shape}]) => [name, shape]));
    expect(Object.keys(shapes)).toHaveLength(2 + 8 * sizes.L + 2);
    expect(shapes).toMatchObject({
      "wte.weight": [5, 4],
      "wpe.weight": [3, 4],
      "layers.1.norm2.weight": [4],
      "layers.1.W1.weight": [16, 4],
      "layers.0.W2.weight": [4, 16],
      "norm.weight": [4],
      "head.weight": [5, 4],
    });
    expect(toFloat32("F16", tensorBytes(file, "head.weight"))).toEqual(
      Float32Array.from(roundFp16(model.weights.views.head.data).values),
    );
  });

  test("may be in float32, and does not include an adapter", () => {
    const attached = [attachLora(sizes, {targets: ["Wq"], r: 1, alpha: 1}, mulberry32(1))];
    expect(writeBase({...model, attached})).toEqual(writeBase(model));
    const mixed = changed((tensors) => tensors.set("norm.weight", floats([4], 1 / 3)));
    expect(readBase(mixed, sizes).weights.views.norm.data).toEqual(new Float64Array(4).fill(Math.fround(1 / 3)));
  });

  test.each<[string, (tensors: Map<string, Tensor>) => void, string]>([
    ["a missing tensor", (t) => t.delete("head.weight"), "base: the file has no head.weight; a model of these sizes"],
    ["another tensor", (t) => t.set("head.bias", floats([5])), "base: the file has head.bias; the model's 20 tensors"],
    ["another shape", (t) => t.set("wte.weight", floats([4, 5])), "base: wte.weight is 4 × 5; it must be 5 × 4"],
    ["a gain as a matrix", (t) => t.set("norm.weight", floats([1, 4])), "base: norm.weight is 1 × 4; it must be 4"],
    ["whole numbers", (t) => t.set("norm.weight", integers), "base: norm.weight is I8; weights are F16 or F32"],
    ["a NaN", (t) => t.set("norm.weight", floats([4], Number.NaN)), "base: norm.weight: entry [0, 0]"],
  ])("with %s throws", (_, change, message) => {
    expect(() => readBase(changed(change), sizes)).toThrow(message);
  });

  test("of another model, or cut short, throws", () => {
    expect(() => readBase(writeBase(model), {...sizes, L: 3})).toThrow("the file has no layers.2.norm1.weight");
    expect(() => readBase(writeBase(model).subarray(0, 900), sizes)).toThrow("safetensors:");
  });

  test("is not written when a weight is too large for half precision", () => {
    const large = initTransformer(sizes, mulberry32(3));
    large.weights.views.head.data[1] = 70_000;
    expect(() => writeBase(large)).toThrow("base: head in half precision: entry [0, 1]");
  });
});

test("base64 is decoded byte for byte, and other text throws", () => {
  const bytes = Uint8Array.from({length: 256}, (_, i) => i);
  expect(fromBase64(Buffer.from(bytes).toString("base64"))).toEqual(bytes);
  expect(() => fromBase64("not base64!")).toThrow();
});
