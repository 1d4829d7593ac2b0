import {describe, expect, test} from "vitest";
import figures from "../../content/paper/figures.json" with {type: "json"};
import {parse} from "../../src/figure/parse.ts";
import {builtRoom} from "../../src/figure/plot/room.ts";
import {scoreVerdict} from "../../src/figures/results/entries.ts";
import {bounds, compute, controls, type ResultsParams} from "../../src/figures/results/model.ts";
import {axisOf, measuresOf, tableRows, typicalOf} from "../../src/figures/results/tables.ts";
import face from "../../src/figures/results/widget.ts";
import {emptyRoot, full, nobody, show} from "./promises/stage.ts";

const w = {...face, compute};
const at = (raw: Readonly<Record<string, unknown>>): ResultsParams => parse(controls, raw, {boundsOf: bounds}).params;
const of = (raw: Readonly<Record<string, unknown>>) => compute(at(raw));
/** The verdict on a row, by its method and its millions. */
const verdict = (raw: Readonly<Record<string, unknown>>, method: string, millions?: number) =>
  of(raw).rows.find((row) => row.method === method && (millions === undefined || row.trained === millions * 1e6))!
    .verdict;

describe("what the chapter says of gaps", () => {
  test.each([
    // LoRA with 4.7 M against full fine-tuning, then against adapters with 40.1 M.
    [{gpt3: "wikisql"}, "LoRA", 4.7, "within"],
    [{gpt3: "wikisql"}, "LoRA", 37.7, "within"],
    [{gpt3: "mnliM"}, "LoRA", 4.7, "better"],
    [{gpt3: "samsumR1"}, "LoRA", 4.7, "better"],
    [{gpt3: "samsumR2"}, "LoRA", 4.7, "better"],
    [{gpt3: "samsumRL"}, "LoRA", 4.7, "better"],
    [{gpt3: "mnliM"}, "BitFit", 14.2, "better"],
    [{gpt3: "mnliM"}, "AdapterH", 7.1, "better"],
    [{gpt3: "wikisql", against: 6}, "LoRA", 4.7, "within"],
    [{gpt3: "mnliM", against: 6}, "LoRA", 4.7, "within"],
    [{gpt3: "samsumR1", against: 6}, "LoRA", 4.7, "better"],
    [{gpt3: "wikisql", against: 5}, "LoRA", 4.7, "better"],
    [{from: "2", glue: "qqp"}, "LoRA", undefined, "worse"],
    [{from: "2", glue: "mrpc"}, "LoRA", undefined, "within"],
    [{from: "2", glue: "rte"}, "LoRA", undefined, "better"],
    [{from: "2", glue: "avg"}, "LoRA", undefined, "unknown"],
    [{from: "3", e2e: "bleu", against: 7}, "PreLayer*", undefined, "worse"],
    [{from: "3", "e2e-model": "GPT-2 L", e2e: "bleu", against: 5}, "PreLayer*", undefined, "within"],
    [{from: "3", "e2e-model": "GPT-2 L", e2e: "cider", against: 5}, "AdapterL", 0.88, "within"],
    [{from: "16", examples: "n100"}, "LoRA", undefined, "better"],
    [{from: "16", examples: "n1k"}, "LoRA", undefined, "within"],
    [{from: "16", examples: "n10k"}, "LoRA", undefined, "within"],
    [{from: "16", examples: "n392k"}, "LoRA", undefined, "better"],
  ] as const)("%j: %s %s is %s", (raw, method, millions, due) => expect(verdict(raw, method, millions)).toBe(due));

  test("over all budgets LoRA alone stays within the spread on WikiSQL, and both prefixes drop beyond it", () => {
    const {points} = of({from: "15"});
    expect(new Set(points.filter(({method}) => method === "LoRA").map((point) => point.verdict))).toEqual(
      new Set(["within"]),
    );
    for (const method of ["PrefixEmbed", "PrefixLayer"]) {
      const own = points.filter((point) => point.method === method);
      const best = own.reduce((a, b) => (b.score > a.score ? b : a));
      const last = own.at(-1)!;
      expect(best.trained!).toBeLessThan(last.trained!);
      expect(scoreVerdict(last, best, false)).toBe("worse");
    }
    expect(of({from: "15"}).fewestNotWorse).toMatchObject({method: "LoRA", trained: 4.7e6});
    expect(of({}).fewestNotWorse).toMatchObject({method: "LoRA", trained: 4.7e6});
  });

  test("the line of LoRA passes the points of figure 2", () => {
    const note = figures.find(({id}) => id === "figure-2")!.note!;
    const [wikisql, mnli] = [...note.matchAll(/\(4\.7M [^)]*\)/g)].map(([list]) =>
      [...list.matchAll(/([\d.]+)M \.(\d+)/g)].map(([, millions, score]) => [
        Number(millions) * 1e6,
        Number(score) / 10,
      ]),
    );
    for (const [budgets, due] of [
      ["wikisql", wikisql],
      ["mnliM", mnli],
    ] as const) {
      const best = new Map<number, number>();
      for (const {method, trained = 0, score} of of({from: "15", budgets}).points)
        if (method === "LoRA") best.set(trained, Math.max(best.get(trained) ?? 0, score));
      // The panel of MNLI leaves the largest budget out.
      expect(due!.length).toBeGreaterThanOrEqual(5);
      expect([...best].slice(0, due!.length)).toEqual(due);
    }
  });
});

