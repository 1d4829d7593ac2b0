import fc from "fast-check";
import {expect, test} from "vitest";
import {choice, hiddenText, range} from "../../../src/figure/controls.ts";
import {csvText} from "../../../src/figure/export/csv.ts";
import {fileName} from "../../../src/figure/export/save.ts";
import {pageAddress} from "../../../src/figure/state/pageAddress.ts";
import type {AnyWidget} from "../../../src/figure/widget.ts";

const w = {
  title: 'Is "A & B" < C [1]?',
  controls: {
    r: range(["Rank"], {min: 0, max: 48, value: 4}),
    source: choice(["Matrix"], {blobs: "Blobs", noise: "Noise"}, "blobs"),
    cells: hiddenText(["cells"], 4096, () => undefined),
  },
} as unknown as AnyWidget;
const params = {r: 4, source: "blobs", cells: ""};
const home = "https://lora.example/base/";
const shown = (moved: object) => ({name: "rank", w, params: {...params, ...moved}, home});

/** Reads CSV as RFC 4180 says it is written. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /("(?:[^"]|"")*"|[^,\r\n"]*)(,|\r\n|$)/gy;
  for (const [all, cell = "", end] of text.matchAll(cells)) {
    if (all === "") break;
    rows.at(-1)!.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

test("CSV has one header row and CRLF, and quotes what needs quotes", () => {
  const text = csvText({
    caption: "No part of it",
    columns: ["a", "b,c"],
    rows: [
      [1, 'say "x"'],
      ["−2.5", "two\nlines"],
    ],
  });
  expect(text).toBe('a,"b,c"\r\n1,"say ""x"""\r\n-2.5,"two\nlines"\r\n');
});

test("cells that a spreadsheet would run are marked as text; numbers stay numbers", () => {
  const run = ["=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"];
  const [, ...rows] = parse(csvText({caption: "", columns: ["x"], rows: run.map((cell) => [cell])}));
  expect(rows.map(([cell]) => cell)).toEqual(run.map((cell) => `'${cell}`));
  const numbers = ["-3.2", "+4", "-1e-5", "-12%", "−0.5"];
  expect(csvText({caption: "", columns: ["x"], rows: numbers.map((cell) => [cell])})).not.toContain("'");
});

test("any table reads back", () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('"', ",", "\r\n", "=x", "−1"), fc.integer());
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), {minLength: 1}), (rows) => {
      const [, ...read] = parse(csvText({caption: "", columns: ["a", "b"], rows}));
      const plain = (value: string | number) => String(value).replace(/^−(?=[\d.])/, "-");
      expect(read.map((row) => row.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, "")))).toEqual(
        rows.map((row) => row.map((value) => plain(value).replace(/^'(?=[=+\-@\t\r])/, ""))),
      );
    }),
  );
});

test("a file is named after what it shows", () => {
  expect(fileName("rank", w, params)).toBe("lora-rank-r4");
  expect(fileName("rank", w, {r: 0.5, source: "noise", cells: "1,2;3,4"})).toBe("lora-rank-r0.5-source-noise");
});

test("a link carries only what differs from the defaults", () => {
  expect(pageAddress(shown({}))).toBe(`${home}widgets/rank/`);
  expect(pageAddress(shown({r: 8, cells: "1,2;3,4"}))).toBe(`${home}widgets/rank/?r=8&cells=1,2%3B3,4`);
});
