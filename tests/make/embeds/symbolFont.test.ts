import {expect, test} from "vitest";
import {ownLetters} from "../../../src/make/embeds/embeds.ts";
import {SYMBOLS, symbolFont} from "../../../src/make/embeds/symbolFont.ts";
import {type Control, defaults} from "../../../src/shell/controls.ts";
import {computedOnce} from "../../../src/shell/figure/firstFrames.ts";
import {prerender} from "../../../src/shell/figure/prerender.ts";
import type {WidgetName} from "../../../src/widgets/registry.ts";

const brief = Object.entries(ownLetters).filter(([, letters]) => letters) as [WidgetName, string][];

test.each(brief)(
  "the font of %s has the letters of the symbols that it writes, and no others",
  async (name, letters) => {
    const w = await computedOnce(name);
    const start = defaults(w.controls);
    const states = Object.entries(w.controls as Record<string, Control>).flatMap(([control, {kind, ...rest}]) =>
      kind === "choice" && "options" in rest
        ? Object.keys(rest.options).map((value) => ({...start, [control]: value}))
        : [],
    );
    const written = states.flatMap((params) =>
      (["full", "slide"] as const).flatMap((size) => [
        ...prerender(w, params, {size}).matchAll(/class="symbol"[^>]*>([^<]+)/g),
      ]),
    );
    const needed = new Set(written.flatMap(([, text]) => [...text!].filter((letter) => SYMBOLS.includes(letter))));
    expect([...needed].sort().join("")).toBe(letters);
  },
);

test("a font of few letters weighs less, and without letters there is none", async () => {
  const [all, few, none] = [await symbolFont(), await symbolFont("Wr"), await symbolFont("")];
  expect(few.match(/unicode-range:[^}]*/g)).toEqual(["unicode-range:U+57,U+72"]);
  expect(few.length).toBeLessThan(all.length / 3);
  expect(none).toBe("");
});
