import {satteriCreateHighlightFn} from "@astrojs/markdown-satteri";
import {afterEach, expect, test, vi} from "vitest";
import {noTimeLimit} from "../../src/markup/noTimeLimit.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What a line of code is built to, as far as its colors go. */
async function colored(transformers: (typeof noTimeLimit)[]) {
  const highlight = await satteriCreateHighlightFn("shiki", {theme: "github-dark", transformers});
  return JSON.stringify(await highlight?.('const frame = document.querySelector("iframe");', "js", undefined));
}

test("a machine on which a second passes at every look at the clock colors code as any other", async () => {
  const [quick, unheld] = [await colored([noTimeLimit]), await colored([])];
  expect(unheld).toBe(quick);
  let now = 0;
  vi.spyOn(Date, "now").mockImplementation(() => {
    now += 1000;
    return now;
  });
  expect(await colored([noTimeLimit])).toBe(quick);
  expect(await colored([]), "without it the clock tells").not.toBe(quick);
});
