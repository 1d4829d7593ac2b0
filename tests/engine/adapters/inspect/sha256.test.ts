import {createHash} from "node:crypto";
import {expect, test} from "vitest";
import {sha256} from "../../../../src/engine/adapters/inspect/sha256.ts";
import {mulberry32} from "../../../../src/engine/linalg/random.ts";

const due = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("the digest of every length up to three blocks is OpenSSL's, whatever the pieces", () => {
  const random = mulberry32(4);
  for (let length = 0; length <= 192; length++) {
    const bytes = Uint8Array.from({length}, () => Math.floor(256 * random()));
    const ours = sha256();
    for (let at = 0; at < length; ) {
      const next = Math.min(length, at + Math.floor(80 * random()));
      ours.add(bytes.subarray(at, next));
      at = next;
    }
    expect(ours.digest(), `${length} bytes`).toBe(due(bytes));
  }
});

test("a longer file too, and what is no bytes is refused", () => {
  const bytes = Uint8Array.from({length: 1_000_003}, (_, i) => (i * i) >> 3);
  const ours = sha256();
  ours.add(bytes);
  expect(ours.digest()).toBe(due(bytes));
  expect(() => sha256().add("abc" as never)).toThrow("expected a Uint8Array, got string");
});
