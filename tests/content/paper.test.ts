import {describe, expect, test} from "vitest";
import figures from "../../content/paper/figures.json" with {type: "json"};
import formulas from "../../content/paper/formulas.json" with {type: "json"};
import inconsistencies from "../../content/paper/inconsistencies.json" with {type: "json"};
import {cell, numberText, paperNumber, paperNumbers, paperTable, spreadOf, tables} from "../../src/book/paper/paper.ts";
import {numberSchema, tableSchema} from "../../src/book/paper/paperSchema.ts";
import {fluctuationText, tableView} from "../../src/book/paper/tableView.ts";
import {references} from "../../src/book/works/references.ts";

const sound = () => structuredClone(paperTable("table-6"));
const complaints = (data: unknown) =>
  tableSchema.safeParse(data).error?.issues.map(({message, path}) => `${path.join(".")} ${message}`) ?? [];

describe("the schema", () => {
  test("accepts every table; each source is a known work, each locator its own", () => {
    const works = new Set(references.map(({id}) => id));
    for (const t of tables) {
      expect(works.has(t.source.work)).toBe(true);
      expect(t.source.locator).toBe(`Table ${t.number}`);
      expect(t.id).toBe(`table-${t.number}`);
      expect(complaints(t)).toEqual([]);
    }
  });

  test("refuses a table without source, or with half of one", () => {
    const {source, ...rest} = sound();
    expect(complaints(rest)[0]).toMatch(/^source /);
    expect(complaints({...rest, source: {work: source.work, locator: source.locator}})[0]).toMatch(/^source.version /);
  });

  test("number ids are unique, and so are the ids of formulas, figures and slips", () => {
    for (const list of [paperNumbers, formulas, figures, inconsistencies.withinThePaper]) {
      const ids = list.map(({id}) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(numberSchema.safeParse({...paperNumber("ckpt-35mb"), section: undefined}).success).toBe(false);
  });

  test("a typical fluctuation is keyed by a column or by a cell", () => {
    for (const {typicalFluctuation: typical, columns, rows} of tables) {
      if (typeof typical !== "object") continue;
      const cells = new Set(rows.flatMap((row) => Object.values(row)));
      for (const key of Object.keys(typical)) expect(columns.some((c) => c.key === key) || cells.has(key)).toBe(true);
    }
  });
});

describe("one cell", () => {
  const row = {dataset: "WikiSQL", weights: "Wq,Wv"};

  test("comes with its column and its spread", () => {
    expect(cell("table-6", row, "r1")).toMatchObject({value: 73.4, spread: 0.5, column: {label: "r = 1", unit: "%"}});
    expect(cell("table-6", {...row, dataset: "MultiNLI"}, "r1").spread).toBe(0.1);
    expect(cell("table-2", {model: "RoBERTa-base", method: "LoRA"}, "rte")).toMatchObject({value: 86.6, spread: 0.7});
    expect(cell("table-1", {method: "AdapterH", batch: 1}, "latencyMs")).toMatchObject({value: 25.8, spread: 2.2});
    expect(cell("table-4", {method: "FT"}, "samsumRL").spread).toBe(0.1);
    expect(cell("table-16", {method: "GPT-3 (LoRA)"}, "n1k").spread).toBe(0.3);
  });

  test("has no spread where the paper prints none", () => {
    expect(cell("table-4", {method: "FT"}, "paramsM").spread).toBeUndefined();
    expect(cell("table-2", {model: "RoBERTa-base", method: "FT"}, "rte").spread).toBeUndefined();
    expect(spreadOf(paperTable("table-1"), paperTable("table-1").rows[1], "overheadPct")).toBeUndefined();
  });

  test.each([
    [() => cell("table-6", {dataset: "WikiSQL"}, "r1"), '3 rows have dataset = "WikiSQL"; name more columns'],
    [
      () => cell("table-6", {...row, dataset: "SAMSum"}, "r1"),
      '0 rows have dataset = "SAMSum", weights = "Wq,Wv"; its first row is',
    ],
    [() => cell("table-6", row, "r16"), 'table-6 has no column "r16"; its columns are dataset, weights, r1'],
    [() => cell("table-6", {task: "WikiSQL"}, "r1"), 'table-6 has no column "task"'],
    [() => cell("table-19", row, "r1"), "no such table; there are table-1, table-2"],
    [
      () => cell("table-1", {method: "Fine-Tune/LoRA", batch: 1}, "overheadPct"),
      'prints nothing in column "overheadPct"',
    ],
  ])("throws a plain sentence (%#)", (ask, sentence) => {
    expect(ask).toThrow(sentence);
  });
});

describe("a table on the page", () => {
  test("folds the ± into its value and keeps the paper's bold", () => {
    const view = tableView("table-1");
    expect(view.columns.map(({key}) => key)).not.toContain("sd");
    expect(view.rows[8][4]).toEqual({text: "25.8", spread: "2.2", bold: false, span: 1});
    expect(view.rows.slice(0, 4).map((row) => row[3].text)).toEqual([null, "0.5", "0.5", null]);
    expect(view.rows[4][3].text).toBe("11");
    const glue = tableView("table-2", ["method", "model", "rte", "mrpc"]).rows;
    expect(glue.find(([method, model]) => method.text === "LoRA" && model.text === "RoBERTa-base")!.slice(2)).toEqual([
      {text: "86.6", spread: "0.7", bold: true, span: 1},
      {text: "89.7", spread: "0.7", bold: false, span: 1},
    ]);
  });

  test("one value printed for all tasks spans their columns", () => {
    const {rows, columns, headingCount} = tableView("table-9");
    expect(headingCount).toBe(2);
    expect(rows[0].map(({text, span}) => [text, span])).toEqual([
      ["all", 1],
      ["Optimizer", 1],
      ["AdamW", 8],
    ]);
    for (const row of rows) expect(row.reduce((sum, {span}) => sum + span, 0)).toBe(columns.length);
  });

  test("every table fills its grid and has a heading in each row", () => {
    for (const {id} of tables) {
      const {rows, columns, headingCount} = tableView(id);
      for (const row of rows) {
        expect(row.reduce((sum, {span}) => sum + span, 0)).toBe(columns.length);
        expect(row.slice(0, headingCount).some(({text}) => text)).toBe(true);
      }
    }
  });

  test("a column that does not exist throws", () => {
    expect(() => tableView("table-15", ["methd"])).toThrow('no column "methd"');
  });

  test("prints a count as coarse as the paper does", () => {
    const counts = tableView("table-15", ["method", "paramsM"]).rows.map((row) => row[1].text);
    expect(counts.slice(0, 2)).toEqual(["175B", "0.4"]);
  });

  test("says the fluctuation the caption gives", () => {
    expect(fluctuationText(paperTable("table-6"))).toBe("±0.5 (WikiSQL), ±0.1 (MultiNLI)");
    expect(fluctuationText(paperTable("table-16"))).toBe("±0.3");
    expect(fluctuationText(paperTable("table-1"))).toBeUndefined();
  });
});

test("headline numbers read as people write them", () => {
  const text = (id: string, part?: string) => numberText(paperNumber(id), part);
  expect(text("attention-matrix-entries")).toBe("150,994,944");
  expect(text("ckpt-350gb")).toBe("350\u2009GB");
  expect(text("ckpt-18p9-mb")).toBe("37.7\u2009MB");
  expect(text("vram-ft")).toBe("1.2\u2009TB");
  expect(text("ckpt-10000x")).toBe("10,000×");
  expect(text("vram-two-thirds")).toBe("2/3");
  expect(text("latency-adapterh", "b1s128")).toBe("30.3%");
  expect(() => text("latency-adapterh")).toThrow("name one of b32s512, b16s256, b1s128 as part");
  expect(() => paperNumber("ckpt")).toThrow("no such number");
});
