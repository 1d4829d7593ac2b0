/** Opens a file of any size by its header alone: safetensors or GGUF, with one interface to both. */

import {grouped, shown} from "../../wording.ts";
import {countOf, shapeText} from "../dtype.ts";
import {HEADER_AT, headerLength, parseHeader} from "../safetensors.ts";
import {type GgufHeader, type GgufTensor, parseGguf} from "./gguf.ts";
import {bytesFrom, type Source} from "./source.ts";
import {bytesFor, isReadable, numbersOf} from "./storage.ts";

/** Where and how a file stores a tensor: its bytes are begin … end − 1 of the file. */
export interface StoredTensor {
  /** The name of the number format; `READABLE_DTYPES` has those whose numbers are read. */
  dtype: string;
  /** Slowest first, as NumPy and PyTorch have it. */
  shape: number[];
  begin: number;
  end: number;
}

/** An opened file. Nothing but the header has been read. */
export interface Container {
  format: "safetensors" | "GGUF";
  source: Source;
  tensors: Map<string, StoredTensor>;
  metadata: Map<string, string>;
}

/** How many bytes of a GGUF file are read first, four times as many whenever the header is longer, and the most. */
const [FIRST_BYTES, MAX_BYTES] = [2 ** 16, 2 ** 26];

/**
 * Reads the header of a file. Throws, in words and with what to do, for what is neither safetensors nor GGUF (pickles, web
 * pages, LFS pointers, archives), for a file that was cut short, and for a header that contradicts itself.
 */
export async function openContainer(source: Source): Promise<Container> {
  if (!(source?.size >= 0) || typeof source.slice !== "function")
    throw new Error("inspect: expected a file: a Blob, a File or what sourceOf returns");
  const head = await bytesFrom(source, 0, Math.min(source.size, 16));
  if (source.size === 0) throw new Error("inspect: the file is empty: the download may have failed");
  if (String.fromCharCode(...head.subarray(0, 4)) === "GGUF") return openGguf(source);
  const length = headerLength(head, source.size);
  const dataAt = HEADER_AT + length;
  const header = parseHeader(await bytesFrom(source, HEADER_AT, dataAt), source.size - dataAt);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, {dtype, shape, begin, end}] of header.tensors)
    tensors.set(name, {dtype, shape, begin: dataAt + begin, end: dataAt + end});
  return {format: "safetensors", source, tensors, metadata: header.metadata};
}

async function openGguf(source: Source): Promise<Container> {
  let header: GgufHeader | undefined;
  for (let size = FIRST_BYTES; !header; size *= 4) {
    const end = Math.min(size, source.size);
    if (size > MAX_BYTES)
      throw new Error(`gguf: the header is longer than ${grouped(MAX_BYTES)} bytes, the most that is read`);
    header = parseGguf(await bytesFrom(source, 0, end), end === source.size);
  }
  const {tensors, dataAt, alignment, metadata} = header;
  const stored = [...tensors].map(([name, tensor]): [string, StoredTensor] => {
    const {shape, dtype, offset} = tensor;
    if (offset % alignment !== 0)
      throw new Error(`gguf: ${shown(name)} begins at ${grouped(offset)}, which is no multiple of ${alignment}`);
    return [name, {dtype, shape, begin: dataAt + offset, end: dataAt + offset + sizeOf(name, tensor)}];
  });
  stored.sort(([, a], [, b]) => a.begin - b.begin);
  needApart(stored, source.size);
  return {format: "GGUF", source, tensors: new Map(stored), metadata};
}

/** The bytes of a tensor; 0 for a format that is not read, whose size is not known here. */
function sizeOf(name: string, {shape, dtype}: GgufTensor): number {
  const count = shape.includes(0) ? 0 : countOf(shape);
  if (count * 64 > Number.MAX_SAFE_INTEGER)
    throw new Error(`gguf: ${shown(name)} has the shape ${shapeText(shape)}; no file can hold that many numbers`);
  return isReadable(dtype) ? bytesFor(name, dtype, count) : 0;
}

/** Throws unless the tensors, sorted by their begin, follow one another without an overlap and end inside the file. */
function needApart(tensors: readonly [string, StoredTensor][], size: number): void {
  for (const [i, [name, {begin, end}]] of tensors.entries()) {
    const endBefore = tensors[i - 1]?.[1].end ?? 0;
    if (begin < endBefore)
      throw new Error(`gguf: ${shown(name)} begins at byte ${grouped(begin)}, inside the tensor before it`);
    if (end > size)
      throw new Error(`gguf: the file ends ${grouped(end - size)} bytes early: it was cut short; download it again`);
  }
}

/** The numbers of a tensor, with its shape. Throws when there is no such tensor or its format is not read. */
export async function readTensor(
  {source, tensors}: Container,
  name: string,
): Promise<{shape: number[]; data: Float32Array | Float64Array}> {
  const stored = tensors.get(name);
  if (!stored) throw new Error(`inspect: there is no tensor ${shown(name)} among the ${grouped(tensors.size)}`);
  const {dtype, shape, begin, end} = stored;
  if (!isReadable(dtype)) throw new Error(`inspect: ${shown(name)} is stored as ${dtype}, which is not read here`);
  return {shape, data: numbersOf(dtype, await bytesFrom(source, begin, end))};
}
