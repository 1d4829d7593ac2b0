/** The cells of the paper's tables change only on purpose: what nothing else recomputes is held to the day it was last compared with the paper. */
import {createHash} from "node:crypto";
import {expect, test} from "vitest";
import checked from "../../content/paper/checked.json" with {type: "json"};
import {paperTable, rowsWhere, tables} from "../../src/book/paper/paper.ts";
import type {PaperTable} from "../../src/book/paper/paperSchema.ts";

/** What a table prints: its cells, their ± and their bold, and the spread in its caption. Words around them may change. */
function digestOf({rows, columns, typicalFluctuation}: PaperTable): string {
  const keys = columns.map(({key}) => key);
  const cells = rows.map((row) => [...keys.map((key) => row[key] ?? null), row.sd ?? null, row.bold ?? null]);
  const text = JSON.stringify([keys, cells, typicalFluctuation ?? null]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

test.each(tables)("$id has the cells that were compared with the paper", (it) => {
  const due = (checked.tables as Record<string, string>)[it.id];
  const found = digestOf(it);
  expect(
    found,
    `${it.id} is not as it was on ${checked.date}. Compare every cell with ${checked.against}; then write "${found}" and the day into content/paper/checked.json`,
  ).toBe(due);
});

test("one digit, one ± or one bold less is noticed", () => {
  const due = digestOf(paperTable("table-4"));
  const changed = (change: (copy: PaperTable) => void) => {
    const copy = structuredClone(paperTable("table-4"));
    change(copy);
    return digestOf(copy);
  };
  expect(changed(() => {})).toBe(due);
  expect(changed(({rows}) => Object.assign(rows.find(({method}) => method === "BitFit")!, {mnliM: 91.1}))).not.toBe(
    due,
  );
  expect(changed(({rows}) => delete rows.find(({bold}) => bold)!.bold)).not.toBe(due);
  expect(changed((copy) => delete copy.typicalFluctuation)).not.toBe(due);
});

test("checked.json names every table once, and a day that has been", () => {
  expect(Object.keys(checked.tables)).toEqual(tables.map(({id}) => id));
  expect(Date.parse(checked.date)).toBeLessThanOrEqual(Date.now());
});

/** Models of a table, whose best results are printed bold each on their own. */
test.each([["table-3"], ["table-13"], ["table-14"], ["table-16"], ["table-18"]])(
  "%s: where a column has bold, it marks the best of each model and no others",
  (id) => {
    const measures = paperTable(id).columns.filter(({better}) => better);
    expect(measures.length).toBeGreaterThan(2);
    for (const model of new Set(paperTable(id).rows.map((row) => row.model))) {
      const rows = model === undefined ? paperTable(id).rows : rowsWhere(paperTable(id), {model: model as string});
      for (const {key, better} of measures) {
        if (!rows.some(({bold}) => bold?.includes(key))) continue;
        const values = rows.map((row) => row[key]).filter((value) => typeof value === "number");
        const best = better === "higher" ? Math.max(...values) : Math.min(...values);
        for (const row of rows) expect(!!row.bold?.includes(key), `${id} ${row.method} ${key}`).toBe(row[key] === best);
      }
    }
  },
);
