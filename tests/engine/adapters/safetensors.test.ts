import {expect, test} from "vitest";
import {bytesOf, DTYPES, type Dtype, toBytes, toFloat32, toFloat64} from "../../../src/engine/adapters/dtype.ts";
import {headerLength, parseHeader, readSafetensors, tensorBytes} from "../../../src/engine/adapters/safetensors.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {fileOf} from "./mutants.ts";

const entry = (dtype: string, shape: string, offsets: string) =>
  `{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}`;
const one = (dtype: string, shape: string, offsets: string, data: number) =>
  fileOf(`{"t":${entry(dtype, shape, offsets)}}`, data);
const two = (a: string, b: string, data: number) => fileOf(`{"a":${a},"b":${b}}`, data);
const u8 = (size: number, offsets: string) => entry('"U8"', `[${size}]`, offsets);
/** As `gzip -n` begins a file: read as a length, 559,903. */
function gzip(size: number): Uint8Array {
  const file = new Uint8Array(size);
  file.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  return file;
}
const bytesFor = (text: string) => new TextEncoder().encode(text);

const bad: [string, Uint8Array, string][] = [
  ["an empty file", new Uint8Array(0), "the file has 0 bytes; the length of its header alone takes 8"],
  ["seven bytes", new Uint8Array(7), "the file has 7 bytes"],
  ["only a length", fileOf("", 0, 60n), "the header claims 60 bytes, but the file has 0 after the length"],
  ["only a length of 0", fileOf(""), "the header claims 0 bytes; the shortest one, {}, takes 2"],
  ["a huge length", fileOf("{}", 0, 0xffffff000000003cn), "this is not a safetensors file"],
  [
    "length 1000, short file",
    fileOf("{}", 0, 1000n),
    "the header claims 1,000 bytes, but the file has 2 after the length",
  ],
  ["a byte over 16 MiB", fileOf("{}", 0, 16_777_217n), "claims 16,777,217 bytes; at most 16,777,216 are read"],
  ["no UTF-8", fileOf(Uint8Array.of(0x7b, 0xff)), "the header's 2 bytes are not UTF-8 text"],
  ["only {", fileOf("{ "), "at character 2 it has the end where a name in double quotes should be"],
  ["a BOM", fileOf("\ufeff{}"), 'at character 0 it has "\ufeff" where a value should be'],
  ["a list", fileOf("[]"), "the header is a list; it must be an object of tensors"],
  ["bytes after the data", one('"I32"', "[2,2]", "[0,16]", 50), "the tensors take 16 bytes, but the file has 50 after"],
  ["two bytes missing", one('"I32"', "[2,2]", "[0,16]", 14), "has 14 after its header: it was cut short"],
  ["another size", one('"F32"', "[8,768]", "[0,12]", 12), "t needs 24,576 bytes for F32 (8 × 768), has 12"],
  ["a scalar of no bytes", one('"F32"', "[]", "[0,0]", 0), "t needs 4 bytes for F32 (a single number), has 0"],
  ["a size near 2^64", one('"F32"', "[2,18446744073709551614]", "[0,16]", 16), "t: shape has 18446744073709551614;"],
  ["a size near 2^63", one('"I32"', "[2,9223372036854775807]", "[0,16]", 16), "t: shape has 9223372036854775807;"],
  ["sizes with a product past 2^53", one('"U8"', "[4294967296,4294967296]", "[0,1]", 1), "no file can hold that many"],
  ["a negative offset", one('"U8"', "[1]", "[-1,0]", 1), "t: data_offsets has -1; sizes are whole numbers in digits"],
  ["reversed offsets", one('"U8"', "[1]", "[1,0]", 1), "t: data_offsets are [1, 0]; they must be a begin and an end"],
  ["three offsets", one('"U8"', "[1]", "[0,1,2]", 1), "t: data_offsets are [0, 1, 2]; they must be"],
  ["offset −0", one('"U8"', "[1]", "[-0,1]", 1), "t: data_offsets has -0;"],
  ["offset 1e3", one('"U8"', "[1000]", "[0,1e3]", 1000), "t: data_offsets has 1e3;"],
  ["offset 1.0", one('"U8"', "[1]", "[0,1.0]", 1), "t: data_offsets has 1.0;"],
  ["offset 01", one('"U8"', "[1]", "[0,01]", 1), "where a comma or ] should be"],
  ["a size in quotes", one('"U8"', '["1"]', "[0,1]", 1), `t: shape has "1";`],
  ["a number above 2^53", one('"U8"', "[9007199254740993]", "[0,1]", 1), "t: shape has 9007199254740993;"],
  ["no shape", fileOf('{"t":{"dtype":"U8","data_offsets":[0,1]}}', 1), "t: shape is missing; it must be a list"],
  ["no dtype", fileOf('{"t":{"shape":[1],"data_offsets":[0,1]}}', 1), "t: dtype is missing; it must be one of BOOL"],
  ["another key", fileOf(`{"t":${u8(1, "[0,1]").replace("}", ',"x":1}')}}`, 1), "t has x; only dtype, shape"],
  ["a tensor that is null", fileOf('{"t":null}'), "t is null; it must be an object"],
  ["64 huge sizes", one('"U8"', `[${Array(64).fill(2 ** 52)}]`, "[0,1]", 1), "× 4,503,599,627,370,496 × …; no file"],
  ["an odd count of F4", one('"F4"', "[3]", "[0,2]", 2), "3 numbers of 4 bits (F4), which do not fill whole bytes"],
  ["dtype constructor", one('"constructor"', "[1]", "[0,1]", 1), `t: dtype is "constructor"; it must be one of`],
  ["dtype __proto__", one('"__proto__"', "[1]", "[0,1]", 1), `t: dtype is "__proto__";`],
  ["dtype 5", one("5", "[1]", "[0,1]", 1), "t: dtype is 5;"],
  ["65 dimensions", one('"U8"', `[${Array(65).fill(1)}]`, "[0,1]", 1), "t: shape has 65 numbers; at most 64 are read"],
  ["metadata that is no text", fileOf('{"__metadata__":{"a":1}}'), "__metadata__: a is 1; every value must be a text"],
  ["metadata that is a list", fileOf('{"__metadata__":[]}'), "__metadata__ is a list; it must be an object of texts"],
  ["a name twice", fileOf('{"a":{},"a":{}}'), "the header names a twice; every name must be given once"],
  ["a name twice, once escaped", fileOf('{"a":{},"\\u0061":{}}'), "the header names a twice"],
  ["metadata twice", fileOf('{"__metadata__":{},"__metadata__":{}}'), "the header names __metadata__ twice"],
  ["a name broken by a line", fileOf('{"a\n":{}}'), "the text that begins at character 1 is broken or unended"],
  ["half a surrogate pair", fileOf('{"\\ud800":{}}'), "the text that begins at character 1 is broken or unended"],
  ["a trailing comma", fileOf('{"__metadata__":{},}'), "where a name in double quotes should be"],
  ["33 levels deep", fileOf(`{"t":${"[".repeat(40)}`), "the header is nested deeper than 32 levels"],
  ["a gap", two(u8(1, "[0,1]"), u8(1, "[2,3]"), 3), "b begins at byte 2, but the tensor before it ends at 1: no gap"],
  ["a gap in front", one('"U8"', "[1]", "[1,2]", 2), "t begins at byte 1, but the data begin at 0"],
  ["an overlap", two(u8(2, "[0,2]"), u8(2, "[1,3]"), 3), "b begins at byte 1, but the tensor before it ends at 2"],
  ["a Git LFS pointer", bytesFor("version https://git-lfs.github.com/spec/v1\n"), "this is a Git LFS pointer, not"],
  ["a web page", bytesFor("<!doctype html><html>"), "this looks like a web page"],
  ["a PyTorch zip", bytesFor("PK\x03\x04\x00\x00\x08\x08 data.pkl"), "a pickle can run code when it is opened"],
  ["a bare pickle", Uint8Array.of(0x80, 2, 0x7d, 0x71, 0, 0x28, 0x58, 6, 0), "this is a pickle"],
  ["a GGUF file", bytesFor("GGUF\x03\0\0\0\x01\0"), "this is a GGUF file: only safetensors files are read here"],
  ["an HDF5 file", Uint8Array.of(0x89, ...bytesFor("HDF\r\n\x1a\n")), "this is an HDF5 file"],
  ["a NumPy array", Uint8Array.of(0x93, ...bytesFor("NUMPY\x01\0")), "this is a NumPy array"],
  ["a gzip archive", Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3, 4), "this is a gzip archive: unpack it first"],
  ["a gzip archive without a date", gzip(100), "this is a gzip archive: unpack it first"],
  ["a gzip archive of 600 kB", gzip(600_000), "this is a gzip archive: unpack it first"],
  ["noise", bytesFor("noise {<!GGUF version "), "this is not a safetensors file"],
  ["adapter_config.json", bytesFor('{"r": 8, "lora_alpha": 16}'), "this is JSON text"],
];

