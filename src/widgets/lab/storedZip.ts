/** CRC-32 as ZIP defines it (RFC 1952), bit by bit: fast enough for an archive of this size, and shorter than a table. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

type Field = readonly [value: number, bytes: 2 | 4];

/** Little-endian. */
const pack = (...fields: readonly Field[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(fields.flatMap(([value, bytes]) => Array.from({length: bytes}, (_, i) => (value >>> (8 * i)) & 255)));

/** 1 January 1980, the first date that ZIP knows: a fixed date, so that the same files give the same bytes. */
const DATE = (1 << 5) | 1;

/**
 * Files by name → a ZIP archive (PKWARE APPNOTE 6.3), stored because weights hardly compress. fflate's `zipSync` would do the same,
 * but add 4 kB to every embedded lab. Names must be ASCII.
 */
export function storedZip(files: Readonly<Record<string, Uint8Array>>): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  const sizeOf = (list: readonly Uint8Array[]) => list.reduce((sum, {length}) => sum + length, 0);
  for (const [name, bytes] of Object.entries(files)) {
    const label = new TextEncoder().encode(name);
    // Version, flags, method, time, date, checksum, packed size, size, length of the name, length of extra fields.
    const facts: readonly Field[] = [
      ...([20, 0, 0, 0, DATE].map((value) => [value, 2]) as Field[]),
      ...([crc32(bytes), bytes.length, bytes.length].map((value) => [value, 4]) as Field[]),
      [label.length, 2],
      [0, 2],
    ];
    const offset = sizeOf(parts);
    parts.push(pack([0x04034b50, 4], ...facts), label, bytes.slice());
    // Then the comment, the disk, and the attributes, all zero.
    directory.push(pack([0x02014b50, 4], [20, 2], ...facts, [0, 4], [0, 2], [0, 4], [offset, 4]), label);
  }
  const count = Object.keys(files).length;
  const end = pack([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [sizeOf(directory), 4], [sizeOf(parts), 4], [0, 2]);
  return new Blob([...parts, ...directory, end], {type: "application/zip"});
}
