/** Where the bytes of an opened file come from. A `Blob` or `File` is a source as it is; nothing here reads a whole file. */

/** Some bytes that are not read yet. */
interface Slice {
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A file that gives any part of itself. `name` may be a path; it tells files of one drop apart. */
export interface Source {
  readonly size: number;
  readonly name?: string;
  slice(begin: number, end: number): Slice;
}

/** A file that is already in memory, as a source: for tests and for programs. */
export function sourceOf(bytes: Uint8Array, name?: string): Source {
  if (!(bytes instanceof Uint8Array)) throw new Error(`source: expected a Uint8Array, got ${typeof bytes}`);
  return {
    size: bytes.length,
    ...(name !== undefined && {name}),
    slice: (begin, end) => ({arrayBuffer: async () => new Uint8Array(bytes.subarray(begin, end)).buffer}),
  };
}

/**
 * The bytes begin … end − 1, in a new buffer. Throws when the file gives fewer: it was changed or moved after it
 * was opened.
 */
export async function bytesFrom(source: Source, begin: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(await source.slice(begin, end).arrayBuffer());
  if (bytes.length !== end - begin)
    throw new Error(
      `inspect: the file gave ${bytes.length} of ${end - begin} bytes; it changed after it was opened: open it again`,
    );
  return bytes;
}
