import {satteriCreateHighlightFn} from "@astrojs/markdown-satteri";
import {afterEach, expect, test, vi} from "vitest";
import {noTimeLimit} from "../../../src/site/markdown/noTimeLimit.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** A line of code as Shiki colors it. */
async function colored(transformers: (typeof noTimeLimit)[]) {
  const highlight = await satteriCreateHighlightFn("shiki", {theme: "github-dark", transformers});
  return JSON.stringify(await highlight?.('const frame = document.querySelector("iframe");', "js", undefined));
}

test("code has the same colors on a machine so slow that a second passes at each look at the clock", async () => {
  const [limitless, limited] = [await colored([noTimeLimit]), await colored([])];
  expect(limited).toBe(limitless);
  let now = 0;
  vi.spyOn(Date, "now").mockImplementation(() => {
    now += 1000;
    return now;
  });
  expect(await colored([noTimeLimit])).toBe(limitless);
  expect(await colored([]), "without it the clock matters").not.toBe(limitless);
});
