/**
 * The header of a GGUF file: magic, version, the counts of tensors and of keys, the keys with their values, then each
 * tensor's name, sizes, format and place. https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. The header does not
 * say how long it is, so the reader asks for more bytes when they run out.
 */

import {grouped, shown} from "../../wording.ts";
import {MAX_TENSORS} from "../safetensors.ts";

/** A tensor as the header names it. */
export interface GgufTensor {
  /** As NumPy has it, slowest first: GGUF lists the sizes the other way round. */
  shape: number[];
  /** ggml's name of the format. */
  dtype: string;
  /** From the start of the data. */
  offset: number;
}

/** What the header says. */
export interface GgufHeader {
  tensors: Map<string, GgufTensor>;
  /** Numbers in digits, lists as "12 values". */
  metadata: Map<string, string>;
  /** Where the tensors' data begin in the file. */
  dataAt: number;
  alignment: number;
}

/** ggml's formats in the order of their numbers; a dash for one that was dropped. */
const FORMATS = (
  "F32 F16 Q4_0 Q4_1 - - Q5_0 Q5_1 Q8_0 Q8_1 Q2_K Q3_K Q4_K Q5_K Q6_K Q8_K IQ2_XXS IQ2_XS IQ3_XXS IQ1_S " +
  "IQ4_NL IQ3_S IQ2_S IQ4_XS I8 I16 I32 I64 F64 IQ1_M BF16 - - - TQ1_0 TQ2_0 - - - MXFP4"
).split(" ");
const formatName = (type: number) => (FORMATS[type] ?? "-").replace("-", `type ${type}`);

const MAX_KEYS = 100_000;
const MAX_TEXT_BYTES = 2 ** 16;
/** The most sizes a shape may have. */
const MAX_SIZES = 8;
const failure = (sentence: string) => new Error(`gguf: ${sentence}`);

/** Thrown if the bytes end before the header does; the caller has to read more of the file. */
const SHORT = Symbol("short");

interface Cursor {
  view: DataView;
  at: number;
  /** Whether the view is the whole file, so that no more bytes can be read. */
  isWhole: boolean;
}

/** Moves the cursor on by some bytes and returns where they begin. Throws if the view has fewer. */
function take(cursor: Cursor, bytes: number): number {
  const {at, view, isWhole} = cursor;
  if (at + bytes > view.byteLength) {
    if (isWhole) throw failure("the file ends inside its header: it was cut short; download it again");
    throw SHORT;
  }
  cursor.at += bytes;
  return at;
}

const uint32 = (cursor: Cursor) => cursor.view.getUint32(take(cursor, 4), true);

function uint64(cursor: Cursor, what: string): number {
  const value = Number(cursor.view.getBigUint64(take(cursor, 8), true));
  if (!Number.isSafeInteger(value)) throw failure(`${what} is ${value}, which no file can have`);
  return value;
}

function readText(cursor: Cursor, what: string, maxBytes = MAX_TEXT_BYTES): string {
  const length = uint64(cursor, `the length of ${what}`);
  if (length > maxBytes) throw failure(`${what} has ${grouped(length)} bytes; at most ${grouped(maxBytes)} are read`);
  const start = cursor.view.byteOffset + take(cursor, length);
  return new TextDecoder().decode(new Uint8Array(cursor.view.buffer, start, length));
}

/** The types of single values by their number: how many bytes a value has, and how to read it. */
const SINGLE_TYPES: Readonly<
  Record<number, readonly [number, (view: DataView, at: number) => number | bigint | boolean]>
> = {
  0: [1, (view, at) => view.getUint8(at)],
  1: [1, (view, at) => view.getInt8(at)],
  2: [2, (view, at) => view.getUint16(at, true)],
  3: [2, (view, at) => view.getInt16(at, true)],
  4: [4, (view, at) => view.getUint32(at, true)],
  5: [4, (view, at) => view.getInt32(at, true)],
  6: [4, (view, at) => view.getFloat32(at, true)],
  7: [1, (view, at) => view.getUint8(at) !== 0],
  10: [8, (view, at) => view.getBigUint64(at, true)],
  11: [8, (view, at) => view.getBigInt64(at, true)],
  12: [8, (view, at) => view.getFloat64(at, true)],
};
/** The numbers of the types of texts and lists. */
const [TEXT, LIST] = [8, 9];
/** The most bytes of a text that is a value: prompts and licenses may be long. */
const MAX_VALUE_BYTES = 2 ** 24;

