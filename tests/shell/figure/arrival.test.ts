import {expect, test} from "vitest";
import {arrival} from "../../../src/shell/figure/arrival.ts";

test("who waits hears that it came, or why it did not; what comes mends what was lost, and stays", async () => {
  const it = arrival();
  const waiting = it.wait();
  expect(it.lose("The run stopped.")).toBe(true);
  await expect(waiting).rejects.toThrow("The run stopped.");
  await expect(it.wait()).rejects.toThrow("The run stopped.");
  it.come();
  await it.wait();
  expect(it.lose("The run that goes on stopped."), "what is there stays").toBe(false);
  await it.wait();
});

test("what is on its way is not begun anew: who waits already is not forgotten", async () => {
  const it = arrival();
  const waiting = it.wait();
  it.begin();
  it.come();
  await waiting;
});

test("after a result the next one is waited for once it is begun, and may be lost too", async () => {
  const it = arrival();
  it.come();
  it.begin();
  let isThere = false;
  const next = it.wait().then(() => {
    isThere = true;
  });
  await new Promise((resolve) => setTimeout(resolve));
  expect(isThere).toBe(false);
  it.come();
  await next;
  it.begin();
  it.lose("A later run stopped.");
  await expect(it.wait()).rejects.toThrow("A later run stopped.");
});
