import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterAll, beforeEach, describe, expect, test} from "vitest";
import {hashedFiles, LIST, writeGeneration} from "../../../src/make/hosting/generation.ts";
import {integrityOf, pinnedFile, pinnedNames} from "../../../src/make/hosting/pinned.ts";
import {keepGeneration} from "../../../src/make/scripts/keepGeneration.ts";
import {serve} from "../../browser/serve.ts";

let folder: string;
const made: string[] = [];
const write = (site: string, file: string, text = file) => {
  mkdirSync(dirname(join(folder, site, file)), {recursive: true});
  writeFileSync(join(folder, site, file), text);
};
/** A built site of these files, with its list. */
async function build(site: string, ...files: string[]) {
  for (const file of ["_astro/x.css", "js/v1/lora-widget.js", ...files]) write(site, file, `${file} of ${site}`);
  write(site, LIST, JSON.stringify({files: await hashedFiles(join(folder, site))}));
}
const has = (site: string, file: string) => existsSync(join(folder, site, file));
const keep = (old: string, fresh: string) => keepGeneration(join(folder, old), join(folder, fresh));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "generation-"));
  made.push(folder);
});
afterAll(() => {
  for (const one of made) rmSync(one, {recursive: true});
});

describe("the files of the last version", () => {
  test("stay for one deploy: those with a hash in their names that the new version lacks", async () => {
    await build("first", "_astro/page.DU5xel4T.js", "js/v1/shell-ABCDEFGH.js", "_astro/same.AAAAAAAA.js");
    await build("second", "_astro/page.BBBBBBBB.js", "_astro/same.AAAAAAAA.js");
    await build("third", "_astro/page.CCCCCCCC.js");
    expect(await keep("first", "second")).toBe("2 of 3 files of the last version are kept beside the new ones.");
    expect(readFileSync(join(folder, "second/_astro/same.AAAAAAAA.js"), "utf8")).toMatch(/of second$/);
    expect(readFileSync(join(folder, "second/js/v1/lora-widget.js"), "utf8")).toMatch(/of second$/);
    await keep("second", "third");
    expect(has("third", "_astro/page.BBBBBBBB.js")).toBe(true);
    expect(has("third", "_astro/page.DU5xel4T.js"), "two versions old").toBe(false);
  });

  test("come from the host too, below a path", async () => {
    await build("first", "_astro/page.DU5xel4T.js");
    await build("second");
    const host = await serve({root: join(folder, "first"), base: "/a/"});
    expect(await keepGeneration(`${host.origin}/a`, join(folder, "second"))).toMatch(/^1 of 1 files/);
    expect(readFileSync(join(folder, "second/_astro/page.DU5xel4T.js"), "utf8")).toMatch(/of first$/);
    expect(await keepGeneration(`${host.origin}/b`, join(folder, "second")), "no site").toMatch(/^Nothing to keep/);
    await host.close();
    // A deploy that went on would delete what it could not read.
    await expect(keepGeneration(`${host.origin}/a`, join(folder, "second"))).rejects.toThrow("did not answer");
  });

  test("are no others, whatever the list says", async () => {
    await build("first");
    await build("second");
    write(
      "first",
      LIST,
      JSON.stringify({files: ["_astro/../../stray.AAAAAAAA.js", "index.html", "_astro/no.AAAAAAAA.js"]}),
    );
    write("first", "index.html");
    expect(await keep("first", "second")).toMatch(/^0 of 3 files .* 1 could not be read\.$/);
    expect(has("second", "index.html")).toBe(false);
    await expect(keep("first", "nowhere")).rejects.toThrow("is no built site");
  });
});

/** A built site of one version: an element that names its shell and its engine, and what pages of the site load. */
async function release(site: string, version: string, {shell = "AAAAAAAA", engine = "SAMESAME"} = {}) {
  const names = [`js/v1/lora-shell-${shell}.js`, `js/v1/lora-engine-${engine}.js`];
  for (const name of [...names, "_astro/x.css", `_astro/page.${shell}.js`]) write(site, name, `${name}, ${shell}`);
  for (const name of pinnedNames) {
    write(site, `js/v1/${name}`, `${name} loads ./lora-shell-${shell}.js`);
    write(site, pinnedFile(version, name), `${name} loads ../lora-shell-${shell}.js`);
  }
  await writeGeneration(join(folder, site), version);
}
const read = (site: string, file: string) => readFileSync(join(folder, site, file), "utf8");
const filesOf = (site: string, version: string): {integrity: Record<string, string>; needs: string[]} =>
  JSON.parse(read(site, pinnedFile(version, "files.json")));

