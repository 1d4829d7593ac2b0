/** A ZIP archive without compression. */

import {crc32} from "../../../figure/export/crc32.ts";

/** A number of 4 bytes as two of 2, which all fields of the format are made of. */
const twoWords = (value: number) => [value, value >>> 16];
const bytesOf = (fields: readonly number[]) => new Uint8Array(Uint16Array.from(fields).buffer);

/**
 * Files by name → a ZIP archive that stores them as they are (PKWARE's APPNOTE 6.3). The date is 1 January 1980, the first that
 * the format has, so the same files give the same bytes. fflate is not used here: it would bring 4 kB of compressor to a page
 * that embeds the lab, and weights hardly compress.
 */
export function storedZip(files: readonly (readonly [name: string, bytes: Uint8Array])[]): Blob {
  const contents: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  const sizeOf = (parts: readonly Uint8Array[]) => parts.reduce((sum, {length}) => sum + length, 0);
  for (const [name, bytes] of files) {
    const label = new TextEncoder().encode(name);
    const size = twoWords(bytes.length);
    // Version 2.0, no flags, stored, midnight, the date, checksum, both sizes, length of the name, nothing extra.
    const facts = [20, 0, 0, 0, (1 << 5) | 1, ...twoWords(crc32(bytes)), ...size, ...size, label.length, 0];
    directory.push(bytesOf([0x4b50, 0x0201, 20, ...facts, 0, 0, 0, 0, 0, ...twoWords(sizeOf(contents))]), label);
    contents.push(bytesOf([0x4b50, 0x0403, ...facts]), label, bytes);
  }
  const ends = [...twoWords(sizeOf(directory)), ...twoWords(sizeOf(contents))];
  const end = bytesOf([0x4b50, 0x0605, 0, 0, files.length, files.length, ...ends, 0]);
  return new Blob([...contents, ...directory, end] as BlobPart[], {type: "application/zip"});
}
