import {crc32, inflateRawSync} from "node:zlib";
import {unzipSync} from "fflate";
import {describe, expect, test} from "vitest";
import {archive} from "../../../src/make/downloads/archive.ts";
import {zip} from "../../../src/widgets/zip.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const check = bytesOf("123456789");
const contents = {"a.txt": "Δ".repeat(1000), "b/c.bin": Uint8Array.of(1, 2, 3), empty: "", "run.py": check};
const bytes = Object.fromEntries(
  Object.entries(contents).map(([path, data]) => [path, typeof data === "string" ? bytesOf(data) : data]),
);

/** A file as the directory at an archive's end has it. */
interface Entry {
  method: number;
  day: number;
  sum: number;
  data: Uint8Array;
}

/** What the directory says, found as APPNOTE 6.3 has it, from the end; the header before each file has to say the same. */
function directory(archive: Uint8Array): Record<string, Entry> {
  const all = Buffer.from(archive);
  const end = all.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  expect(all.readUInt32LE(end + 12) + all.readUInt32LE(end + 16)).toBe(end);
  const found: Record<string, Entry> = {};
  let at = all.readUInt32LE(end + 16);
  for (let n = all.readUInt16LE(end + 10); n > 0; n--) {
    expect(all.readUInt32LE(at)).toBe(0x02014b50);
    const [label, offset] = [all.readUInt16LE(at + 28), all.readUInt32LE(at + 42)];
    expect(all.readUInt32LE(offset)).toBe(0x04034b50);
    expect(all.subarray(offset + 4, offset + 30)).toEqual(all.subarray(at + 6, at + 32));
    const start = offset + 30 + label;
    const [method, day, sum] = [all.readUInt16LE(at + 10), all.readUInt16LE(at + 14), all.readUInt32LE(at + 16)];
    const kept = all.subarray(start, start + all.readUInt32LE(at + 20));
    const data = new Uint8Array(method === 8 ? inflateRawSync(kept) : kept);
    expect(data.length).toBe(all.readUInt32LE(at + 24));
    found[all.toString("ascii", at + 46, at + 46 + label)] = {method, day, sum, data};
    at += 46 + label;
  }
  expect(at).toBe(end);
  return found;
}

describe.each([
  ["stored", 0, zip(new Map(Object.entries(bytes)))],
  ["packed", 8, archive(contents)],
])("an archive that is %s", (_, method, made) => {
  test("gives its files back, to a stranger's reader too", () => {
    const entries = Object.entries(directory(made));
    expect(Object.fromEntries(entries.map(([path, {data}]) => [path, data]))).toEqual(bytes);
    expect(unzipSync(made)).toEqual(bytes);
    for (const [path, entry] of entries) expect(entry, path).toMatchObject({method, sum: crc32(entry.data)});
  });

  test("has the checksum everyone computes, and the first day that the format can say", () => {
    expect(directory(made)["run.py"]).toMatchObject({sum: 0xcbf43926, day: (1 << 5) | 1});
  });
});

test("the same files make the same bytes, and packed ones few", () => {
  expect(archive(contents)).toEqual(archive({...contents}));
  expect(archive(contents).length).toBeLessThan(650);
});

test.each(["../up", "a/../b", "..", "a//b", "/a", "naïve.txt", "a b", ""])("%j is no path for an archive", (path) => {
  expect(() => zip(new Map([[path, new Uint8Array()]]))).toThrow(`${path} is no plain name`);
});
