import {expect, test} from "vitest";
import {loader, renamed, respelled} from "../../src/shell/loader.ts";

test("a file is loaded once; after a failure it is loaded anew, and so it is where it hangs", async () => {
  const ends: [(value: string) => void, (error: Error) => void][] = [];
  const load = loader(() => new Promise<string>((...both) => ends.push(both)));
  const first = load();
  expect(load()).toBe(first);
  ends[0]![1](new Error("404"));
  await expect(first).rejects.toThrow("404");
  const second = load();
  const third = load(true);
  expect([ends.length, third === second]).toEqual([3, false]);
  ends[2]![0]("there");
  ends[1]![1](new Error("late"));
  await expect(second).rejects.toThrow("late");
  expect(await load()).toBe("there");
  expect(await load(true)).toBe("there");
  expect(ends).toHaveLength(3);
});

test("every attempt has an address of its own for the same path", () => {
  const address = "https://a.example/lora/_astro/widget.Ab-1.js";
  expect(respelled(address, 0)).toBe(address);
  const all = Array.from({length: 64}, (_, attempt) => respelled(address, attempt));
  expect(all[1]).toBe("https://a.example/lora/%5Fastro/widget.Ab-1.js");
  expect(new Set(all.map((one) => new URL(one).href)).size).toBe(64);
  expect(new Set(all.map((one) => decodeURIComponent(one)))).toEqual(new Set([address]));
  // A further attempt starts from a page whose scripts have been spelled anew already.
  expect(respelled(all[5]!, 2)).toBe(all[2]);
  expect(respelled("../../js/v1/embed/rank.js", 3)).toBe("../../js/v1/%65%6Dbed/rank.js");
});

test("a script beside others is asked for by another spelling of its name, so what it imports stays the same", () => {
  expect(renamed("/lora/_astro/a.Ab-1.js", 5)).toBe("/lora/_astro/%61.%41b-1.js");
});