test.each(bad)("refused: %s", (_, file, sentence) => {
  expect(() => readSafetensors(file)).toThrow(/^safetensors: .{1,400}$/);
  expect(() => readSafetensors(file)).toThrow(sentence);
});

const accepted: [string, Uint8Array, string[]][] = [
  ["an empty object, padded", fileOf("{}\r \t\n"), []],
  ["space before the object", fileOf(` \n{"t":${u8(1, "[0,1]")}}`, 1), ["t"]],
  ["a scalar", one('"F64"', "[]", "[0,8]", 8), ["t"]],
  ["a size of 0", one('"F32"', "[2,0]", "[0,0]", 0), ["t"]],
  ["a header no multiple of 8, so unaligned data", one('"F64"', "[1]", "[0,8]", 8), ["t"]],
  ["an even count of F4", one('"F4"', "[2,2]", "[0,2]", 2), ["t"]],
  ["a tensor called __proto__", fileOf(`{"__proto__":${u8(1, "[0,1]")}}`, 1), ["__proto__"]],
  ["out of order in the header", two(u8(1, "[1,2]"), u8(1, "[0,1]"), 2), ["b", "a"]],
  ["an empty tensor before another", two(u8(1, "[0,1]"), u8(0, "[0,0]"), 1), ["b", "a"]],
  ["an empty tensor after another", two(u8(1, "[0,1]"), u8(0, "[1,1]"), 1), ["a", "b"]],
];

