import {strFromU8, strToU8, unzipSync, zipSync} from "fflate";
import {expect, test} from "vitest";
import {presetPackage, withParameters} from "../../../src/shell/take/share/scormPackage.ts";

const manifest = '<manifest><item identifier="figure" identifierref="page"><title>a</title></item></manifest>';

test("a package opens its figure with the query, and is the same without one", () => {
  expect(withParameters(manifest, "?r=8&lock=r")).toBe(
    '<manifest><item parameters="?r=8&amp;lock=r" identifier="figure" identifierref="page"><title>a</title></item></manifest>',
  );
  expect(withParameters(manifest, "")).toBe(manifest);
});

test("what else is in the package stays, and the manifest comes first", async () => {
  const page = strToU8("<!doctype html>".repeat(100));
  const archive = zipSync({"index.html": page, "imsmanifest.xml": strToU8(manifest)});
  const made = unzipSync(new Uint8Array(await presetPackage(archive, "?r=$&").arrayBuffer()));
  expect(Object.keys(made)).toEqual(["imsmanifest.xml", "index.html"]);
  expect(made["index.html"]).toEqual(page);
  expect(strFromU8(made["imsmanifest.xml"]!)).toContain('<item parameters="?r=$&amp;" ');
  expect(() => presetPackage(zipSync({"a.txt": page}), "")).toThrow("the package has no imsmanifest.xml");
});
