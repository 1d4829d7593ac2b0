import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {type BudgetParams, controls} from "../../src/figures/budget/controls.ts";
import {compute} from "../../src/figures/budget/model.ts";
import {BUDGET, UNIT} from "../../src/figures/budget/printed.ts";
import {type BudgetResult, LEARNED_TASKS, RUNS_PER_CHOICE} from "../../src/figures/budget/result.ts";
import * as stored from "../../src/figures/budget/stored.ts";
import w from "../../src/figures/budget/widget.ts";
import {emptyRoot, full, nobody} from "./promises/stage.ts";

const at = (raw: Readonly<Record<string, string>> = {}): BudgetParams => parse(controls, raw).params;
const first = (params: BudgetParams) => compute(params).next().value as BudgetResult;
const drawn = (params: BudgetParams, result = first(params)) => {
  const picture = emptyRoot();
  w.draw(picture, result, params, nobody, full);
  return picture;
};
const texts = (root: Element, selector: string) => [...root.querySelectorAll(selector)].map((one) => one.textContent);

test("the budget and its unit are those of GPT-3's shapes, and the seeds those of the file", () => {
  expect([BUDGET, UNIT]).toEqual([18_874_368, 96 * 2 * 12_288]);
  expect(stored.SEEDS).toBe(RUNS_PER_CHOICE);
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
    expect(w.summary(first(at({by: "rank", on: "ko"})), at({by: "rank", on: "ko"}))).toContain(
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
    w.draw(picture, first(at()), at({order: "printed"}), act, full);
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

  test("three matrices leave part of the budget, and none leave all", () => {
    expect(w.summary(first(at({on: "qkv"})), at({on: "qkv"}))).toContain("at rank 2 (4,718,592 of the budget left)");
    const none = {...at(), on: ""};
    expect(w.summary(first(none), none)).toContain("nothing is trained");
  });
});

describe("run live", () => {
  async function live(params: BudgetParams, count: number): Promise<BudgetResult[]> {
    const run = compute(params);
    const seen: BudgetResult[] = [];
    run.next();
    while (seen.length < count) {
      const {done, value} = run.next();
      if (done) break;
      if (value instanceof Promise) await value;
      else if (value) seen.push(value);
    }
    run.return();
    return seen;
  }

  test("the chosen row is made again to the same results, both tasks in turn, and the others stay as stored", async () => {
    const params = at({on: "kv"});
    const due = first(params).rows.at(-1)!.results;
    const seen = await live(params, 3);
    const last = seen[2]!;
    expect(last.rows.at(-1)!.results).toEqual({
      reversePlusOne: due.reversePlusOne.slice(0, 2),
      rotateTwo: due.rotateTwo.slice(0, 1),
    });
    const next = {learned: "rotateTwo", r: 4, seed: 2};
    expect(last.live).toMatchObject({done: 3, due: 20, known: 3, same: 3, next});
    expect(last.rows.slice(0, -1)).toEqual(first(params).rows.slice(0, -1));
    expect(w.provenance(params, last)).toEqual({kind: "live", text: "3 of 20 runs"});
    expect(w.summary(last, params)).toContain(
      "3 of 20 runs made here so far, and each came out as stored; next comes “Rotate by two” at rank 4 with seed 2",
    );
    // The stored runs that are not made again yet stay in the picture, pale.
    expect(drawn(params, last).querySelectorAll(".wide [data-strength='0']")).toHaveLength(20 - 3);
    expect(drawn(params, last).innerHTML).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("a choice whose ranks are not stored can be made, up to the width of the model", async () => {
    const params = at({by: "rank", on: "k"});
    expect(first(params).rows.every(({results}) => LEARNED_TASKS.every((task) => results[task].length === 0))).toBe(
      true,
    );
    const [one] = await live(params, 1);
    expect(one!.live).toMatchObject({done: 1, due: 60, known: 0});
    expect(w.summary(one!, params)).toContain("none of them has a stored run to compare with");
  });

  test("without a matrix there is nothing to run", async () => {
    expect(await live({...at(), on: ""}, 1)).toEqual([]);
  });
});