/** What a page pinned: the integrity of each file as it stands in the page's code. */
const pinnedBy = (site: string, version: string) => filesOf(site, version).integrity;

/** Holds when a page with this code still gets what it asks for from the site, with all that is loaded next. */
function expectPinned(site: string, version: string, code: Record<string, string>) {
  for (const [name, integrity] of Object.entries(code)) {
    const bytes = read(site, pinnedFile(version, name));
    expect(integrityOf(bytes), name).toBe(integrity);
    const [, next] = / \.\.\/(\S+)$/.exec(bytes)!;
    expect(has(site, `js/v1/${next}`), next).toBe(true);
  }
}

describe("a version that pages have pinned", () => {
  test("stays as it was, with all that it loads, however many deploys come; an open page has its files for one", async () => {
    await release("first", "1.0.0");
    const code = pinnedBy("first", "1.0.0");
    expect(Object.keys(code)).toEqual([...pinnedNames]);
    const open = ["_astro/page.AAAAAAAA.js", "js/v1/lora-shell-AAAAAAAA.js", "js/v1/lora-engine-SAMESAME.js"];

    await release("second", "2.0.0", {shell: "BBBBBBBB"});
    expect(await keep("first", "second")).toBe(
      "2 of 3 files of the last version are kept beside the new ones. So is version 1.0.0, for pages that pin.",
    );
    for (const file of open) expect(has("second", file), file).toBe(true);
    expectPinned("second", "1.0.0", code);
    expectPinned("second", "2.0.0", pinnedBy("second", "2.0.0"));
    expect(read("second", "js/v1/lora-widget.js"), "what is not pinned is new").toContain("BBBBBBBB");
    expect(JSON.parse(read("second", LIST))).toMatchObject({
      kept: ["_astro/page.AAAAAAAA.js", "js/v1/lora-shell-AAAAAAAA.js"],
      versions: ["1.0.0", "2.0.0"],
    });

    await release("third", "3.0.0", {shell: "CCCCCCCC", engine: "NEWENGIN"});
    const host = await serve({root: join(folder, "second"), base: "/a/"});
    const said = await keepGeneration(`${host.origin}/a/`, join(folder, "third"));
    await host.close();
    expect(said).toContain(" So are the versions 1.0.0, 2.0.0, for pages that pin.");
    expectPinned("third", "1.0.0", code);
    expect(filesOf("third", "1.0.0").needs.filter((path) => !has("third", path))).toEqual([]);
    expect(has("third", "_astro/page.AAAAAAAA.js"), "no page can pin it").toBe(false);
    expect(JSON.parse(read("third", LIST)).versions).toEqual(["1.0.0", "2.0.0", "3.0.0"]);
  });

  test("is what was published first: another build of the same version does not replace it", async () => {
    await release("first", "1.0.0");
    const code = pinnedBy("first", "1.0.0");
    await release("again", "1.0.0", {shell: "BBBBBBBB"});
    expect(pinnedBy("again", "1.0.0")).not.toEqual(code);
    expect(await keep("first", "again")).toContain(
      'Version 1.0.0 is published already with other bytes, and those stay: raise "version" in package.json',
    );
    expectPinned("again", "1.0.0", code);
    expect(read("again", "js/v1/lora-widget.js"), "what is not pinned is new").toContain("BBBBBBBB");
    await release("same", "1.0.0");
    expect(await keep("first", "same")).not.toContain("other bytes");
  });

  test("stops a deploy that would lose it: a list or a file that cannot be read, or has changed", async () => {
    await release("first", "1.0.0");
    await release("second", "2.0.0", {shell: "BBBBBBBB"});
    const list = read("first", pinnedFile("1.0.0", "files.json"));
    const refuses = (what: string) => expect(keep("first", "second")).rejects.toThrow(what);
    for (const wrong of [
      "{}",
      list.replace("lora-embed.js", "../../index.html"),
      list.replace(/js\/v1\/lora-s/, "index/x"),
    ]) {
      write("first", pinnedFile("1.0.0", "files.json"), wrong);
      await refuses("has no js/v1/1.0.0/files.json that can be read");
    }
    write("first", pinnedFile("1.0.0", "files.json"), list);
    write("first", pinnedFile("1.0.0", "lora-embed.js"), "changed on the way");
    await refuses("js/v1/1.0.0/lora-embed.js at");
    write("first", LIST, JSON.stringify({files: [], versions: ["../../.."]}));
    await refuses("cannot be read. Nothing was copied");
  });
});
