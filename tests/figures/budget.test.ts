import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {type BudgetParams, compute, controls} from "../../src/figures/budget/model.ts";
import w from "../../src/figures/budget/widget.ts";
import {BUDGET, PER_RANK} from "../../src/figures/shared/table5.ts";
import {emptyRoot, full, nobody} from "./promises/stage.ts";

const at = (raw: Readonly<Record<string, string>> = {}): BudgetParams => parse(controls, raw).params;
const drawn = (params: BudgetParams) => {
  const picture = emptyRoot();
  w.draw(picture, compute(params), params, nobody, full);
  return picture;
};
const texts = (root: Element, selector: string) => [...root.querySelectorAll(selector)].map((one) => one.textContent);

test("the budget and what a rank takes of it are those of GPT-3's shapes", () => {
  expect([BUDGET, PER_RANK]).toEqual([18_874_368, 96 * 2 * 12_288]);
});

describe("the paper's side", () => {
  const saidOf = (root: Element) =>
    [...root.querySelectorAll(".same-ink .wide .rows > .row")].map((row) =>
      texts(row, ".said").map((text) => text.trim()),
    );

  test("has Table 5 best first by the chosen task or as printed, and a choice that was not tested last and without a mark", () => {
    const wikisql = (raw: Readonly<Record<string, string>>) => saidOf(drawn(at(raw))).map(([first]) => first);
    expect(wikisql({order: "printed"})).toEqual(["70.4", "70.0", "73.0", "73.2", "71.4", "73.7", "73.7"]);
    expect(wikisql({})).toEqual(["73.7", "73.7", "73.2", "73.0", "71.4", "70.4", "70.0"]);
    expect(saidOf(drawn(at({order: "multinli"})))[0]).toEqual(["91.7", "73.7"]);
    const untested = drawn(at({on: "ko"}));
    expect(saidOf(untested).at(-1)).toEqual(["not tested", "not tested"]);
    const marks = [...untested.querySelectorAll(".same-ink .wide .rows > .row:last-child .mark-dot path")];
    expect(marks.map((mark) => mark.getAttribute("d"))).toEqual(["", ""]);
  });

  test("a ring ties with the best by the rule of the book", () => {
    const rings = [...drawn(at()).querySelectorAll(".same-ink .wide .rows > .row")].map((row) =>
      [...row.querySelectorAll(".mark-dot path")].map((mark) => mark.hasAttribute("data-hollow")),
    );
    expect(rings.map(([wikisql]) => wikisql)).toEqual([true, true, true, true, false, false, false]);
    expect(rings.filter(([, multinli]) => multinli)).toHaveLength(1);
  });

  test("over ranks puts no mark where the paper tested none, and the chosen set alone is strong", () => {
    const picture = drawn(at({by: "rank", scored: "multinli"}));
    expect(picture.querySelectorAll(".ranks .wide .mark-dot path")).toHaveLength(15);
    expect(texts(picture, ".ranks .wide .names [data-strength]")).toEqual(["q and v"]);
    expect(w.summary(compute(at({by: "rank", on: "ko"})), at({by: "rank", on: "ko"}))).toContain(
      "Table 6 does not include Wk + Wo",
    );
  });

  test("a pressed row becomes the choice, and a pressed matrix joins it or leaves", () => {
    const picture = emptyRoot();
    const asked: object[] = [];
    const act = {
      ...nobody,
      set: (values: object | ((now: object) => object)) =>
        void asked.push(typeof values === "function" ? values(at()) : values),
    };
    w.draw(picture, compute(at()), at({order: "printed"}), act, full);
    const {Event} = picture.ownerDocument.defaultView!;
    const press = (one: Element) => one.dispatchEvent(Object.assign(new Event("click"), {detail: 1}));
    press(picture.querySelectorAll(".same-ink .wide .rows > .row")[0]!);
    press(picture.querySelectorAll(".same-ink .wide .need")[3]!);
    expect(asked).toEqual([{on: "q"}, {on: "qvo"}]);
  });

  test("each row of one budget has as much ink: its matrices times its rank", () => {
    for (const row of drawn(at()).querySelectorAll(".same-ink .wide .rows > .row")) {
      const widths = [...row.querySelectorAll(".ink .b")].map((one) => Number(one.getAttribute("width")));
      expect(widths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(8, 0);
    }
  });

  test("three matrices get the rank that the budget allows, and none get nothing", () => {
    expect(w.summary(compute(at({on: "qkv"})), at({on: "qkv"}))).toContain("did not test Wq + Wk + Wv at rank 2");
    const none = {...at(), on: ""};
    expect(w.summary(compute(none), none)).toContain("nothing is trained");
  });
});
