import {createHash} from "node:crypto";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import {isForOffline, offlineFiles} from "../../../src/site/hosting/offline.ts";

const folder = mkdtempSync(join(tmpdir(), "kept-"));
afterAll(() => rmSync(folder, {recursive: true}));
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), {recursive: true});
  writeFileSync(join(folder, file), text);
};

describe("the files for offline use", () => {
  test("are all pages with what they load, without what other sites load and without downloads", () => {
    const pages = [
      "index.html",
      "chapters/low-rank/index.html",
      "licenses/index.html",
      "_astro/a.DU5xel4T.js",
      "pagefind/pagefind-entry.json",
      "pagefind/fragment/en_31c0f6b.pf_fragment",
    ];
    const pictures = ["favicon.svg", "site.webmanifest", "icon-192.png", "og/widgets/rank.png"];
    const shared = ["embed/rank/index.html", "js/v1/lora-widget.js", "oembed/rank.json", "og/site.png"];
    const others = ["print/index.html", "404.html", "sw.js", "_headers", "robots.txt", "feed.xml", "references.bib"];
    const downloads = ["download/rank.html", "licenses/fonts.txt", "anki/lora-live.apkg", "widgets/index.json"];
    expect([...pages, ...pictures, ...shared, ...others, ...downloads].filter(isForOffline)).toEqual([
      ...pages,
      ...pictures,
    ]);
  });

  test("have hashes that depend on their content alone", async () => {
    write("index.html", "first");
    write("a/index.html", "same");
    write("_astro/a.DU5xel4T.js", "code");
    write("sw.js", "not this");
    const before = await offlineFiles(folder);
    expect(before.files.map(({url}) => url)).toEqual(["_astro/a.DU5xel4T.js", "a/index.html", "index.html"]);
    expect(before.files[2]!.integrity).toBe(`sha256-${createHash("sha256").update("first").digest("base64")}`);
    write("index.html", "second");
    const after = await offlineFiles(folder);
    expect(after.files[1]).toEqual(before.files[1]);
    expect(after.files[2]!.revision).not.toBe(before.files[2]!.revision);
    expect(after.bytes).toBeGreaterThan(0);
  });
});
