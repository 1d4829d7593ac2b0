import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {build} from "esbuild";
import {afterAll, describe, expect, test} from "vitest";
import {fillPage} from "../../../src/site/licenses/licenses.ts";
import {noticeOf, noticesOf} from "../../../src/site/licenses/notices.ts";
import {packageOf, recordBundle, recordPages} from "../../../src/site/licenses/recordPackages.ts";

const root = mkdtempSync(join(tmpdir(), "licenses-"));
afterAll(() => rmSync(root, {recursive: true}));
const folderOf = (name: string) => join(root, "node_modules", name);

/** A package with one module that exports its name. */
function makePackage(name: string, license?: string) {
  mkdirSync(folderOf(name), {recursive: true});
  const about = {name, version: "1.2.3", license: "MIT", main: "index.js", sideEffects: false};
  writeFileSync(join(folderOf(name), "package.json"), JSON.stringify(about));
  writeFileSync(join(folderOf(name), "index.js"), `export const name = ${JSON.stringify(name)};`);
  if (license) writeFileSync(join(folderOf(name), "LICENSE.md"), license);
}
makePackage("used", "Copyright A");
makePackage("@scope/also", "Copyright A");
makePackage("unused", "Copyright B");
makePackage("bare");

async function bundled(script: string): Promise<string[]> {
  const found = new Set<string>();
  await build({
    stdin: {contents: script, resolveDir: root},
    absWorkingDir: root,
    bundle: true,
    write: false,
    plugins: [recordBundle(found)],
  });
  return [...found].sort();
}

describe("the packages in a bundle", () => {
  test("are those whose code is left in it", async () => {
    const script = `import {name} from "used"; import {name as no} from "unused"; import {name as also} from "@scope/also"; console.log(name, also);`;
    expect(await bundled(script)).toEqual([folderOf("@scope/also"), folderOf("used")]);
  });

  test("are found in Vite's output too, and belong to the page and not to the build", () => {
    const found = new Set<string>();
    const plugin = recordPages(root, found);
    const modules = {
      [join(folderOf("used"), "deep/a.js")]: {renderedLength: 9},
      [join(folderOf("unused"), "index.js")]: {renderedLength: 0},
      "\0vite/preload-helper.js": {renderedLength: 9},
      [join(root, "src/own.ts")]: {renderedLength: 9},
    };
    plugin.generateBundle(undefined, {"a.js": {modules}, "a.css": {}});
    expect([...found].sort()).toEqual([folderOf("used"), folderOf("vite")]);
    expect(["client", "ssr"].map((name) => plugin.applyToEnvironment({name}))).toEqual([true, false]);
  });

  test.each([
    ["/a/node_modules/b/node_modules/@c/d/e.js?x", "/a/node_modules/b/node_modules/@c/d"],
    ["node_modules/b/c.js", "/site/node_modules/b"],
    ["/site/src/a.ts", undefined],
  ])("%s is of %s", (id, folder) => expect(packageOf(id, "/site")).toBe(folder));
});

describe("their notices", () => {
  test("give each package by name and version, and a text that several share once", async () => {
    const text = await noticesOf(["used", "unused", "@scope/also"].map(folderOf));
    expect(text).toMatch(/@scope\/also 1\.2\.3 \(MIT\)\nused 1\.2\.3 \(MIT\)\n-+\n\nCopyright A\n/);
    expect(text.match(/Copyright A/g)).toHaveLength(1);
    expect(text).toContain("Copyright B");
  });

  test("stop the build for a package that has none", async () => {
    await expect(noticeOf(folderOf("bare"))).rejects.toThrow(
      "bare 1.2.3 is in a bundle, and its package has no license",
    );
  });

  test("of a package without one may be kept here", async () => {
    const notice = await noticeOf("node_modules/@micropython/micropython-webassembly-pyscript");
    expect(notice.name).toMatch(/pyscript 1\.27\.0$/);
    expect(notice.text).toMatch(/^The MIT License[\s\S]*Damien P\. George/);
  });

  test("leave out what the package itself was built from", async () => {
    makePackage("built", "# Core\nCopyright C\n# Licenses of bundled dependencies\nCopyright D");
    expect((await noticeOf(folderOf("built"))).text).toBe("# Core\nCopyright C");
  });

  test("are written into the page, which has a place for each", () => {
    const page = '<pre class="x" data-file="a.txt"></pre>';
    expect(fillPage(page, {"a.txt": "A <a@b> $& \n"})).toBe(
      '<pre class="x" data-file="a.txt">A &lt;a@b&gt; $&amp;</pre>',
    );
    expect(() => fillPage(page, {"b.txt": ""})).toThrow('no <pre data-file="b.txt">');
  });
});
