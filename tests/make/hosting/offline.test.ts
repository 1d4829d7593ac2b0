import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import {isForOffline, offlineFiles} from "../../../src/make/hosting/offline.ts";

const folder = mkdtempSync(join(tmpdir(), "kept-"));
afterAll(() => rmSync(folder, {recursive: true}));
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), {recursive: true});
  writeFileSync(join(folder, file), text);
};

describe("what is kept on a device", () => {
  test("is every page with what it loads, and nothing that others load or that is taken along", () => {
    const files = ["index.html", "chapters/low-rank/index.html", "_astro/a.DU5xel4T.js", "search/entries.js"];
    const more = ["widgets/rank/still.svg", "favicon.svg", "site.webmanifest", "icon-192.png"];
    expect([...files, ...more].filter((file) => !isForOffline(file))).toEqual([]);
    const out = [
      "embed/rank/index.html",
      "js/v1/lora-widget.js",
      "oembed/rank.json",
      "og/site.png",
      "download/rank.html",
    ];
    const away = ["print/index.html", "404.html", "sw.js", "_headers", "robots.txt", "feed.xml", "references.bib"];
    expect([...out, ...away, "anki/lora-live.apkg", "widgets/index.json"].filter(isForOffline)).toEqual([]);
  });

  test("is known by what is in it: a file that changes has another mark, and the order of writing has none", async () => {
    for (const [file, text] of [
      ["index.html", "first"],
      ["a/index.html", "same"],
      ["_astro/a.DU5xel4T.js", "code"],
      ["sw.js", "not this"],
    ] as const)
      write(file, text);
    const before = await offlineFiles(folder);
    expect(before.files.map(({url}) => url)).toEqual(["_astro/a.DU5xel4T.js", "a/index.html", "index.html"]);
    expect(before.files[0]!.revision, "its name has the hash").toBeNull();
    write("index.html", "second");
    const after = await offlineFiles(folder);
    expect(after.files[1]).toEqual(before.files[1]);
    expect(after.files[2]!.revision).not.toBe(before.files[2]!.revision);
    expect(after.bytes).toBeGreaterThan(0);
  });
});
