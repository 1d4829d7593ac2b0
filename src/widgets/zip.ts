/** CRC-32 of RFC 1952, bit by bit: the files are small. */
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

/**
 * Files by name → one ZIP archive (PKWARE's APPNOTE 6.3), stored as they are. Throws when a name is not plain ASCII, as
 * readers guess differently at others.
 */
export function zip(files: ReadonlyMap<string, Uint8Array>): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  const push = (to: Uint8Array<ArrayBuffer>[], bytes: Uint8Array) => void to.push(Uint8Array.from(bytes));
  const sizeOf = (list: readonly Uint8Array[]) => list.reduce((sum, {length}) => sum + length, 0);
  for (const [name, bytes] of files) {
    if (!/^[\w.-]+$/.test(name)) throw new Error(`zip: ${name} is no plain name; letters, digits, . - and _ do`);
    const label = new TextEncoder().encode(name);
    const offset = sizeOf(parts);
    // Version 2.0, no flags, stored, the day, checksum, both sizes, length of the name, nothing extra.
    const facts = [
      [20, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [DAY, 2],
      [crc32(bytes), 4],
      [bytes.length, 4],
      [bytes.length, 4],
      [label.length, 2],
      [0, 2],
    ] as const;
    for (const part of [numbers([[0x04034b50, 4], ...facts]), label, bytes]) push(parts, part);
    const entry = numbers([
      [0x02014b50, 4],
      [20, 2],
      ...facts,
      ...([0, 0, 0].map((zero) => [zero, 2]) as [number, 2][]),
      [0, 4],
      [offset, 4],
    ]);
    for (const part of [entry, label]) push(directory, part);
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
  return new Blob([...parts, ...directory, Uint8Array.from(end)], {type: "application/zip"});
}
