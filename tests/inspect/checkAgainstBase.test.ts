/** The worker's answers on an adapter against its base: the report, its progress, and what goes wrong. */
import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {isModelSentence} from "../../src/inspect/sentences.ts";
import {asker, dropped, read} from "./asked.ts";

const made = (name: string) =>
  dropped(name, new Uint8Array(readFileSync(new URL(`../fixtures/base/${name}`, import.meta.url))));
const adapter = () => [made("adapter_model.safetensors"), made("adapter_config.json")];
const base = made("base-BF16.safetensors");
const opened = async () => {
  const ask = asker();
  await read(ask, 0, adapter());
  return ask;
};

test("the report, with progress to the last byte", async () => {
  const ask = await opened();
  const {result, progress} = await ask("checkAgainstBase", {
    slot: 0,
    base: [base],
    checkpoint: [made("merged-in.safetensors")],
  });
  expect(result!.headline).toMatch(/^A merge in BF16 would keep 88% of this change/);
  expect(result!.presence).toMatch(/^This adapter is in this checkpoint, bit for bit/);
  expect(result!.rows).toHaveLength(4);
  expect(progress).toHaveLength(4);
  expect(progress.at(-1)).toEqual({done: 13_824, of: 13_824});
});

test("a reading that is called off ends, and another can begin", async () => {
  const ask = await opened();
  expect(await ask("checkAgainstBase", {slot: 0, base: [base], checkpoint: []}, 1)).toMatchObject({isCancelled: true});
  expect((await ask("checkAgainstBase", {slot: 0, base: [base], checkpoint: []})).result!.presence).toBeUndefined();
});

test("another base is a sentence, and so is a checkpoint of another model", async () => {
  const ask = await opened();
  const [own] = adapter();
  const other = await ask("checkAgainstBase", {slot: 0, base: [own!], checkpoint: []});
  expect(other.error).toMatch(
    /^This is not the base of this adapter: none of the adapter’s 4 modules is in it\. .*; the adapter needs .*\.$/,
  );
  const checkpoint = await ask("checkAgainstBase", {slot: 0, base: [base], checkpoint: [own!]});
  expect(checkpoint.error).toMatch(/^This checkpoint is of another model: none of the adapter’s 4 modules is in it\./);
  expect(
    (await ask("checkAgainstBase", {slot: 0, base: [dropped("x.safetensors", "no model")], checkpoint: []})).error,
  ).toBe("This is not a safetensors file.");
});

test("a whole model or parts of one, dropped beside an open adapter, are told from other refusals", async () => {
  const ask = await opened();
  const refused = async (...files: ReturnType<typeof made>[]) => (await ask("open", {slot: 1, files})).error!;
  const part = (i: number) => ({...base, name: `model-0000${i}-of-00002.safetensors`});
  expect(isModelSentence(await refused(base))).toBe(true);
  expect(isModelSentence(await refused(part(1)))).toBe(true);
  expect(isModelSentence(await refused(part(1), part(2)))).toBe(true);
  expect(isModelSentence(await refused(dropped("x.bin", "pickle")))).toBe(false);
  expect(isModelSentence(await refused(dropped("adapter_config.json", "{}")))).toBe(false);
});
