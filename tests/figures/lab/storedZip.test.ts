import {crc32} from "node:zlib";
import {unzipSync} from "fflate";
import {expect, test} from "vitest";
import {storedZip} from "../../../src/figures/lab/takeHome/storedZip.ts";

const files = [
  ["a.txt", new TextEncoder().encode("123456789")],
  ["empty", new Uint8Array()],
  ["large.bin", new Uint8Array(70_000).fill(7)],
] as const;

test("another reader opens the archive, and its checksums are zlib's", async () => {
  const archive = new Uint8Array(await storedZip(files).arrayBuffer());
  expect(unzipSync(archive)).toEqual(Object.fromEntries(files));
  const view = Buffer.from(archive);
  let at = 0;
  for (const [name, bytes] of files) {
    const directory = view.indexOf(name, at + 31 + name.length + bytes.length) - 46;
    expect(view.readUInt32LE(at + 14), name).toBe(crc32(bytes));
    // The directory repeats what the header before the file says, and where that header is.
    expect(view.subarray(directory + 6, directory + 32)).toEqual(view.subarray(at + 4, at + 30));
    expect(view.readUInt32LE(directory + 42)).toBe(at);
    at += 30 + name.length + bytes.length;
  }
});
