/**
 * A strict reader of safetensors files: 8 bytes of header length N (little-endian), N bytes of JSON, then the tensors'
 * bytes without gaps. https://github.com/huggingface/safetensors, "Format". `readSafetensors` reads a whole file. For a
 * large one, read the first 8 bytes (`headerLength`), then the next N (`parseHeader`), then the tensors you need.
 */
import {grouped, shown} from "../wording.ts";
import {bytesOf, DTYPES, type Dtype, isDtype, shapeText} from "./dtype.ts";
import {isNumeral, type Json, parseJson, valueText} from "./json.ts";

/** A tensor's bytes are data[begin … end), counted from the end of the header. */
export interface TensorInfo {
  dtype: Dtype;
  shape: number[];
  begin: number;
  end: number;
}

/** The header of a file. */
export interface Header {
  /** In the order of their bytes. */
  tensors: Map<string, TensorInfo>;
  metadata: Map<string, string>;
}

/** An opened file: its header and, in `data`, the bytes after the header. */
export interface Safetensors extends Header {
  data: Uint8Array;
}

/** Where the header's JSON begins, after the 8 bytes of its length. */
export const HEADER_AT = 8;
const MIN_HEADER_BYTES = 2;

/** The most bytes a header may have. */
export const MAX_HEADER_BYTES = 16 * 2 ** 20;

/** A length above this is no length: the file is of another kind. */
const MAX_PLAUSIBLE_LENGTH = 2 ** 40;

/** The most tensors a file may have. */
export const MAX_TENSORS = 100_000;

/** The most sizes a shape may have. */
export const MAX_DIMENSIONS = 64;

const failure = (sentence: string) => new Error(`safetensors: ${sentence}`);

/** The bytes of an ArrayBuffer or a Uint8Array. Throws for anything else, and says how to get them. */
function bytesIn(file: Uint8Array | ArrayBuffer): Uint8Array {
  if (file instanceof ArrayBuffer) return new Uint8Array(file);
  if (file instanceof Uint8Array) return file;
  const kind = Object.prototype.toString.call(file).slice(8, -1);
  const way = /^(Blob|File|Response)$/.test(kind) ? "; pass await file.arrayBuffer()" : "";
  throw failure(`expected the file's bytes as an ArrayBuffer or a Uint8Array, got ${kind}${way}`);
}

/**
 * The first bytes of a file of `size` bytes, 8 or more → N, the length of its JSON. Throws when the file is too short
 * for its header, and when N exceeds 16 MiB; the message then says what the file is, if its first bytes tell. With a
 * ninth byte it recognizes a small gzip archive too.
 */
export function headerLength(bytes: Uint8Array, size: number): number {
  const head = bytesIn(bytes);
  if (size < HEADER_AT || head.length < HEADER_AT)
    throw failure(`the file has ${grouped(size)} bytes; the length of its header alone takes ${HEADER_AT}`);
  const view = new DataView(head.buffer, head.byteOffset, HEADER_AT);
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  const room = size - HEADER_AT;
  // The first 8 bytes of a gzip archive can look like a short length. Then its ninth, a flag, is no beginning of JSON.
  const isGzip = head[0] === 0x1f && head[1] === 0x8b && (length > room || head[HEADER_AT] < 9);
  if (length > MAX_HEADER_BYTES || isGzip)
    throw failure(
      recognizeForeign(head) ??
        (length > MAX_PLAUSIBLE_LENGTH ? "this is not a safetensors file" : undefined) ??
        `the header claims ${grouped(length)} bytes; at most ${grouped(MAX_HEADER_BYTES)} are read`,
    );
  if (length > room)
    throw failure(
      `the header claims ${grouped(length)} bytes, but the file has ${grouped(room)} after the length: it was cut short; download it again`,
    );
  if (length < MIN_HEADER_BYTES)
    throw failure(`the header claims ${grouped(length)} bytes; the shortest one, {}, takes ${MIN_HEADER_BYTES}`);
  return length;
}

/**
 * The header's JSON (N bytes) and the number of bytes after it → the tensors. Throws unless every tensor has a known
 * dtype and a shape that fits its offsets, and all tensors together cover the data exactly once.
 */
export function parseHeader(json: Uint8Array, dataSize: number): Header {
  const root = parseJson("safetensors: the header", decodeUtf8(bytesIn(json)));
  if (!(root instanceof Map)) throw failure(`the header is ${valueText(root)}; it must be an object of tensors`);
  const metadata = readMetadata(root.get("__metadata__"));
  root.delete("__metadata__");
  if (root.size > MAX_TENSORS)
    throw failure(`the header has ${grouped(root.size)} tensors; at most ${grouped(MAX_TENSORS)} are read`);
  const tensors = [...root].map(([name, entry]): [string, TensorInfo] => [name, readTensor(name, entry)]);
  tensors.sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  needCover(tensors, dataSize);
  return {tensors: new Map(tensors), metadata};
}

/**
 * A whole file → its tensors. `data` is a view of the file's bytes. Throws as `headerLength` and `parseHeader` do.
 */
export function readSafetensors(file: Uint8Array | ArrayBuffer): Safetensors {
  const bytes = bytesIn(file);
  const start = HEADER_AT + headerLength(bytes, bytes.length);
  const header = parseHeader(bytes.subarray(HEADER_AT, start), bytes.length - start);
  return {...header, data: bytes.subarray(start)};
}

/** Throws unless this is an opened file. */
export function needOpened(file: Safetensors): Safetensors {
  if (file?.tensors instanceof Map && file.data instanceof Uint8Array) return file;
  throw failure("expected an opened file: pass what readSafetensors returns");
}