describe("the rule", () => {
  const entry = (score: number, spread?: number, n = 1) => ({
    n,
    method: "m",
    setting: "",
    kind: "lora" as const,
    score,
    spread,
  });

  test("whiskers that touch are within; a hair apart they are not; float64 adds nothing", () => {
    expect(scoreVerdict(entry(91.7, 0.1, 1), entry(91.5, 0.1, 2), false)).toBe("within");
    expect(scoreVerdict(entry(91.71, 0.1, 1), entry(91.5, 0.1, 2), false)).toBe("better");
    expect(scoreVerdict(entry(91.29, 0.1, 1), entry(91.5, 0.1, 2), false)).toBe("worse");
    expect(scoreVerdict(entry(1.2, 0.01, 1), entry(1.3, 0.01, 2), true)).toBe("better");
  });

  test("one ± counts alone; without any there is no verdict", () => {
    expect(scoreVerdict(entry(2, 1, 1), entry(1, undefined, 2), false)).toBe("within");
    expect(scoreVerdict(entry(2.1, undefined, 1), entry(1, 1, 2), false)).toBe("better");
    expect(scoreVerdict(entry(2, undefined, 1), entry(1, undefined, 2), false)).toBe("unknown");
    expect(scoreVerdict(entry(2, 0, 1), entry(1, 0, 2), false)).toBe("better");
  });
});

test("Table 15 borrows Table 4's ± for the tasks they share, in the same order", () => {
  expect(typicalOf("15")).toEqual(typicalOf("4"));
  const [four, fifteen] = [measuresOf("4"), measuresOf("15")];
  expect(fifteen.map(({key}) => key)).toEqual(four.slice(0, fifteen.length).map(({key}) => key));
  expect(tableRows("15").every(([, , , , , spreads]) => spreads === undefined)).toBe(true);
});

test("the reference stays a row of its table when the table changes, and is seen under every filter", () => {
  for (const from of ["2", "3", "4", "15", "16", "18"] as const)
    for (const methods of ["all", "lora", "adapter", "prefix"]) {
      const {rows, reference} = of({from, methods, against: 30});
      expect(rows.filter(({verdict}) => verdict === "itself")).toEqual([{...reference, verdict: "itself"}]);
      expect(axisOf(from) !== "trained" || rows.every(({trained}) => trained! > 0)).toBe(true);
    }
});

test("every trained method is drawn, hollow where it ties with the reference and filled where one is clearly better", () => {
  const root = emptyRoot();
  show(root, w, at({}));
  const marks = [...root.querySelectorAll(".ranking .chart.wide .mark-dot path")].map(
    (mark) => `${mark.getAttribute("data-tone")}${mark.hasAttribute("data-hollow") ? " hollow" : ""}`,
  );
  expect(marks).toEqual(["full", "soft", "soft", "soft", "soft", "soft hollow", "dw hollow", "dw hollow"]);
});

test("a pressed row or spot becomes the one to compare with", () => {
  const root = emptyRoot();
  const asked: object[] = [];
  const params = at({});
  w.draw(root, compute(params), params, {...nobody, set: (values) => void asked.push(values)}, full);
  const {Event} = root.ownerDocument.defaultView!;
  const press = (selector: string, n: number) =>
    root.querySelectorAll(selector)[n]!.dispatchEvent(Object.assign(new Event("click"), {detail: 1}));
  press(".ranking .chart.wide .row", 5);
  press(".scatter .chart.wide .mark-dot path", 5);
  expect(asked).toEqual([{against: 6}, {against: 6}]);
});

test("says in a line how many tie and how many are clearly better or worse", () => {
  const said = (raw: Readonly<Record<string, unknown>>) => w.says!(of(raw), at(raw));
  expect(said({})).toBe("FT 175\u2009B scores 73.8 ± 0.5; of the 7 others, 3 tie with it and 4 are clearly worse.");
  expect(said({from: "18"})).toMatch(/^Rank 1 scores .*get no verdict \(no ±\)\.$/);
});

test("a card has one large picture: rows of a table, or a curve where the table varies a count", () => {
  const panels = (raw: Readonly<Record<string, unknown>>) => {
    const root = emptyRoot();
    w.draw(root, of(raw), at(raw), nobody, builtRoom("card"));
    return [...root.querySelector(".plots")!.children].map((one) => one.className.replace("panel ", ""));
  };
  expect(panels({})).toEqual(["ranking", "reading"]);
  expect(panels({from: "15"})).toEqual(["scatter", "reading"]);
});
