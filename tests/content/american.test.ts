import {readdirSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {britishWords} from "./british.ts";

/** Works whose titles are British and are quoted as they are. */
const titles: readonly string[] = [];

const files = ["content", "src"].flatMap((root) =>
  readdirSync(root, {recursive: true, encoding: "utf8"})
    .filter((name) => /\.(mdx|json|astro|ts)$/.test(name))
    .map((name) => `${root}/${name}`),
);

test("there are files to read", () => {
  expect(files.length).toBeGreaterThan(20);
});

test.each(files)("%s is spelled the American way", (file) => {
  expect(britishWords(readFileSync(file, "utf8"), titles)).toEqual([]);
});

test.each([
  "the colours of a neighbourhood",
  "we analyse the optimiser",
  "normalised, initialisation, quantise",
  "grey at the centre",
  "modelling labelled data",
  "a licence, learnt",
])("refuses: %s", (text) => {
  expect(britishWords(text)).not.toEqual([]);
});

test("lets American words and names of attributes pass, and quoted titles", () => {
  expect(
    britishWords("color, analyzed, optimizer, aria-labelledby, four hours, paradise, precise, noise, our rise, center"),
  ).toEqual([]);
  expect(britishWords("They wrote The Colour of Rank.", ["The Colour of Rank"])).toEqual([]);
});
