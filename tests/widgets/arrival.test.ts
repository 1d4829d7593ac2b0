import {expect, test} from "vitest";
import {arrival} from "../../src/widgets/arrival.ts";

test("who waits hears that it came, or why it did not", async () => {
  const it = arrival();
  const waiting = it.wait();
  it.lose("The run stopped.");
  await expect(waiting).rejects.toThrow("The run stopped.");
  await expect(it.wait()).rejects.toThrow("The run stopped.");
  it.begin();
  const again = it.wait();
  it.come();
  await again;
  it.lose("A later run stopped.");
  it.begin();
  await it.wait();
});

test("what is on its way is not begun anew: who waits already is not forgotten", async () => {
  const it = arrival();
  const waiting = it.wait();
  it.begin();
  it.come();
  await waiting;
});
