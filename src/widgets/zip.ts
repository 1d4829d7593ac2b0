/** CRC-32 of RFC 1952, bit by bit: a table would weigh more than the time it saves on files of this size. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Midnight of 1 January 1980, the first day that the format can say: the same files make the same bytes. */
const DAY = (1 << 5) | 1;

const numbers = (widths: readonly (readonly [value: number, bytes: 2 | 4])[]): Uint8Array => {
  const out = new DataView(new ArrayBuffer(widths.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of widths) {
    if (bytes === 2) out.setUint16(at, value, true);
    else out.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(out.buffer);
};

const sizeOf = (list: readonly Uint8Array[]): number => list.reduce((sum, {length}) => sum + length, 0);

const isPlain = (path: string): boolean => path.split("/").every((part) => /^(?!\.\.?$)[\w.-]+$/.test(part));

/**
 * Files by path → one ZIP archive (PKWARE's APPNOTE 6.3), stored as they are or packed by `deflate` (RFC 1951), which readers
 * need not load. Throws when a path is not of plain ASCII names, as programs guess differently at others.
 */
export function zip(
  files: ReadonlyMap<string, Uint8Array>,
  deflate?: (bytes: Uint8Array) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  for (const [path, bytes] of files) {
    if (!isPlain(path)) throw new Error(`zip: ${path} is no plain name; letters, digits, . - and _ do`);
    const label = new TextEncoder().encode(path);
    const offset = sizeOf(parts);
    const packed = deflate ? deflate(bytes) : bytes;
    // Version 2.0, no flags, the method, the day, checksum, both sizes, length of the path, nothing extra.
    const facts = [
      [20, 2],
      [0, 2],
      [deflate ? 8 : 0, 2],
      [0, 2],
      [DAY, 2],
      [crc32(bytes), 4],
      [packed.length, 4],
      [bytes.length, 4],
      [label.length, 2],
      [0, 2],
    ] as const;
    parts.push(numbers([[0x04034b50, 4], ...facts]), label, packed);
    const entry = numbers([
      [0x02014b50, 4],
      [20, 2],
      ...facts,
      ...([0, 0, 0].map((zero) => [zero, 2]) as [number, 2][]),
      [0, 4],
      [offset, 4],
    ]);
    directory.push(entry, label);
  }
  const [start, length] = [sizeOf(parts), sizeOf(directory)];
  const end = numbers([
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [files.size, 2],
    [files.size, 2],
    [length, 4],
    [start, 4],
    [0, 2],
  ]);
  const archive = new Uint8Array(start + length + end.length);
  let at = 0;
  for (const part of [...parts, ...directory, end]) {
    archive.set(part, at);
    at += part.length;
  }
  return archive;
}
