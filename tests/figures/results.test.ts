import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {bounds, compute, controls, type ResultsParams} from "../../src/figures/results/model.ts";
import {axisOf, measuresOf, scoreVerdict, tableRows, typicalOf} from "../../src/figures/results/tables.ts";
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
  const curve = at({from: "15"});
  w.draw(root, compute(curve), curve, {...nobody, set: (values) => void asked.push(values)}, full);
  press(".scatter .chart.wide .mark-dot path", 5);
  expect(asked).toEqual([{against: 6}, {against: 6}]);
});

test("says in a line how many tie and how many are clearly better or worse", () => {
  const said = (raw: Readonly<Record<string, unknown>>) => w.says!(of(raw), at(raw));
  expect(said({})).toBe(
    "LoRA against full fine-tuning’s 73.8 ± 0.5: 2 tied; the other methods: 1 tied, 4 clearly worse.",
  );
  expect(said({from: "18"})).toMatch(/^Rank 1 scores .*no verdict \(no ±\)\.$/);
});

test("a card has one large picture: rows of a table, or a curve where the table varies a count", () => {
  const panels = (raw: Readonly<Record<string, unknown>>) => {
    const root = emptyRoot();
    w.draw(root, of(raw), at(raw), nobody, {size: "card"});
    return [...root.querySelector(".plots")!.children].map((one) => one.className.replace("panel ", ""));
  };
  expect(panels({})).toEqual(["ranking", "reading"]);
  expect(panels({from: "15"})).toEqual(["scatter", "reading"]);
});
