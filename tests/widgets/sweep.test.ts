import {describe, expect, test} from "vitest";
import {controls as lab} from "../../src/widgets/lab/settings.ts";
import {parse} from "../../src/widgets/parse.ts";
import {compute, controls, type SweepParams} from "../../src/widgets/sweep/model.ts";
import w from "../../src/widgets/sweep/widget.ts";
import {type Cell, readLabSweep} from "../labSweep.ts";

const sweep = readLabSweep();
const at = (raw: Readonly<Record<string, string>>): SweepParams => parse(controls, raw).params;
const said = (raw: Readonly<Record<string, string>>) => w.summary(compute(at(raw)), at(raw));

describe("what can be shown", () => {
  const storedIn = (cells: readonly Cell[]) => cells.map(({rate, results}) => ({rate, results}));

  test.each([
    ["matrices", "learned", sweep.matrices],
    ["rank", "ranked", sweep.ranks],
    ["rate", "rated", sweep.rates],
    ["tasks", "way", sweep.tasks],
  ] as const)("%s: every stored run, and once", (vary, name, cells) => {
    const rows = Object.keys(controls[name].options).flatMap((value) =>
      compute(at({vary, [name]: value})).rows.map(({rate, results}) => ({rate, results})),
    );
    const text = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort();
    expect(text(rows)).toEqual(text(storedIn(cells)));
  });

  test("the runs of every other base", () => {
    for (const {seed, steps, cells} of sweep.bases.filter(({seed, steps}) => seed !== 1 || steps !== 1200)) {
      const rows = ["reversePlusOne", "rotateTwo"].flatMap(
        (learned) => compute(at({learned, machine: String(seed), pretraining: String(steps)})).rows,
      );
      expect(rows.map(({rate, results}) => ({rate, results}))).toEqual(storedIn(cells));
    }
  });
});

test("no control is called as one of the lab's: both stand in the address of one page", () => {
  expect(Object.keys(controls).filter((name) => Object.hasOwn(lab, name))).toEqual([]);
});

describe("the sentence", () => {
  test("says who learns Reverse, +1, who does not, and that one seed fails", () => {
    expect(said({})).toContain(
      "by every seed with Wv, Wo and Wq + Wk + Wv + Wo; by 9 with Wq + Wv; by none with Wq, Wk",
    );
    expect(said({})).toContain("In 1 of 7 rows some seeds get there and others stay below 50%");
  });

  test("says of Rotate by two that the order turns round", () => {
    expect(said({learned: "rotateTwo"})).toContain("by none with Wv");
    expect(said({learned: "rotateTwo"})).toContain("the order turns round with the task");
  });

  test("does not say so where it does not, and follows the base", () => {
    expect(said({machine: "2"})).toContain("by every seed with Wq, Wk, Wv");
    expect(said({machine: "2"})).not.toContain("turns round");
  });

  test("ranks names from worst to best", () => {
    expect(said({learned: "names"})).toMatch(/nats a letter \(Wk\) down to .* \(every matrix\)/);
  });
});
