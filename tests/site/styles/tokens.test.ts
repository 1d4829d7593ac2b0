import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {paperColors} from "../../../src/site/theme.ts";
import {contrast, deficiencies, distance, linear, type Rgb, seenWith} from "./color.ts";

const root = new URL("../../..", import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), "utf8");
const tokens = read("src/site/styles/tokens.css");

/** The colors of a sheet that have two sides, light and dark. */
const pairsOf = (sheet: string) => [...sheet.matchAll(/--([\w-]+):\s*light-dark\((#[\da-f]{6}),\s*(#[\da-f]{6})\)/gi)];

/** The colors of a sheet, light and dark. `least`: the contrasts that texts and marks are to have. */
function themesOf(sheet: string, least: {text: number; mark: number}) {
  const pairs = pairsOf(read(sheet));
  return (["light", "dark"] as const).map((theme, i) => {
    const colors = new Map(pairs.map(([, name = "", ...both]) => [name, linear(both[i]!)]));
    const color = (name: string): Rgb => {
      const found = colors.get(name);
      if (!found) throw new Error(`${sheet} has no --${name}`);
      return found;
    };
    return {theme: `${theme}, ${sheet}`, names: [...colors.keys()], color, least};
  });
}
const themes = [
  ...themesOf("src/site/styles/tokens.css", {text: 4.5, mark: 3}),
  ...themesOf("src/site/styles/themes.css", {text: 7, mark: 4.5}),
];

test("the window around the page has the color of the paper", () => {
  const paper = pairsOf(tokens).find(([, name]) => name === "paper")!;
  expect(paperColors).toEqual({light: paper[2], dark: paper[3]});
});

const grounds = ["paper", "card", "wash"];
const texts = ["ink", "ink-2", "a", "b", "dw", "w0", "x", "live"];
const marks = ["edge", "focus", "a", "b", "dw", "negative", "positive", "wrong", "group-0", "group-1"];

describe("the measure", () => {
  test("gives the known contrasts, and tells equal colors from different ones", () => {
    const [black, white, gray] = ["#000000", "#ffffff", "#767676"].map(linear) as [Rgb, Rgb, Rgb];
    expect(contrast(black, white)).toBeCloseTo(21, 10);
    expect(contrast(gray, white)).toBeCloseTo(4.54, 2);
    expect(distance(white, white)).toBe(0);
    expect(distance(black, white)).toBeCloseTo(100, 3);
  });

  test("the simulations keep gray gray, and take red and green together", () => {
    for (const matrix of Object.values(deficiencies))
      for (const row of matrix) expect(row[0] + row[1] + row[2]).toBeCloseTo(1, 5);
    const [red, green] = [linear("#c04030"), linear("#5d7a1c")];
    expect(
      distance(seenWith(deficiencies.deuteranopia!, red), seenWith(deficiencies.deuteranopia!, green)),
    ).toBeLessThan(distance(red, green) / 2);
  });
});

describe.each(themes)("$theme", ({names, color, least}) => {
  test("every color is either ground, text, mark or one of those named here", () => {
    expect(names.filter((name) => ![...grounds, ...texts, ...marks, "rule", "zero"].includes(name))).toEqual([]);
  });

  test.each(texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)))(
    `--%s can be read on --%s: ${least.text} to 1`,
    (text, ground) => expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(least.text),
  );

  test.each(marks.flatMap((mark) => [...grounds, "zero"].map((ground) => [mark, ground] as const)))(
    `--%s can be seen on --%s: ${least.mark} to 1`,
    (mark, ground) => expect(contrast(color(mark), color(ground))).toBeGreaterThanOrEqual(least.mark),
  );

  test("text on the reversed ground of buttons and checked options can be read", () => {
    for (const ground of ["paper", "card"]) expect(contrast(color(ground), color("ink"))).toBeGreaterThanOrEqual(4.5);
  });

  const eyes: [string, (c: Rgb) => Rgb][] = [
    ["any eye", (c) => c],
    ...Object.entries(deficiencies).map(([name, matrix]): [string, (c: Rgb) => Rgb] => [
      name,
      (c) => seenWith(matrix, c),
    ]),
  ];
  test.each(eyes)("the ends of the heat map and its zero are three colors to %s", (_, see) => {
    const [low, zero, high] = ["negative", "zero", "positive"].map((name) => see(color(name))) as [Rgb, Rgb, Rgb];
    expect(distance(low, high)).toBeGreaterThan(10);
    expect(distance(low, zero)).toBeGreaterThan(20);
    expect(distance(high, zero)).toBeGreaterThan(20);
  });

  test.each(eyes)(
    "the two groups of points are two colors, and neither is that of a frozen matrix, to %s",
    (_, see) => {
      const [one, other, frozen] = ["group-0", "group-1", "w0"].map((name) => see(color(name))) as [Rgb, Rgb, Rgb];
      expect(distance(one, other)).toBeGreaterThan(20);
      for (const group of [one, other]) expect(distance(group, frozen)).toBeGreaterThan(8);
    },
  );
});

describe("variables", () => {
  const files = readdirSync(join(root, "src"), {recursive: true, encoding: "utf8"})
    .filter((file) => /\.(css|astro|ts)$/.test(file))
    .map((file) => `src/${file}`);
  const texts = new Map(files.map((file) => [file, read(file)]));
  const everything = [...texts.values()].join("\n");
  const defined = new Set([...everything.matchAll(/(?<![\w-])--([\w-]+)["']?\s*:/g)].map(([, name]) => name));

  test("every one used is defined, or says what stands for it", () => {
    const used = [...texts].flatMap(([file, text]) =>
      [...text.matchAll(/var\(--([\w-]+)\s*([,)])/g)].map(([, name = "", next]) => ({file, name, next})),
    );
    expect(used.length).toBeGreaterThan(100);
    expect(
      used.filter(({name, next}) => next === ")" && !defined.has(name)).map(({file, name}) => `${file}: --${name}`),
    ).toEqual([]);
  });

  test("every token is used", () => {
    const own = [...tokens.matchAll(/^\s*--([\w-]+):/gm)].map(([, name]) => name);
    expect(own.filter((name) => !everything.includes(`var(--${name})`))).toEqual([]);
  });

  test("a color that is no token is named for both themes", () => {
    const colored = [...texts].flatMap(([file, text]) =>
      /\.css$/.test(file) && file !== "src/site/styles/tokens.css"
        ? [...text.replace(/light-dark\([^)]*\)/g, "").matchAll(/#[\da-f]{3,8}\b(?=[\s;,)])|\bhsla?\(/gi)].map(
            ([found]) => `${file}: ${found}`,
          )
        : [],
    );
    expect(colored).toEqual([]);
  });
});
