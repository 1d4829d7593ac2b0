/** Every number says where it comes from, by marks that the book explains. */
import {globSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";

const read = (path: string) => readFileSync(path, "utf8");
const kinds = [...read("src/site/marks/Mark.astro").matchAll(/(\w+): "[■●○◆▲]"/g)].map(([, kind]) => kind!);

test("chapters 0 and 13 explain every mark there is, and count them", () => {
  expect(kinds).toEqual(["paper", "live", "built", "precomputed", "estimate"]);
  for (const chapter of ["00-before-we-start", "13-resources"]) {
    const explained = [...read(`content/chapters/${chapter}.mdx`).matchAll(/<Mark kind="(\w+)"/g)].map(
      ([, kind]) => kind,
    );
    expect(explained, chapter).toEqual(kinds);
  }
  expect(read("content/chapters/13-resources.mdx")).toContain(
    "Every number from the paper or from a computation is of one of five kinds",
  );
  expect(read("src/pages/about.astro")).toContain("explains the five");
});

test("no number that is computed when pages are made is marked as live", () => {
  const marked = globSync("src/**/*.astro").filter((path) => /<Mark kind="live"/.test(read(path)));
  expect(marked).toEqual([]);
  for (const path of ["src/book/figure/Live.astro", "src/book/figure/Set.astro", "src/pages/engine.astro"])
    expect(read(path), path).toContain('<Mark kind="built"');
});
