import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterAll, beforeEach, describe, expect, test} from "vitest";
import {hashedFiles, LIST} from "../../../src/make/hosting/generation.ts";
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
