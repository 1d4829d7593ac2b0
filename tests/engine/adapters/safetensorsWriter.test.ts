import fc from "fast-check";
import {expect, test} from "vitest";
import {bytesOf, DTYPES, toBytes} from "../../../src/engine/adapters/dtype.ts";
import {readSafetensors, tensorBytes} from "../../../src/engine/adapters/safetensors.ts";
import {type Tensor, writeSafetensors} from "../../../src/engine/adapters/safetensorsWriter.ts";
import {fileOf, tensorsOf} from "./mutants.ts";

test("the writer gives the reference's bytes", () => {
  const values = toBytes("F32", [0, 1, 2, 3, 4, 5]);
  const file = writeSafetensors(new Map([["attn0", {dtype: "F32", shape: [1, 1, 2, 3], bytes: values}]]));
  const json = '{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}'.padEnd(72);
  expect(file).toEqual(Uint8Array.of(72, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode(json), ...values));
  expect(writeSafetensors(new Map())).toEqual(fileOf("{}      "));
  expect(writeSafetensors(new Map(), new Map([["framework", "pt"]]))).toEqual(
    fileOf('{"__metadata__":{"framework":"pt"}}'.padEnd(40)),
  );
});

test("tensors are sorted by type, wide ones first, and then by name; the order of the input does not matter", () => {
  const tensors: [string, Tensor][] = [
    ["b", {dtype: "F16", shape: [1], bytes: new Uint8Array(2)}],
    ["layer.10", {dtype: "F32", shape: [], bytes: new Uint8Array(4)}],
    ["layer.2", {dtype: "F32", shape: [], bytes: new Uint8Array(4)}],
    ["a", {dtype: "BF16", shape: [1], bytes: new Uint8Array(2)}],
  ];
  const file = writeSafetensors(new Map(tensors));
  expect([...readSafetensors(file).tensors.keys()]).toEqual(["layer.10", "layer.2", "a", "b"]);
  expect(writeSafetensors(new Map(tensors.toReversed()))).toEqual(file);
  const described = writeSafetensors(new Map(), new Map(Object.entries({b: "1", a: "2"})));
  expect([...readSafetensors(described).metadata.keys()]).toEqual(["a", "b"]);
  expect(writeSafetensors(new Map(), new Map(Object.entries({a: "2", b: "1"})))).toEqual(described);
});

test("what is written is read, and written again byte for byte", () => {
  const tensor = fc
    .record({
      dtype: fc.constantFrom(...DTYPES),
      shape: fc.array(fc.integer({min: 0, max: 4}), {maxLength: 3}),
      seed: fc.nat(255),
    })
    .map(({dtype, shape, seed}): Tensor => {
      const whole = [8, ...shape];
      return {dtype, shape: whole, bytes: new Uint8Array(bytesOf("t", dtype, whole)).map((_, i) => seed + i)};
    });
  const name = fc.string({unit: "grapheme"}).filter((text) => text !== "__metadata__");
  const pairs = <T>(value: fc.Arbitrary<T>) =>
    fc.uniqueArray(fc.tuple(name, value), {selector: ([key]) => key, maxLength: 6});
  fc.assert(
    fc.property(pairs(tensor), pairs(fc.string({unit: "binary"})), (tensors, metadata) => {
      const file = writeSafetensors(new Map(tensors), new Map(metadata));
      const read = readSafetensors(file);
      expect(file.length % 8).toBe(read.data.length % 8);
      expect(read.metadata).toEqual(new Map(metadata));
      const back = tensorsOf(file);
      expect(back).toEqual(new Map(tensors));
      expect(writeSafetensors(back, read.metadata)).toEqual(file);
    }),
    {seed: 31},
  );
});

test("the writer refuses what the reader would refuse", () => {
  const write = (name: string, tensor: Partial<Tensor>, metadata?: [string, string][]) => () =>
    writeSafetensors(
      new Map([[name, {dtype: "F32", shape: [2], bytes: new Uint8Array(8), ...tensor}]]),
      new Map(metadata),
    );
  expect(write("t", {shape: [3]})).toThrow("safetensors: t needs 12 bytes for F32 (3), has 8");
  expect(write("t", {shape: [-2]})).toThrow("safetensors: t: shape has -2; sizes are whole numbers of at least 0");
  expect(write("t", {shape: [1.5]})).toThrow("safetensors: t: shape has 1.5");
  expect(write("t", {shape: Array(65).fill(1)})).toThrow("safetensors: t: shape has 65 numbers; at most 64");
  expect(write("__metadata__", {})).toThrow("safetensors: __metadata__ is the name of the metadata");
  expect(write("\ud800", {})).toThrow('safetensors: "\\ud800" is not text: it holds half a surrogate pair');
  expect(write("t", {}, [["a", "\udfff"]])).toThrow("half a surrogate pair");
  expect(write("n".repeat(2 ** 24), {})).toThrow(/^safetensors: the header takes 16,777,\d+ bytes; at most 16,777,216/);
  expect(() => tensorBytes(readSafetensors(fileOf("{}")), "t")).toThrow("there is no tensor t among the 0 of the file");
});
