import {afterEach, expect, test, vi} from "vitest";
import {ANSWER_TIMEOUT, type HandedFile, handOver, receiveFiles} from "../../src/inspect/handOver.ts";

afterEach(() => vi.useRealTimers());

const files = (): HandedFile[] => [{name: "run/adapter_model.safetensors", bytes: Uint8Array.of(1, 2, 3)}];
const nobody = {name: "x", bytes: "no bytes"} as unknown as HandedFile;

test("the new tab gets the files of the tab that knows its number, whoever begins", async () => {
  for (const isLate of [false, true]) {
    const id = `1-${Number(isLate)}`;
    const early = isLate ? receiveFiles(id) : undefined;
    if (isLate) await new Promise((resolve) => setTimeout(resolve, 50));
    const handed = handOver(id, async () => files());
    const taken = await (early ?? receiveFiles(id));
    expect(taken!.map(({name}) => name)).toEqual(["run/adapter_model.safetensors"]);
    expect([...new Uint8Array(await taken![0]!.blob.arrayBuffer())]).toEqual([1, 2, 3]);
    expect(await handed).toBe(true);
  }
});

test("a second tab with the same number gets nothing, and neither does another number", async () => {
  const make = vi.fn(async () => files());
  const handed = handOver("2-0", make);
  expect(await receiveFiles("2-0")).toHaveLength(1);
  expect(await handed).toBe(true);
  vi.useFakeTimers();
  const late = [receiveFiles("2-0"), receiveFiles("2-1")];
  vi.advanceTimersByTime(ANSWER_TIMEOUT);
  expect(await Promise.all(late)).toEqual([undefined, undefined]);
  expect(make).toHaveBeenCalledOnce();
});

test("where nobody asks, or no file can be made, the first tab knows", async () => {
  expect(await handOver("3-0", async () => files(), 20)).toBe(false);
  const failing = handOver("3-1", () => Promise.reject(new Error("no chunk")));
  const channel = new BroadcastChannel("lora-live: 3-1");
  channel.postMessage("files?");
  expect(await failing).toBe(false);
  channel.close();
});

test("what is no list of files is left alone", async () => {
  const taking = receiveFiles("4-0");
  const channel = new BroadcastChannel("lora-live: 4-0");
  for (const data of ["hello", {name: "x"}, [nobody], [null]]) channel.postMessage(data);
  channel.postMessage(files());
  expect(await taking).toHaveLength(1);
  channel.close();
});
