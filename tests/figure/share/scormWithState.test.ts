import {unzipSync, zipSync} from "fflate";
import {expect, test} from "vitest";
import {scormFiles} from "../../../src/embed/downloads/downloads.ts";
import {packageWithState} from "../../../src/figure/share/scormWithState.ts";
import {archive} from "../../../src/site/archive.ts";

const about = {name: "rank", title: "A <title>", guide: "Move r.", challenge: "find it."};
const packed = () => archive(scormFiles(about as Parameters<typeof scormFiles>[0], "<!doctype html>", "MIT"));
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

test("a package opens its figure with the query; nothing else in it changes", async () => {
  const was = unzipSync(packed());
  const withState = await packageWithState(packed().buffer, '?r=$&&a="1"').arrayBuffer();
  const now = unzipSync(new Uint8Array(withState));
  expect(Object.keys(now)).toEqual(["imsmanifest.xml", "index.html", "LICENSE.txt"]);
  const manifest = text(now["imsmanifest.xml"]);
  expect(manifest).toContain(' isvisible="true" parameters="?r=$&amp;&amp;a=&quot;1&quot;">');
  expect(manifest.replace(/ parameters="[^"]*"/, "")).toBe(text(was["imsmanifest.xml"]));
  for (const name of ["index.html", "LICENSE.txt"]) expect(now[name]).toEqual(was[name]);
});

test("what is no package of a figure is refused", () => {
  expect(() => packageWithState(zipSync({"a.txt": new Uint8Array(9)}).buffer, "")).toThrow("no package of a figure");
  expect(() => packageWithState(new TextEncoder().encode("<!doctype html>").buffer, "")).toThrow();
});
