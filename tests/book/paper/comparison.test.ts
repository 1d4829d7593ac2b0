import {describe, expect, test} from "vitest";
import {rows as fourth} from "../../../content/paper/table-4.json";
import {
  comparisonColumns,
  comparisonLines,
  comparisonRows,
  fillNumbers,
  noteOf,
  numberAt,
} from "../../../src/book/paper/comparison.ts";
import {reference} from "../../../src/book/works/references.ts";
import {facts, methodNames, ruleOf} from "../../../src/figures/choose/rules.ts";

describe("a reference in braces", () => {
  test.each([
    ["{table-1|method=AdapterH,batch=1|overheadPct}%", "30.3%"],
    ["{table-4|method=FT|paramsM} M", "175,255.8 M"],
    ["±{table-16|typicalFluctuation}", "±0.3"],
    ["±{table-4|typicalFluctuation|wikisql}", "±0.5"],
    ["{ckpt-350gb} GB", "350 GB"],
    ["{± table-1|method=Fine-Tune/LoRA,batch=1|latencyMs}", "2.7"],
    ["{gap table-4|method=BitFit|wikisql|method=FT} and {gap table-4|method=BitFit|mnliM|method=FT}", "−2.5 and +1.5"],
    ["{gap table-4|method=PreLayer|mnliM|method=FT}", "0.0"],
    ["{MB table-15|hyperparameters=r_q=r_v=8|formulaParams}", "75.5"],
    ["{MB table-4|method=PreLayer|paramsM}", "40.4"],
    ["{table-15|method=PrefixEmbed,paramsM=3.2|hyperparameters}", "l_p=256, l_i=8"],
  ])("%s is %s", (text, due) => expect(fillNumbers(text)).toBe(due));

  test("counts the tasks on which a row is better than another", () => {
    // RoBERTa base, LoRA against full fine-tuning: SST-2, QNLI, RTE and STS-B.
    const of = "{above table-2|model=RoBERTa-base,method=LoRA|model=RoBERTa-base,method=FT}";
    expect(fillNumbers(of)).toBe("4 of 8");
  });

  test.each([
    ["{table-1|method=AdapterX,batch=1|overheadPct}", "0 rows"],
    ["{table-1|method=AdapterL|overheadPct}", "3 rows"],
    ["{table-4|method=FT|bleu}", "no column"],
    ["{ckpt-1gb}", "no such number"],
    ["{sum table-4|method=FT|wikisql}", "is none of gap, above, MB, ±"],
  ])("%s is refused: %s", (text, why) => expect(() => fillNumbers(text)).toThrow(why));

  test("computes gaps and sizes from the printed numbers", () => {
    const [full] = fourth;
    for (const row of fourth.filter(({method}) => method !== "LoRA" && method !== "AdapterH")) {
      const gap = fillNumbers(`{gap table-4|method=${row.method}|samsumR1|method=FT}`).replace("−", "-");
      expect(Number(gap)).toBeCloseTo(row.samsumR1 - full!.samsumR1, 9);
      const size = fillNumbers(`{MB table-4|method=${row.method}|paramsM}`).replaceAll(",", "");
      expect(Number(size)).toBeCloseTo(2 * row.paramsM, 9);
    }
    expect(numberAt("mnli100-chance")).toBe("33.3");
  });
});

describe("the comparison", () => {
  test("has a cell for every property and method, and every line has a source that exists", () => {
    expect(comparisonRows.length).toBe(9);
    for (const row of comparisonRows) {
      expect(Object.keys(row.cells)).toEqual(comparisonColumns.map(({id}) => id));
      noteOf(row);
      for (const {id} of comparisonColumns) {
        for (const {text, source} of comparisonLines(row, id)) {
          expect(text).not.toMatch(/[{}|]/);
          expect(source).not.toBe("");
        }
        for (const {source, text} of row.cells[id]!) {
          if ("work" in source) expect(reference(source.work).id).toBe(source.work);
          const named = [...text.matchAll(/\b(table-\d+)\|(?!typical)/g)].map(([, table]) => table);
          const due = "table" in source ? [source.table] : [];
          if (named.length) expect([...new Set(named)], text).toEqual(due);
        }
      }
    }
  });

  test("has no typed number with a decimal point", () => {
    for (const {cells} of comparisonRows)
      for (const {text} of Object.values(cells).flat())
        expect(text.replace(/\{[^}]*\}|figure 1\.3/g, "")).not.toMatch(/\d\.\d/);
  });

  test("covers every method of the rules", () => {
    expect(comparisonColumns.flatMap((one) => one.methods).sort()).toEqual(Object.keys(methodNames).sort());
  });

  test("gives for each fact exactly the verdicts of the rules", () => {
    for (const {fact, cells, name} of comparisonRows) {
      if (fact === undefined) continue;
      expect(Object.keys(facts)).toContain(fact);
      for (const {id, methods} of comparisonColumns) {
        const due = new Set(methods.map((method) => ruleOf(method, fact).verdict));
        const said = new Set(cells[id]!.flatMap(({verdict}) => verdict ?? []));
        expect(said, `${name}: ${id}`).toEqual(due);
      }
    }
  });

  test("shows the weaknesses of LoRA", () => {
    const weak = comparisonRows.filter(({cells}) =>
      cells.lora!.some(({verdict}) => verdict === "fails" || verdict === "pays"),
    );
    expect(weak.map(({fact}) => fact)).toEqual(["latency", "plain", "batch"]);
  });
});
