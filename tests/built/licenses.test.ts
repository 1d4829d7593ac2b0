/** Whether the licenses of everything that ships are there: asked of the sources, and not of the bundlers that wrote the page. */
import {readdirSync, readFileSync} from "node:fs";
import {join, relative} from "node:path";
import {strFromU8, unzipSync} from "fflate";
import {describe, expect, test} from "vitest";
import {importsOf} from "../house/imports.ts";
import {dist, documentOf, root, textOf} from "./site.ts";

const software = textOf("licenses/software.txt");
const page = documentOf("licenses/index.html");

/** Rooms whose code runs at the reader's, but for what runs when pages are built. */
const rooms = ["figure", "figures", "book", "lab", "practice", "inspect", "embed/frame", "site"];
const built =
  /^src\/(figure\/live\/prerender|book\/anki\/|site\/(archive|guard|hosting|licenses|markdown|reference|search\/(searchIndex|entries))\b)/;

/** The packages that scripts of these rooms import. */
function imported(): string[] {
  const names = rooms.flatMap((room) =>
    readdirSync(join(root, "src", room), {recursive: true, encoding: "utf8"})
      .map((file) => `src/${room}/${file}`)
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !built.test(file))
      .flatMap((file) => importsOf(file, readFileSync(join(root, file), "utf8")))
      .filter(({target, type}) => !type && !/^(src|content|\.|node:|astro)/.test(target))
      .map(({target}) => /^(?:@[^/]+\/)?[^/]+/.exec(target)![0]),
  );
  return [...new Set(names)].sort();
}

describe("the licenses of what ships", () => {
  test("name every package that a script imports, D3 by its parts", () => {
    const names = imported();
    expect(names).toContain("d3");
    const named = (name: string) => new RegExp(`^${name === "d3" ? "d3-selection" : name} \\d+\\.`, "m").test(software);
    expect(names.filter((name) => !named(name))).toEqual([]);
    for (const text of ["ISC", "Mike Bostock"]) expect(software).toContain(text);
  });

  test("name the sources of the style sheet and of the fonts, Pagefind, and Vite, whose helper is in every page", () => {
    for (const name of ["katex", "@fontsource-variable/inter", "pagefind", "vite"])
      expect(software).toMatch(new RegExp(`^${name} \\d`, "m"));
    expect(textOf("licenses/fonts.txt")).toContain("Reserved Font Name");
  });

  test("are no others than those of packages in the bundles", () => {
    expect(software).not.toMatch(/^(astro|esbuild|typescript|linkedom|satteri|sharp) \d/m);
  });

  test("are on one page, which every page links", () => {
    const texts = [...page.querySelectorAll("pre[data-file]")].map((pre) => pre.textContent!.length);
    expect(texts).toHaveLength(3);
    expect(Math.min(...texts)).toBeGreaterThan(3000);
    expect(textOf("index.html")).toMatch(/<footer[\s\S]*href="[^"]*licenses\/"/);
  });

  test("go with every file that other sites load or that leaves the site", () => {
    // Folders have dots in their names too.
    const files = readdirSync(join(dist, "js/v1"), {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile())
      .map(({parentPath, name}) => relative(join(dist, "js/v1"), join(parentPath, name)));
    expect(files.length).toBeGreaterThan(50);
    for (const file of files)
      expect(textOf(`js/v1/${file}`).startsWith("/*! LoRA, live. MIT License."), file).toBe(true);
    const one = textOf("download/rank.html");
    expect(one).toMatch(/MIT License[\s\S]*d3-selection \d[\s\S]*Mike Bostock/);
    const packed = unzipSync(readFileSync(join(dist, "download/rank.scorm.zip")));
    expect(strFromU8(packed["LICENSE.txt"]!)).toContain("d3-selection");
  });
});
