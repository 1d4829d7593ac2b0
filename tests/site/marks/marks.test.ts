/** Every number says where it comes from, by marks that the book explains. */
import {globSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";

const read = (path: string) => readFileSync(path, "utf8");
const kinds = [...read("src/site/marks/Mark.astro").matchAll(/(\w+): "[■●○◆▲]"/g)].map(([, kind]) => kind!);

test("chapter 0 and the page about this site explain every mark there is, and count them", () => {
  expect(kinds).toEqual(["paper", "live", "built", "precomputed", "estimate"]);
  for (const path of ["content/chapters/00-before-we-start.mdx", "src/pages/about.astro"]) {
    const explained = [...read(path).matchAll(/<Mark kind="(\w+)"/g)].map(([, kind]) => kind);
    expect(explained, path).toEqual(kinds);
  }
  expect(read("src/pages/about.astro")).toContain(
    "Every number from the paper or from a computation is of one of five kinds",
  );
});

test("no number that is computed when pages are made is marked as live", () => {
  // The page about the site explains the mark.
  const marked = globSync("src/**/*.astro").filter(
    (path) => /<Mark kind="live"/.test(read(path)) && path !== "src/pages/about.astro",
  );
  expect(marked).toEqual([]);
  for (const path of ["src/book/figure/Live.astro", "src/book/figure/Set.astro", "src/pages/engine.astro"])
    expect(read(path), path).toContain('<Mark kind="built"');
});
