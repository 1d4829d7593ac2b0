import {crc32} from "node:zlib";
import {unzipSync, zipSync} from "fflate";
import {expect, test} from "vitest";
import {scormFiles} from "../../../src/embed/downloads/downloads.ts";
import {packageWithState} from "../../../src/figure/share/scormWithState.ts";
import {archive} from "../../../src/site/archive.ts";

const about = {name: "rank", title: "A <title>", guide: "Move r.", challenge: "find it."};
const packed = () =>
  archive(scormFiles(about as Parameters<typeof scormFiles>[0], "<!doctype html>", "MIT"), 9, ["imsmanifest.xml"]);
const opened = async (made: Blob) => unzipSync(new Uint8Array(await made.arrayBuffer()));
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

test("a package opens its figure with the query; nothing else in it changes", async () => {
  const was = unzipSync(packed());
  const made = await opened(packageWithState(packed().buffer, '?r=$&&a="1"'));
  expect(Object.keys(made)).toEqual(["imsmanifest.xml", "index.html", "LICENSE.txt"]);
  const manifest = text(made["imsmanifest.xml"]);
  expect(manifest).toContain(' isvisible="true" parameters="?r=$&amp;&amp;a=&quot;1&quot;" ');
  expect(manifest.replace(/ parameters="[^"]*"/, "").replace(/ {999,}/, "")).toBe(
    text(was["imsmanifest.xml"]).replace(/ {999,}/, ""),
  );
  for (const name of ["index.html", "LICENSE.txt"]) expect(made[name]).toEqual(was[name]);
});

test("its checksums are zlib's", async () => {
  const bytes = Buffer.from(await packageWithState(packed().buffer, "?r=8").arrayBuffer());
  const manifest = unzipSync(bytes)["imsmanifest.xml"]!;
  const directory = bytes.readUInt32LE(bytes.length - 6);
  expect(bytes.toString("latin1", directory + 46, directory + 61)).toBe("imsmanifest.xml");
  expect([bytes.readUInt32LE(14), bytes.readUInt32LE(directory + 16)]).toEqual([crc32(manifest), crc32(manifest)]);
});

test("without a query it is the build's, byte for byte", async () => {
  expect(new Uint8Array(await packageWithState(packed().buffer, "").arrayBuffer())).toEqual(packed());
});

test("what is no package, and a state that it has no room for, are refused in words", () => {
  for (const bytes of [
    zipSync({"a.txt": new Uint8Array(9)}),
    new TextEncoder().encode("<!doctype html>"),
    new Uint8Array(),
  ])
    expect(() => packageWithState(bytes.buffer as ArrayBuffer, "")).toThrow("the package has no room for a state");
  expect(() => packageWithState(packed().buffer, `?own=${"1".repeat(5000)}`)).toThrow(
    "the state is too long for a package",
  );
});