function readValue(cursor: Cursor, key: string): string {
  const type = uint32(cursor);
  if (type === TEXT) return readText(cursor, shown(key), MAX_VALUE_BYTES);
  if (type === LIST) return readList(cursor, key);
  return readSingle(cursor, type, key);
}

function readSingle(cursor: Cursor, type: number, key: string): string {
  if (!Object.hasOwn(SINGLE_TYPES, type))
    throw failure(`${shown(key)} has a value of the type ${type}; 0 to 12 are known`);
  const [bytes, read] = SINGLE_TYPES[type];
  return String(read(cursor.view, take(cursor, bytes)));
}

function readList(cursor: Cursor, key: string): string {
  const type = uint32(cursor);
  const count = uint64(cursor, `the length of ${shown(key)}`);
  if (type === LIST) throw failure(`${shown(key)} is a list of lists, which is not read here`);
  if (type === TEXT) for (let i = 0; i < count; i++) readText(cursor, shown(key), MAX_VALUE_BYTES);
  else if (Object.hasOwn(SINGLE_TYPES, type)) take(cursor, SINGLE_TYPES[type][0] * count);
  else throw failure(`${shown(key)} is a list of the type ${type}; 0 to 12 are known`);
  return `${grouped(count)} values`;
}

function readTensor(cursor: Cursor, name: string): GgufTensor {
  const count = uint32(cursor);
  if (count > MAX_SIZES) throw failure(`${shown(name)} has ${grouped(count)} sizes; at most ${MAX_SIZES} are read`);
  const sizes = Array.from({length: count}, () => uint64(cursor, `a size of ${shown(name)}`));
  const type = uint32(cursor);
  const offset = uint64(cursor, `the place of ${shown(name)}`);
  return {shape: sizes.reverse(), dtype: formatName(type), offset};
}

/**
 * The first bytes of a file → its header; undefined when they end before it does and are not the whole file. Throws for
 * another version than 2 and 3, for a name that occurs twice, and beyond the limits of this file.
 */
export function parseGguf(bytes: Uint8Array, isWhole: boolean): GgufHeader | undefined {
  const cursor = {view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), at: 0, isWhole};
  try {
    return parse(cursor);
  } catch (error) {
    if (error === SHORT) return undefined;
    throw error;
  }
}

function parse(cursor: Cursor): GgufHeader {
  if (cursor.view.getUint32(take(cursor, 4), false) !== 0x47475546) throw failure("the file does not begin with GGUF");
  const version = uint32(cursor);
  if (version !== 2 && version !== 3)
    throw failure(`the version is ${grouped(version)}; 2 and 3, little-endian, are read here`);
  const tensorCount = uint64(cursor, "the number of tensors");
  const keyCount = uint64(cursor, "the number of keys");
  if (tensorCount > MAX_TENSORS)
    throw failure(`the header has ${grouped(tensorCount)} tensors; at most ${grouped(MAX_TENSORS)} are read`);
  if (keyCount > MAX_KEYS)
    throw failure(`the header has ${grouped(keyCount)} keys; at most ${grouped(MAX_KEYS)} are read`);
  const metadata = new Map<string, string>();
  for (let i = 0; i < keyCount; i++) {
    const key = readText(cursor, "a key");
    if (metadata.has(key)) throw failure(`the key ${shown(key)} occurs twice`);
    metadata.set(key, readValue(cursor, key));
  }
  const tensors = new Map<string, GgufTensor>();
  for (let i = 0; i < tensorCount; i++) {
    const name = readText(cursor, "a tensor's name");
    if (tensors.has(name)) throw failure(`the tensor ${shown(name)} occurs twice`);
    tensors.set(name, readTensor(cursor, name));
  }
  const alignment = Number(metadata.get("general.alignment") ?? 32);
  if (!(Number.isInteger(alignment) && alignment >= 1 && alignment <= 2 ** 20))
    throw failure(`general.alignment is ${shown(String(alignment))}; it must be a whole number from 1`);
  return {tensors, metadata, alignment, dataAt: Math.ceil(cursor.at / alignment) * alignment};
}