test.each(accepted)("accepted: %s", (_, file, names) => {
  const {tensors, metadata} = readSafetensors(file);
  expect([...tensors.keys()]).toEqual(names);
  expect(metadata.size).toBe(0);
  expect(({} as {dtype?: string}).dtype).toBeUndefined();
});

test("each dtype takes the bits that its name says", () => {
  const bits = (dtype: Dtype) => (8 * bytesOf("t", dtype, [8])) / 8;
  const digits = (dtype: Dtype) => Number(/\d+/.exec(dtype)?.[0] ?? 8);
  for (const dtype of DTYPES) expect([dtype, bits(dtype)]).toEqual([dtype, digits(dtype)]);
  expect(DTYPES.length).toBe(22);
});

test("a file can be read in pieces", () => {
  const file = one('"F32"', "[2]", "[0,8]", 8);
  const length = headerLength(file.subarray(0, 8), file.length);
  const {tensors} = parseHeader(file.slice(8, 8 + length), file.length - 8 - length);
  expect(tensors).toEqual(readSafetensors(file).tensors);
  expect(tensors.get("t")).toEqual({dtype: "F32", shape: [2], begin: 0, end: 8});
});

test("numbers are read from every dtype that has them, at any offset", () => {
  const cases: [Dtype, number[], number[]][] = [
    ["F64", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], [1.5]],
    ["F32", [0, 0, 0xc0, 0xbf, 0, 0, 0x80, 0x7f], [-1.5, Infinity]],
    ["F16", [0, 0x3e, 1, 0, 0, 0xfc], [1.5, 2 ** -24, -Infinity]],
    ["BF16", [0xc0, 0x3f, 1, 0], [1.5, 2 ** -133]],
    ["I8", [255, 127], [-1, 127]],
    ["U8", [255, 127], [255, 127]],
    ["BOOL", [0, 1], [0, 1]],
    ["I16", [254, 255], [-2]],
    ["U16", [254, 255], [65534]],
    ["I32", [254, 255, 255, 255], [-2]],
    ["U32", [254, 255, 255, 255], [4294967294]],
    ["I64", [254, 255, 255, 255, 255, 255, 255, 255], [-2]],
    ["U64", [0, 0, 0, 0, 0, 0, 0x10, 0], [2 ** 52]],
  ];
  for (const [dtype, bytes, due] of cases) {
    const shifted = Uint8Array.of(9, ...bytes).subarray(1);
    expect(toFloat64(dtype, shifted)).toEqual(Float64Array.from(due));
    expect(toFloat32(dtype, Buffer.from(shifted))).toEqual(Float32Array.from(due));
  }
  expect(() => toFloat64("U64", new Uint8Array(8).fill(255))).toThrow("18446744073709551615 lies beyond ±2^53");
  expect(() => toFloat64("F8_E4M3", new Uint8Array(1))).toThrow("F8_E4M3 is not turned into numbers here; BOOL, U8");
});

// Those of 16 bits are asked in halves.test.ts.
test("floats of 64 and 32 bits are rounded once", () => {
  const {data} = randn(1, 50, mulberry32(1));
  expect(toFloat64("F64", toBytes("F64", data))).toEqual(data);
  expect(toFloat64("F32", toBytes("F32", data))).toEqual(data.map(Math.fround));
});

test("an ArrayBuffer is read like its bytes, and anything else is refused with what to pass", async () => {
  const file = one('"U8"', "[2]", "[0,2]", 2);
  expect(readSafetensors(file.slice().buffer as ArrayBuffer)).toEqual(readSafetensors(file));
  const read = (file: unknown) => () => readSafetensors(file as Uint8Array);
  const due = "safetensors: expected the file's bytes as an ArrayBuffer or a Uint8Array, got";
  expect(read(new Blob([]))).toThrow(`${due} Blob; pass await file.arrayBuffer()`);
  expect(read(undefined)).toThrow(`${due} Undefined`);
  expect(read("model.safetensors")).toThrow(`${due} String`);
  expect(() => tensorBytes(file as never, "t")).toThrow(
    "safetensors: expected an opened file: pass what readSafetensors returns",
  );
});
