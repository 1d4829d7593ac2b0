/** Inks, numbers and sentences of the inspector. */
import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {HUES, type HueName, letterColor, luminance} from "../../src/inspect/contrast.ts";
import {enoughRanks, offeredRanks} from "../../src/inspect/cutting.ts";
import {fileSizeText, fixedPercent, short, unbroken} from "../../src/inspect/format.ts";
import {commandFor, sentenceFrom} from "../../src/inspect/sentences.ts";

const tokens = readFileSync(new URL("../../src/site/styles/tokens.css", import.meta.url), "utf8");

test("the maps' colors are the page's", () => {
  for (const [name, {light, dark}] of Object.entries(HUES))
    expect(tokens).toContain(`--${name}: light-dark(${light}, ${dark});`);
});

test("on every color of a map, in both themes, the ink reads at 4.5 to 1", () => {
  for (const hue of ["dw", "negative", "positive"] as HueName[])
    for (let share = 0; share <= 1; share += 0.002) {
      const [light, dark = light] = [...letterColor(share, hue).matchAll(/#(?:000|fff)/g)].map(String);
      for (const [theme, ink] of [
        ["light", light],
        ["dark", dark],
      ] as const) {
        const L = luminance(share, hue, theme);
        const contrast = ink === "#000" ? (L + 0.05) / 0.05 : 1.05 / (L + 0.05);
        expect(contrast, `${hue} ${share} ${theme}`).toBeGreaterThanOrEqual(4.5);
      }
    }
});

test("numbers are short, and sizes in units of a thousand", () => {
  expect([6.6612, 0.0312, 517.4, 0, 2e-6, 123456].map((x) => short(x))).toEqual([
    "6.66",
    "0.0312",
    "517",
    "0",
    "2.00e-6",
    "1.23e+5",
  ]);
  expect([999, 39488, 3253104, 2.5e9].map(fileSizeText)).toEqual(["999 bytes", "39.5 kB", "3.25 MB", "2.5 GB"]);
  expect([fixedPercent(0.1026), fixedPercent(0.1026, 2)]).toEqual(["10.3%", "10.26%"]);
});

test("what α and r are keeps its line, and the words around it may break", () => {
  const kept = unbroken("α = 8, r = 2, so the scale is α / r = 4").split(" ");
  expect(kept).toEqual([
    "α\u00a0=\u00a08,",
    "r\u00a0=\u00a02,",
    "so",
    "the",
    "scale",
    "is",
    "α\u00a0/\u00a0r\u00a0=\u00a04",
  ]);
  expect(unbroken("α / √r = 16 / 4 = 4")).not.toContain(" ");
  expect(unbroken("‖ΔW‖ of her = 2 words")).toBe("‖ΔW‖ of her = 2 words");
});

test("an error of the engine becomes a sentence", () => {
  expect(sentenceFrom(new Error("inspect: the file is empty"))).toBe("The file is empty.");
  expect(sentenceFrom(new Error("These two differ."))).toBe("These two differ.");
});

test("a refusal ends in the command that helps, for the file that it is about", () => {
  const parts = ["x/a b-00002-of-00002.safetensors", "x/a b-00001-of-00002.safetensors"];
  expect(commandFor("These are 2 parts of one file; …", parts)).toMatch(/^python -c "import glob[^"]*" 'a b'$/);
  const pickle = ["x/adapter_config.json", "x/optimizer.pt", "x/adapter_model.bin"];
  expect(commandFor("adapter_model.bin is a pickle, …", pickle)).toMatch(/^python -c "[^"]*" adapter_model\.bin$/);
  expect(commandFor("This is a pickle: …", ["x/odd"])).toMatch(/ odd$/);
  expect(commandFor("This is a zip archive: …, a pickle …", ["x/model.pt"])).toMatch(/ model\.pt$/);
  expect(commandFor("This is a zip archive: …, a pickle …", ["x.zip"])).toBeUndefined();
  expect(commandFor("The file is empty.", ["a.bin"])).toBeUndefined();
});

test("ranks are offered one by one, then in steps, and always the largest", () => {
  expect(offeredRanks(5)).toEqual([1, 2, 3, 4, 5]);
  expect(offeredRanks(45).slice(-5)).toEqual([32, 36, 40, 44, 45]);
  expect(offeredRanks(1024).length).toBeLessThan(120);
  expect(offeredRanks(45, [43]).slice(-4)).toEqual([40, 43, 44, 45]);
});

test("the ranks that are enough are the smallest with less than a tenth lost, in every module and in most", () => {
  const of = (...values: number[]) => Float64Array.from(values);
  // At rank 1 the first loses a tenth of its length and no less, so it needs 2.
  const spectra = [of(Math.sqrt(99), 1, 0), of(30, 1, 1), of(5, 5, 0.1), of(0, 0, 0), of(1, 1, 1)];
  expect(enoughRanks(spectra)).toEqual({forAll: 3, forMost: 2, enoughCount: 4, moduleCount: 5, largest: 3});
  expect(enoughRanks([of(1, 0.05), of(4, 0.05, 0)])).toMatchObject({forAll: 1, forMost: 1, enoughCount: 2});
  expect(() => enoughRanks([])).toThrow("at least one");
});
