import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {contrast, linear} from "./color.ts";

const tokens = readFileSync(new URL("../../../src/site/styles/tokens.css", import.meta.url), "utf8");
const pair = (name: string) =>
  new RegExp(`${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens)!.slice(1).map(linear);

test.each(["--w0", "--a", "--b", "--dw", "--x", "--positive", "--negative", "--wrong"])(
  "a mark in %s stands out from the card in both themes",
  (name) => {
    const [mark, card] = [pair(name), pair("--card")];
    for (const theme of [0, 1]) expect(contrast(mark[theme]!, card[theme]!)).toBeGreaterThanOrEqual(3);
  },
);
