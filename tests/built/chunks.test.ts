/** What loader.ts needs of the built scripts, to load a chunk anew after it did not come. */
import {readdirSync} from "node:fs";
import {expect, test} from "vitest";
import {dist, pages, textOf} from "./site.ts";

const chunks = readdirSync(`${dist}/_astro`).filter((file) => file.endsWith(".js"));
const imported = (file: string) =>
  [...textOf(`_astro/${file}`).matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)].map(([, name]) => name!);

/** Scripts that do something as soon as they run: those that pages name, and what these are made of. */
const entries = new Set(
  pages.flatMap((page) => [...textOf(page).matchAll(/\/_astro\/([\w.-]+\.js)"/g)].map(([, name]) => name!)),
);
const page = chunks.find((file) => file.startsWith("pageScript."))!;

test("no chunk that comes later imports the page's script, which must not run twice", () => {
  expect(entries.size).toBeGreaterThan(5);
  const later = chunks.filter((file) => !entries.has(file) && imported(file).includes(page));
  expect(later).toEqual([]);
});

test("all chunks are in one folder, beside the loader", () => {
  const elsewhere = chunks.flatMap((file) =>
    [...textOf(`_astro/${file}`).matchAll(/\bimport\(\s*["'`]([^"'`]+)["'`]/g)].flatMap(([, name]) =>
      /^\.\/[\w.-]+\.js$/.test(name!) ? [] : [`${file}: ${name}`],
    ),
  );
  expect(elsewhere).toEqual([]);
});
