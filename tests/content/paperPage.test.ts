import {readdirSync} from "node:fs";
import {describe, expect, test} from "vitest";
import sections from "../../content/paper/sections.json" with {type: "json"};
import {chapterFile} from "../../src/book/chapter/chapters.ts";
import {cell, paperTable, rowsWhere, spreadOf, tables} from "../../src/book/paper/paper.ts";
import {slips, slipsOf, tableNumbersIn} from "../../src/book/paper/slips.ts";
import {tableCsv, tableView} from "../../src/book/paper/tableView.ts";

test("sections lead to chapters that are there, and each table stands in the section that its own data names", () => {
  const slugs = new Set(readdirSync("content/chapters").map((name) => chapterFile(name).slug));
  for (const {section, chapters, tables: shown = []} of sections) {
    expect(
      chapters.filter((slug) => !slugs.has(slug)),
      section,
    ).toEqual([]);
    expect(chapters.length, section).toBeGreaterThan(0);
    // Sections 5.2 to 5.5 share a line.
    const number = section === "5.2–5.5" ? "5" : section;
    const own = new RegExp(/[A-H]/.test(number) ? `^Appendix (. and )?${number}\\b` : `^${number}(?![\\d])`);
    for (const n of shown) expect(paperTable(`table-${n}`).section, `Table ${n}`).toMatch(own);
  }
  expect(sections.map(({section}) => section)).toEqual(expect.arrayContaining([..."12368ABCDEFGH"]));
  const listed = new Set(sections.flatMap(({tables: shown = []}) => shown));
  expect(tables.map(({number}) => number).filter((number) => !listed.has(number))).toEqual([]);
});

describe("slips", () => {
  test.each([
    ["4.1 vs Tables 9-11", [9, 10, 11]],
    ["Table 16 vs Tables 15, 17", [16, 15, 17]],
    ["D.4 vs 5.1/Table 15", [15]],
    ["Table 5 caption/text vs numbers", [5]],
    ["7.2 text vs Figure 3", []],
  ])("%s names tables %j", (where, numbers) => expect(tableNumbersIn(where)).toEqual(numbers));

  test("each stands beside every table it names, and no other", () => {
    for (const slip of slips)
      expect(tables.filter(({number}) => slipsOf(number).includes(slip)).map(({number}) => number)).toEqual(
        [...new Set(tableNumbersIn(slip.where))].sort((a, b) => a - b),
      );
    expect(slipsOf(6).map(({id}) => id)).toEqual(["p2", "p3"]);
  });

  test("have every run that Table 16 repeats from Table 15 with another number", () => {
    const all = "n392k";
    const repeated = [
      ["GPT-3 (Fine-Tune)", {method: "Fine-Tune"}],
      ["GPT-3 (PrefixEmbed)", {method: "PrefixEmbed", hyperparameters: "l_p=256, l_i=8"}],
      ["GPT-3 (PrefixLayer)", {method: "PrefixLayer", hyperparameters: "l_p=8, l_i=8"}],
      ["GPT-3 (LoRA)", {method: "LoRA", hyperparameters: "r_q=r_v=8"}],
    ] as const;
    const differing = repeated.filter(
      ([method, run]) => cell("table-16", {method}, all).value !== cell("table-15", run, "mnliM").value,
    );
    expect(differing.map(([method]) => method)).toEqual(["GPT-3 (PrefixLayer)", "GPT-3 (LoRA)"]);
    for (const [method] of differing) {
      const name = /\((\w+)\)/.exec(method)![1]!;
      const here = slipsOf(16).filter(({issue}) => issue.includes(name));
      expect(here, name).toHaveLength(1);
      expect(here[0]!.issue).toContain(String(cell("table-16", {method}, all).value));
    }
  });

  test("have the text's tuning for each data set beside the table with one rate for each method", () => {
    const rates = rowsWhere(paperTable("table-12"), {hyperparameter: "Learning rate"});
    expect(rates).toHaveLength(1);
    expect(slipsOf(12).map(({where}) => where)).toContain("D.4 vs Table 12");
  });
});

describe("a table as CSV", () => {
  /** A cell ends at a comma, but for one inside quotes. */
  const cells = (line: string) =>
    [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map(([, cell]) => cell!.replace(/^"(.*)"$/, "$1"));
  const parsed = (id: string) => tableCsv(id).trimEnd().split("\r\n").map(cells);

  test.each(tables.map(({id}) => [id]))("%s holds each number and each ± that the page prints", (id) => {
    const from = paperTable(id);
    const [names, ...rows] = parsed(id);
    expect(rows).toHaveLength(from.rows.length);
    for (const [i, row] of from.rows.entries()) {
      expect(rows[i]).toHaveLength(names!.length);
      for (const {key, label, unit, spreadOf: of} of from.columns) {
        if (of) continue;
        const at = names!.indexOf(unit ? `${label} (${unit})` : label);
        expect(at, `${id}: ${label}`).toBeGreaterThanOrEqual(0);
        const cell = row[key];
        if (typeof cell === "number") expect(Number(rows[i]![at]), `${id}: ${label}`).toBe(cell);
        const spread = cell == null ? undefined : spreadOf(from, row, key);
        if (spread !== undefined) expect(Number(rows[i]![names!.indexOf(`${label} ±`)])).toBe(spread);
      }
    }
  });
});

test("where a cell is written otherwise than as its number, it carries the number", () => {
  const settings = tableView("table-9").rows.flat();
  expect(settings.find(({text}) => text?.startsWith("5\u2009×"))).toMatchObject({value: 0.0005});
  expect(tableView("table-15").rows[0]!.find(({text}) => text === "175B")).toMatchObject({value: 175_000});
  for (const {id} of tables)
    for (const {text, value} of tableView(id).rows.flat())
      if (value === undefined && text !== null) expect(text, id).not.toMatch(/^\d[\d.]*(B|\u2009×)/);
});
