import {strToU8, type ZipOptions, zipSync} from "fflate";

/** Files by path, text as UTF-8. */
export type Contents = Readonly<Record<string, string | Uint8Array>>;

// ZIP stores local time, so a date without a zone gives the same bytes everywhere.
const mtime = "1980-01-01T12:00";

/**
 * A ZIP archive whose bytes depend only on its files. The compressor is fflate, because Node's own writes other bytes on other
 * processors.
 */
export const archive = (contents: Contents, level: ZipOptions["level"] = 9): Uint8Array<ArrayBuffer> =>
  zipSync(
    Object.fromEntries(
      Object.entries(contents).map(([path, data]) => [path, typeof data === "string" ? strToU8(data) : data]),
    ),
    {level, mtime},
  );
