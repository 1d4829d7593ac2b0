import {expect, test} from "vitest";
import {paperTable} from "../../src/book/paper/paper.ts";
import kept from "../../src/figures/results/printed.json" with {type: "json"};
import {compactTables, settingOf, tableNumbers} from "../../src/tools/results.ts";

test("the figure's tables are up to date with the paper's; npm run results writes them", () => {
  expect(kept).toEqual(compactTables());
});

test("no score, ± or count gets lost", () => {
  for (const n of tableNumbers) {
    const {rows, columns} = paperTable(`table-${n}`);
    const measures = columns.filter(({better}) => better).map(({key}) => key);
    const short = kept[n];
    expect(short.rows).toHaveLength(rows.length);
    for (const [i, row] of rows.entries()) {
      const [, , , size, scores, spreads = []] = short.rows[i] as [
        string,
        string,
        string,
        unknown,
        number[],
        number[]?,
      ];
      expect(size).toBe(row.paramsM ?? row.rank ?? null);
      expect(scores).toEqual(measures.map((key) => row[key]));
      const sd = row.sd && typeof row.sd === "object" ? row.sd : {};
      expect(spreads.filter((x) => x !== null)).toEqual(measures.flatMap((key) => sd[key] ?? []));
    }
  }
});

test.each([
  ["r_q=r_k=r_v=r_o=2", "q, k, v, o at r = 2"],
  ["r_v=2", "v at r = 2"],
  ["r_q=r_v=64, l_p=8, l_i=4", "q, v at r = 64, 8 + 4 tokens"],
  ["l_p=8, l_i=0", "8 + 0 tokens"],
  ["r=16", "r = 16"],
  [null, ""],
])("%s becomes “%s”", (printed, words) => expect(settingOf(printed)).toBe(words));
