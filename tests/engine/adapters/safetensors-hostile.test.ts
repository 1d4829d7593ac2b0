import {expect, test} from "vitest";
import {bytesOf} from "../../../src/engine/adapters/dtype.ts";
import {readSafetensors} from "../../../src/engine/adapters/safetensors.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {fileOf, mutants} from "./mutants.ts";

/** Runs f → the message of its error, and the processor seconds it took. */
function timed(f: () => void): {message: string | undefined; seconds: number} {
  const before = process.threadCpuUsage();
  let message: string | undefined;
  try {
    f();
  } catch (error) {
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    message = error.message;
  }
  const {user, system} = process.threadCpuUsage(before);
  return {message, seconds: (user + system) / 1e6};
}

const MiB = 2 ** 20;
const bytes = (count: number, offsets: string) => `{"dtype":"U8","shape":[${count}],"data_offsets":${offsets}}`;
/** Tensors of 4 bytes, each `step` bytes after the one before. */
const tensors = (count: number, step: number) => {
  const entries = Array.from({length: count}, (_, i) => `"t${i}":${bytes(4, `[${step * i},${step * i + 4}]`)}`);
  return fileOf(`{${entries.join(",")}}`, step * (count - 1) + 4);
};

test.each<[string, () => Uint8Array, string | undefined]>([
  ["100,000 tensors on the same bytes", () => tensors(100_000, 0), "no gap and no overlap"],
  ["100,000 good tensors", () => tensors(100_000, 4), undefined],
  ["100,001 tensors", () => tensors(100_001, 4), "the header has 100,001 tensors; at most 100,000"],
  ["a name of 16 MB", () => fileOf(`{"${"n".repeat(16 * MiB - 80)}":${bytes(1, "[0,2]")}}`, 2), "has 2"],
  ["16 MB of escapes", () => fileOf(`{"${"\\n".repeat(8 * MiB - 40)}":0}`), "is 0; it must be an object"],
  ["16 MB of open lists", () => fileOf(`{"a":${"[".repeat(16 * MiB - 10)}`), "nested deeper than 32 levels"],
  ["8 million zeros", () => fileOf(`{"a":[${"0,".repeat(8 * MiB - 10)}0]}`), "has more than 2,000,000 values"],
  ["16 MB of spaces", () => fileOf(" ".repeat(16 * MiB)), "it has the end where a value should be"],
  ["a number of 16 MB", () => fileOf(`{"a":${"9".repeat(16 * MiB - 10)}}`), "it must be an object"],
])("%s: read or refused within two seconds, with one short sentence", (_, make, sentence) => {
  const file = make();
  let answer = timed(() => readSafetensors(file));
  if (sentence === undefined) expect(answer.message).toBeUndefined();
  else expect(answer.message).toContain(sentence);
  expect(answer.message?.length ?? 0).toBeLessThan(500);
  // A busy machine may take longer once or twice.
  for (let retries = 2; retries > 0 && answer.seconds >= 2; retries--) answer = timed(() => readSafetensors(file));
  expect(answer.seconds).toBeLessThan(2);
});

/** A part of every message with which the reader refuses a header, except those for 16 MB and 100,000 tensors. */
const sentences = [
  ...[
    "alone takes 8",
    "bytes, but the file has",
    "the shortest one",
    "bytes; at most",
    "are not UTF-8",
    "is not JSON: at",
  ],
  ...["broken or unended", "twice", "nested deeper", "must be an object of tensors", "must be an object of texts"],
  ...["every value must be a text", "; it must be an object", "only dtype, shape and", "it must be one of"],
  ...["must be a list of whole numbers", "sizes are whole numbers", "must be a begin and an end", "numbers of 4 bits"],
  ...["no file can hold", "needs", "the data begin at 0", "before it ends at", "cut short", "nothing may follow"],
];

test("20,000 mutated headers: read whole or refused with a sentence, quickly and in little memory", () => {
  const next = mutants(mulberry32(3));
  const missing = new Set(sentences);
  let [read, slowest, memory] = [0, 0, 0];
  const start = process.memoryUsage().heapUsed;
  for (let i = 0; i < 20_000; i++) {
    const file = next();
    const {message, seconds} = timed(() => {
      const {tensors, data} = readSafetensors(file);
      const sizes = [...tensors].map(([name, {dtype, shape}]) => bytesOf(name, dtype, shape));
      if (sizes.reduce((sum, size) => sum + size, 0) !== data.length)
        throw new Error("the tensors do not fill the data");
      read++;
    });
    slowest = Math.max(slowest, seconds);
    if (message !== undefined) {
      if (!message.startsWith("safetensors: ") || message.length > 500) expect.fail(message);
      for (const sentence of missing) if (message.includes(sentence)) missing.delete(sentence);
    }
    if (i % 1000 === 0) memory = Math.max(memory, process.memoryUsage().heapUsed - start);
  }
  // Some mutants are good files, and all messages occur.
  expect(read).toBeGreaterThan(200);
  expect([...missing]).toEqual([]);
  expect(slowest).toBeLessThan(1);
  expect(memory).toBeLessThan(256 * MiB);
});
