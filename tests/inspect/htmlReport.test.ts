/** The report as a page: everything that was found is in it, and nothing of a file becomes markup. */
import {createHash} from "node:crypto";
import {parseHTML} from "linkedom";
import {expect, test} from "vitest";
import {htmlReport} from "../../src/inspect/htmlReport.ts";
import type {DroppedFile} from "../../src/inspect/protocol.ts";
import {fileOf, pairsOf, wave} from "../engine/adapters/inspect/made.ts";
import {asker, dropped, read, sampleDrop} from "./asked.ts";

async function reportOf(files: DroppedFile[]) {
  const ask = asker();
  const {opened, verdict, modules} = await read(ask, 0, files);
  const fingerprints = (await ask("fingerprints", {slot: 0})).result!;
  const cuts = (await ask("cuts", {slot: 0})).result;
  const place = {opened, verdict, modules: new Map(modules.map((one) => [one.name, one]))};
  const {document} = parseHTML("<!doctype html><html><head></head><body></body></html>");
  const html = htmlReport(document, {adapter: place, fingerprints, day: "2026-11-29", ...(cuts && {cuts})});
  return {html, fingerprints, verdict, modules, page: parseHTML(html).document};
}

test("a sample: sentence, files with their SHA-256, facts, checks, a map and every module", async () => {
  const files = sampleDrop("names");
  const {page, fingerprints, verdict} = await reportOf(files);
  const hashes = await Promise.all(
    files.map(async ({blob}) =>
      createHash("sha256")
        .update(new Uint8Array(await blob.arrayBuffer()))
        .digest("hex"),
    ),
  );
  expect(fingerprints.map(({name, sha256}) => [name, sha256])).toEqual([
    ["adapter_model.safetensors", hashes[0]],
    ["adapter_config.json", hashes[1]],
  ]);
  const said = page.body.textContent;
  for (const due of [...hashes, verdict.sentence, "word-forge", "2026-11-29"]) expect(said).toContain(due);
  for (const {sentence} of verdict.checks) expect(said).toContain(sentence);
  expect(page.querySelectorAll(".inspect-map td[style]")).toHaveLength(12);
  expect([...page.querySelectorAll("table")].map((table) => table.querySelectorAll("tbody tr").length)).toEqual([
    2, 2, 12, 16,
  ]);
});

test("it asks nobody for anything and runs nothing, whatever the names of files and tensors are", async () => {
  const evil = `x.0.<script>alert(1)</script>"'onload=alert(1)//&amp;`;
  const {html, page} = await reportOf([
    dropped(
      `<img src=x onerror=alert(1)>.safetensors`,
      fileOf({
        ...pairsOf(["h.0.q", evil]),
        "h.1.<b>.lora_A.weight": [[2, 5], Number.NaN],
        "h.1.<b>.lora_B.weight": [[6, 2], wave],
        "h.2.<i>half</i>.lora_A.weight": [[2, 5], wave],
      }),
    ),
  ]);
  expect(page.querySelectorAll("script, img, link, iframe, b b, i, a")).toHaveLength(0);
  expect(html).not.toMatch(/<[^>]*\s(?:on\w+|src|href)=|url\(|@import/i);
  expect(page.body.textContent).toContain(evil);
  expect(page.querySelector("h1")!.textContent).toContain("<img src=x");
  expect(page.querySelectorAll(".inspect-map td.spoiled")).toHaveLength(2);
  expect(html).not.toMatch(/NaN%|>NaN<|Infinity|undefined/);
});