/** A view of the bytes of a tensor. Throws when the file has no tensor of this name. */
export function tensorBytes(file: Safetensors, name: string): Uint8Array {
  const {tensors, data} = needOpened(file);
  const info = tensors.get(name);
  if (!info) throw failure(`there is no tensor ${shown(name)} among the ${grouped(tensors.size)} of the file`);
  return data.subarray(info.begin, info.end);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    throw failure(`the header's ${grouped(bytes.length)} bytes are not UTF-8 text`);
  }
}

function readMetadata(entry: Json | undefined): Map<string, string> {
  const metadata = new Map<string, string>();
  if (entry === undefined) return metadata;
  if (!(entry instanceof Map)) throw failure(`__metadata__ is ${valueText(entry)}; it must be an object of texts`);
  for (const [name, value] of entry) {
    if (typeof value !== "string")
      throw failure(`__metadata__: ${shown(name)} is ${valueText(value)}; every value must be a text`);
    metadata.set(name, value);
  }
  return metadata;
}

function readTensor(name: string, entry: Json): TensorInfo {
  const tensor = shown(name);
  if (!(entry instanceof Map)) throw failure(`${tensor} is ${valueText(entry)}; it must be an object`);
  const extra = [...entry.keys()].find((key) => !["dtype", "shape", "data_offsets"].includes(key));
  if (extra !== undefined)
    throw failure(`${tensor} has ${shown(extra)}; only dtype, shape and data_offsets belong there`);
  const dtype = entry.get("dtype");
  if (!isDtype(dtype)) throw failure(`${tensor}: dtype is ${valueText(dtype)}; it must be one of ${DTYPES.join(", ")}`);
  const shape = readSizes(`${tensor}: shape`, entry.get("shape"));
  const offsets = readSizes(`${tensor}: data_offsets`, entry.get("data_offsets"));
  const [begin, end] = offsets;
  if (offsets.length !== 2 || end < begin)
    throw failure(`${tensor}: data_offsets are [${offsets.slice(0, 4).join(", ")}]; they must be a begin and an end`);
  const [size, needed] = [end - begin, bytesOf(name, dtype, shape)];
  if (size !== needed)
    throw failure(`${tensor} needs ${grouped(needed)} bytes for ${dtype} (${shapeText(shape)}), has ${grouped(size)}`);
  return {dtype, shape, begin, end};
}

/** A list of whole numbers in plain digits: no −0, 1e3 or 2.0, and none that float64 would round. */
function readSizes(what: string, value: Json | undefined): number[] {
  if (!Array.isArray(value)) throw failure(`${what} is ${valueText(value)}; it must be a list of whole numbers`);
  if (value.length > MAX_DIMENSIONS)
    throw failure(`${what} has ${grouped(value.length)} numbers; at most ${MAX_DIMENSIONS} are read`);
  return value.map((size) => {
    const plain = isNumeral(size) && /^\d+$/.test(size.digits) && Number.isSafeInteger(Number(size.digits));
    if (!plain) throw failure(`${what} has ${valueText(size)}; sizes are whole numbers in digits, below 2^53`);
    return Number(size.digits);
  });
}

/** Throws unless the tensors, sorted by their begin, cover the data from 0 to its end without a gap or an overlap. */
function needCover(tensors: readonly [string, TensorInfo][], dataSize: number): void {
  let covered = 0;
  for (const [name, {begin, end}] of tensors) {
    if (begin !== covered) {
      const before = covered === 0 ? "the data begin at 0" : `the tensor before it ends at ${grouped(covered)}`;
      throw failure(`${shown(name)} begins at byte ${grouped(begin)}, but ${before}: no gap and no overlap is allowed`);
    }
    covered = end;
  }
  if (covered !== dataSize)
    throw failure(
      `the tensors take ${grouped(covered)} bytes, but the file has ${grouped(dataSize)} after its header: ` +
        (covered > dataSize
          ? `it was cut short, ${grouped(covered - dataSize)} bytes early; download it again`
          : "nothing may follow the last tensor"),
    );
}

const PICKLE =
  "a pickle can run code when it is opened, so none is opened here; load it on your own machine with " +
  "torch.load(…, weights_only=True) and write it with safetensors.torch.save_file";
const WEB_PAGE = "this looks like a web page: the download may have answered with a login or an error page";
const NOT_READ = "only safetensors files are read here";

/** The first bytes of other kinds of files, and what each is. */
const FOREIGN_KINDS = [
  ["version ", "this is a Git LFS pointer, not the file it points to: run git lfs pull, or download the file itself"],
  ["<!", WEB_PAGE],
  ["<h", WEB_PAGE],
  ["<?", WEB_PAGE],
  ["PK\x03\x04", `this is a zip archive: unpack it; if it is a PyTorch .bin, .pt or .ckpt, ${PICKLE}`],
  ["\x80\x02", `this is a pickle: ${PICKLE}`],
  ["\x80\x04", `this is a pickle: ${PICKLE}`],
  ["GGUF", `this is a GGUF file: ${NOT_READ}`],
  ["\x89HDF", `this is an HDF5 file: ${NOT_READ}`],
  ["\x93NUMPY", `this is a NumPy array: ${NOT_READ}`],
  ["\x1f\x8b", "this is a gzip archive: unpack it first"],
  ["{", "this is JSON text: an adapter's weights are in adapter_model.safetensors"],
] as const;

/** The first bytes of a file (8 are enough) → what it is and what to do about it; undefined when they are of no known kind. */
export function recognizeForeign(head: Uint8Array): string | undefined {
  const start = String.fromCharCode(...head.subarray(0, 8));
  return FOREIGN_KINDS.find(([magic]) => start.startsWith(magic))?.[1];
}
