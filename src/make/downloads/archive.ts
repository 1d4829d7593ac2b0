import {deflateSync, strToU8} from "fflate";
import {zip} from "../../widgets/zip.ts";

/** Files by path, text as UTF-8. */
export type Contents = Readonly<Record<string, string | Uint8Array>>;

// Not Node's own: its bytes differ from one processor to another.
const smallest = (bytes: Uint8Array) => deflateSync(bytes, {level: 9});

/** One packed ZIP archive: the same files make the same bytes. */
export const archive = (contents: Contents): Uint8Array<ArrayBuffer> =>
  zip(
    new Map(
      Object.entries(contents).map(([path, data]) => [path, typeof data === "string" ? strToU8(data) : data] as const),
    ),
    smallest,
  );
