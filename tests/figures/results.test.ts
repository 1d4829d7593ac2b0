import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {bounds, compute, controls, type ResultsParams} from "../../src/figures/results/model.ts";
import {axisOf, measuresOf, resultEntries, scoreVerdict, settingOf} from "../../src/figures/results/tables.ts";
import face from "../../src/figures/results/widget.ts";
import {emptyRoot, full, nobody, show} from "./promises/stage.ts";

const w = {...face, compute};
const at = (raw: Readonly<Record<string, unknown>>): ResultsParams => parse(controls, raw, {boundsOf: bounds}).params;
const of = (raw: Readonly<Record<string, unknown>>) => compute(at(raw));

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
    expect(scoreVerdict(entry(91.7, 0.1, 1), entry(91.5, 0.1, 2), false)).toBe("tie");
    expect(scoreVerdict(entry(91.71, 0.1, 1), entry(91.5, 0.1, 2), false)).toBe("better");
    expect(scoreVerdict(entry(91.29, 0.1, 1), entry(91.5, 0.1, 2), false)).toBe("worse");
    expect(scoreVerdict(entry(1.2, 0.01, 1), entry(1.3, 0.01, 2), true)).toBe("better");
  });

  test("one ± counts alone; without any there is no verdict", () => {
    expect(scoreVerdict(entry(2, 1, 1), entry(1, undefined, 2), false)).toBe("tie");
    expect(scoreVerdict(entry(2.1, undefined, 1), entry(1, 1, 2), false)).toBe("better");
    expect(scoreVerdict(entry(2, undefined, 1), entry(1, undefined, 2), false)).toBe("unknown");
    expect(scoreVerdict(entry(2, 0, 1), entry(1, 0, 2), false)).toBe("better");
  });
});

test("Table 15 has Table 4's ± on each task; no row of it has one of its own", () => {
  for (const measure of measuresOf("15")) {
    const [four, fifteen] = (["4", "15"] as const).map((from) => resultEntries(from, undefined, measure));
    expect(new Set(fifteen!.map(({spread}) => spread))).toEqual(new Set([four![0]!.spread]));
    expect(fifteen![0]!.spread).toBeGreaterThan(0);
  }
});

test.each([
  ["r_q=r_k=r_v=r_o=2", "q, k, v, o at r = 2"],
  ["r_v=2", "v at r = 2"],
  ["r_q=r_v=64, l_p=8, l_i=4", "q, v at r = 64, 8 + 4 tokens"],
  ["l_p=8, l_i=0", "8 + 0 tokens"],
  ["r=16", "r = 16"],
  [null, ""],
])("%s becomes “%s”", (hyperparameters, words) => expect(settingOf({hyperparameters})).toBe(words));

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
  const curve = at({from: "15"});
  w.draw(root, compute(curve), curve, {...nobody, set: (values) => void asked.push(values)}, full);
  press(".scatter .chart.wide .mark-dot path", 5);
  expect(asked).toEqual([{against: 6}, {against: 6}]);
});
