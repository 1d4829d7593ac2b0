/** One block of memory that the kernels and their callers share; arrays are views of it, so nothing is ever copied. */
export interface Heap {
  readonly buffer: ArrayBuffer;
  /** The same bytes as the kernels import them; missing where the host has no WebAssembly. */
  readonly memory: WebAssembly.Memory | undefined;
  /** `length` zeros, beginning at a multiple of 64 bytes. Throws, in words, when the heap has no room for them. */
  floats(length: number): Float32Array<ArrayBuffer>;
  doubles(length: number): Float64Array<ArrayBuffer>;
  /** How far the heap is filled now, for `release`. */
  mark(): number;
  /** Gives back everything taken since `mark` answered so. Arrays from then must not be used any more. */
  release(mark: number): void;
}

const PAGE = 65536;
const LINE = 64;
const show = (n: number) => n.toLocaleString("en-US");

/**
 * A heap of `bytes`, rounded up to whole pages of 64 KiB. It never grows, so that no view of it ever goes stale.
 * Throws when `bytes` is no size, or when the host has not so much memory.
 */
export function createHeap(bytes: number): Heap {
  if (!Number.isInteger(bytes) || bytes < 1 || bytes > 2 ** 31)
    throw new Error(`heap: ${bytes} is no size; it must be a whole number of bytes from 1 to ${show(2 ** 31)}`);
  const pages = Math.ceil(bytes / PAGE);
  const {memory, buffer} = reserve(pages);
  const size = pages * PAGE;
  let top = 0;

  function take(length: number, width: number): number {
    if (!Number.isInteger(length) || length < 1)
      throw new Error(`heap: ${length} is no length; it must be a whole number of at least 1`);
    const start = top;
    const end = start + Math.ceil((length * width) / LINE) * LINE;
    if (end > size)
      throw new Error(
        `heap: ${show(length)} numbers of ${width} bytes need ${show(end - start)} bytes; ` +
          `${show(size - start)} of ${show(size)} are free. Release what is no longer used, or make a larger heap`,
      );
    top = end;
    return start;
  }

  return {
    buffer,
    memory,
    floats: (length) => new Float32Array(buffer, take(length, 4), length).fill(0),
    doubles: (length) => new Float64Array(buffer, take(length, 8), length).fill(0),
    mark: () => top,
    release(mark) {
      if (!(mark >= 0 && mark <= top && mark % LINE === 0))
        throw new Error(`heap: ${mark} is no mark of a heap filled up to ${top}; release what mark() answered`);
      top = mark;
    },
  };
}

function reserve(pages: number): Pick<Heap, "memory" | "buffer"> {
  try {
    if (typeof WebAssembly === "undefined") return {memory: undefined, buffer: new ArrayBuffer(pages * PAGE)};
    const memory = new WebAssembly.Memory({initial: pages, maximum: pages});
    return {memory, buffer: memory.buffer};
  } catch (cause) {
    throw new Error(`heap: this device has no ${show(pages * PAGE)} bytes in one piece; ask for fewer`, {cause});
  }
}
