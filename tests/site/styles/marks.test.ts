import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {contrast, linear} from "./color.ts";

const read = (path: string) => readFileSync(new URL(`../../../src/site/styles/${path}`, import.meta.url), "utf8");

/** The fill of the rule that has this selector. */
function fillOf(sheet: string, selector: string): string {
  const rule = read(sheet)
    .split("}")
    .find((one) =>
      one
        .split("{")[0]!
        .split(",")
        .some((each) => each.trim().endsWith(selector)),
    );
  return /fill: (.*);/.exec(rule ?? "")?.[1] ?? "";
}

test.each([".band .weight", '.gauge .length[data-tone="W0"]'])("the bars of W₀ stand out from the card: %s", (bar) => {
  const token = /^var\((--[\w-]+)\)$/.exec(fillOf("../../figures/styles/inside.css", bar))?.[1];
  expect(token, "a mix with the card is paler than its color").toBeDefined();
  const pair = (name: string) =>
    new RegExp(`${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(read("tokens.css"))!.slice(1).map(linear);
  const [mark, card] = [pair(token!), pair("--card")];
  for (const theme of [0, 1]) expect(contrast(mark[theme]!, card[theme]!)).toBeGreaterThanOrEqual(3);
});
