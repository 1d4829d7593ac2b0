/** Writes safetensors files, and tells their size before. */

import {grouped, shown} from "../wording.ts";
import {bytesOf, DTYPES, type Dtype, isDtype, shapeText} from "./dtype.ts";
import {HEADER_AT, MAX_DIMENSIONS, MAX_HEADER_BYTES, MAX_TENSORS} from "./safetensors.ts";

/** An array of numbers as a file stores it. */
export interface Tensor {
  dtype: Dtype;
  shape: readonly number[];
  /** Row-major, little-endian. */
  bytes: Uint8Array;
}

const failure = (sentence: string) => new Error(`safetensors: ${sentence}`);

/** A tensor before it has numbers: what the header says of it. */
export type TensorSpec = Pick<Tensor, "dtype" | "shape">;

/** The tensors in their order in the file, the header's JSON and its length when padded, and how many bytes follow it. */
function layOut<T extends TensorSpec>(tensors: ReadonlyMap<string, T>, metadata: ReadonlyMap<string, string>) {
  const sorted = [...tensors].sort(
    ([a, {dtype: left}], [b, {dtype: right}]) => DTYPES.indexOf(right) - DTYPES.indexOf(left) || (a < b ? -1 : 1),
  );
  let end = 0;
  const entries = sorted.map(([name, {dtype, shape}]) => {
    const begin = end;
    end += bytesOf(name, dtype, shape);
    return `${jsonString(name)}:{"dtype":"${dtype}","shape":[${shape.join(",")}],"data_offsets":[${begin},${end}]}`;
  });
  if (metadata.size > 0) {
    const byName = [...metadata].sort(([a], [b]) => (a < b ? -1 : 1));
    entries.unshift(
      `"__metadata__":{${byName.map(([name, value]) => `${jsonString(name)}:${jsonString(value)}`).join(",")}}`,
    );
  }
  const json = new TextEncoder().encode(`{${entries.join(",")}}`);
  return {sorted, json, length: Math.ceil(json.length / 8) * 8, end};
}

function needMaps(tensors: unknown, metadata: unknown): void {
  if (!(tensors instanceof Map && metadata instanceof Map))
    throw failure("expected a Map of tensors by name, and a Map of texts as metadata");
}

/** The bytes that a file of tensors with these formats and shapes will have. */
export function sizeOfSafetensors(
  tensors: ReadonlyMap<string, TensorSpec>,
  metadata: ReadonlyMap<string, string> = new Map(),
): number {
  needMaps(tensors, metadata);
  for (const [name, spec] of tensors)
    if (!isDtype(spec?.dtype) || !Array.isArray(spec.shape))
      throw failure(`${shown(String(name))} has no format and shape; expected a Map of {dtype, shape} by name`);
  const {length, end} = layOut(tensors, metadata);
  return HEADER_AT + length + end;
}

/**
 * Tensors and metadata → the bytes of a file, always the same for the same input. Like the reference writer, it sorts
 * tensors by type, wide ones first, and then by name, and pads the header with spaces so that the data begin at a
 * multiple of 8; metadata are sorted by name. Throws when a tensor's bytes do not fit its shape, and for anything that
 * the reader would refuse.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array {
  needMaps(tensors, metadata);
  if (tensors.size > MAX_TENSORS)
    throw failure(`${grouped(tensors.size)} tensors are to be written; at most ${grouped(MAX_TENSORS)} can be read`);
  for (const [name, tensor] of tensors) needTensor(name, tensor);
  const {sorted, json, length, end} = layOut(tensors, metadata);
  if (length > MAX_HEADER_BYTES)
    throw failure(`the header takes ${grouped(length)} bytes; at most ${grouped(MAX_HEADER_BYTES)} can be read`);

  const start = HEADER_AT + length;
  const file = new Uint8Array(start + end).fill(0x20, HEADER_AT, start);
  new DataView(file.buffer).setUint32(0, length, true);
  file.set(json, HEADER_AT);
  let at = start;
  for (const [, {bytes}] of sorted) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

function needTensor(name: string, {dtype, shape, bytes}: Tensor): void {
  if (name === "__metadata__") throw failure("__metadata__ is the name of the metadata; no tensor may have it");
  const bad = shape.find((size) => !Number.isSafeInteger(size) || size < 0);
  if (bad !== undefined) throw failure(`${shown(name)}: shape has ${bad}; sizes are whole numbers of at least 0`);
  if (shape.length > MAX_DIMENSIONS)
    throw failure(`${shown(name)}: shape has ${shape.length} numbers; at most ${MAX_DIMENSIONS} can be read`);
  const needed = bytesOf(name, dtype, shape);
  if (bytes.length !== needed)
    throw failure(
      `${shown(name)} needs ${grouped(needed)} bytes for ${dtype} (${shapeText(shape)}), has ${grouped(bytes.length)}`,
    );
}

/** A text as a JSON string. Throws for half a surrogate pair, which has no UTF-8 form and could not be read back. */
function jsonString(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw failure(`${shown(value)} is not text: it holds half a surrogate pair`);
  return JSON.stringify(value);
}
