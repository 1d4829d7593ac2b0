import {strToU8, zipSync} from "fflate";

/** Files by path, text as UTF-8. */
export type Contents = Readonly<Record<string, string | Uint8Array>>;

/** One deflated ZIP archive. Every file is of the first day that the format can say: the same files make the same bytes. */
export function archive(contents: Contents): Uint8Array<ArrayBuffer> {
  const files = Object.entries(contents).map(([path, data]) => [path, typeof data === "string" ? strToU8(data) : data]);
  // The format has no time zone; fflate reads the date in that of this machine.
  return Uint8Array.from(zipSync(Object.fromEntries(files), {level: 9, mtime: new Date(1980, 0, 1)}));
}
