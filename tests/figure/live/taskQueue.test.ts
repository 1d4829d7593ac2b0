import {expect, test} from "vitest";
import {taskQueue} from "../../../src/figure/live/taskQueue.ts";

const moment = () => new Promise((resolve) => setTimeout(resolve));

test("a later word waits for one before it that loads something; then words are heeded at once again", async () => {
  const inTurn = taskQueue();
  const heeded: string[] = [];
  let load = () => {};
  const slow = inTurn(async () => {
    await new Promise<void>((resolve) => (load = resolve));
    heeded.push("first");
  }, true);
  const quick = inTurn(() => heeded.push("second"));
  await moment();
  expect(heeded).toEqual([]);
  load();
  await Promise.all([slow, quick]);
  expect(heeded).toEqual(["first", "second"]);
  await moment();
  inTurn(() => heeded.push("third"));
  expect(heeded).toEqual(["first", "second", "third"]);
});

test("one that fails tells who said it, and holds up nobody", async () => {
  const inTurn = taskQueue();
  const failing = inTurn(() => Promise.reject(new Error("It did not load.")), true);
  const next = inTurn(() => "heard");
  await expect(failing).rejects.toThrow("It did not load.");
  expect(await next).toBe("heard");
});
