/** The memory that the kernels work on. */
import {grouped} from "../wording.ts";

// The little of WebAssembly's interface that the kernels use, declared here so that their types need no DOM library.

/** A `WebAssembly.Memory`. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** A `WebAssembly.Module`, which nothing looks into. */
export type WasmModule = object;

/** The global `WebAssembly`, where a host has it. */
export interface Wasm {
  Memory: new (pages: {initial: number; maximum: number}) => WasmMemory;
  Module: new (code: Uint8Array<ArrayBuffer>) => WasmModule;
  Instance: new (module: WasmModule, imports: object) => {exports: unknown};
}

declare const WebAssembly: Wasm;

/** A block of memory that the kernels and their callers share. Arrays are views of it, so nothing is copied. */
export interface Heap {
  readonly buffer: ArrayBuffer;
  /** The same bytes as WebAssembly memory; undefined when the host has no WebAssembly. */
  readonly memory: WasmMemory | undefined;
  /** `length` zeros, beginning at a multiple of 64 bytes. Throws when the heap is full. */
  floats(length: number): Float32Array<ArrayBuffer>;
  /** How far the heap is filled, for `release`. */
  mark(): number;
  /** Frees everything taken since `mark()` returned this number. Those arrays must not be used any more. */
  release(mark: number): void;
}

const PAGE_BYTES = 65536;
const CACHE_LINE_BYTES = 64;

/**
 * A heap of `bytes`, rounded up to whole pages of 64 KiB. It never grows, so views of it stay valid. Throws unless
 * `bytes` is a whole number from 1 to 2³¹, and when the host does not have that much memory.
 */
export function createHeap(bytes: number): Heap {
  if (!Number.isInteger(bytes) || bytes < 1 || bytes > 2 ** 31)
    throw new Error(`heap: the size is ${bytes}; it must be a whole number of bytes from 1 to ${grouped(2 ** 31)}`);
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const {memory, buffer} = reserve(pages);
  const size = pages * PAGE_BYTES;
  let top = 0;

  function take(length: number): number {
    if (!Number.isInteger(length) || length < 1)
      throw new Error(`heap: the length is ${length}; it must be a whole number of at least 1`);
    const start = top;
    const end = start + Math.ceil((4 * length) / CACHE_LINE_BYTES) * CACHE_LINE_BYTES;
    if (end > size)
      throw new Error(
        `heap: ${grouped(length)} numbers of 4 bytes need ${grouped(end - start)} bytes; ` +
          `${grouped(size - start)} of ${grouped(size)} are free. Release what is no longer used, or make a larger heap`,
      );
    top = end;
    return start;
  }

  return {
    buffer,
    memory,
    floats: (length) => new Float32Array(buffer, take(length), length).fill(0),
    mark: () => top,
    release(mark) {
      if (!(mark >= 0 && mark <= top && mark % CACHE_LINE_BYTES === 0))
        throw new Error(`heap: ${mark} is not a mark of a heap filled up to ${top}; release what mark() returned`);
      top = mark;
    },
  };
}

function reserve(pages: number): Pick<Heap, "memory" | "buffer"> {
  try {
    if (typeof WebAssembly === "undefined") return {memory: undefined, buffer: new ArrayBuffer(pages * PAGE_BYTES)};
    const memory = new WebAssembly.Memory({initial: pages, maximum: pages});
    return {memory, buffer: memory.buffer};
  } catch (cause) {
    const size = grouped(pages * PAGE_BYTES);
    throw new Error(`heap: this device does not have ${size} bytes in one piece; ask for fewer`, {cause});
  }
}
