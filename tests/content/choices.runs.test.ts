import {describe, expect, test} from "vitest";
import type {Target} from "../../src/engine/network/architecture.ts";
import {freshKernels} from "../../src/tools/loadBase.ts";
import {choiceParts, planOnBudget, readChoices, SUBSETS} from "../../src/tools/sweepChoices.ts";
import {
  baseForSubject,
  readLabSweep,
  runSetting,
  type SettingResults,
  type SweepSetting,
} from "../../src/tools/sweepLab.ts";
import {aThird} from "../third.ts";

const file = readChoices();
const settingOf = ({results: _, ...setting}: SettingResults): SweepSetting => setting;
const targetsOf = ({plan}: SweepSetting): readonly Target[] => (plan === "full" ? [] : plan.targets);
const label = (cell: SweepSetting) => targetsOf(cell).join(" ");
const learned = ({results}: SettingResults) => results.filter((share) => share >= 0.9).length;
const on = (cells: readonly SettingResults[], subject: SettingResults["subject"]) =>
  cells.filter((cell) => cell.subject === subject);
const has = (cell: SettingResults, ...targets: Target[]) => targets.some((target) => targetsOf(cell).includes(target));

describe("the file of choices", () => {
  test.each(["choices", "ranks"] as const)("has in %s every setting of the script, a result a seed", (part) => {
    expect(file.command).toBe("npm run sweep:choices");
    expect(file[part].map(settingOf)).toEqual(choiceParts[part].settings);
    for (const {results} of file[part]) {
      expect(results).toHaveLength(choiceParts[part].seeds);
      expect(Math.min(...results)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...results)).toBeLessThanOrEqual(1);
    }
  });

  test("says of Table 5's choices what the lab's file says of them", () => {
    const {matrices} = readLabSweep();
    for (const cell of matrices.filter(({subject}) => subject !== "names"))
      expect(on(file.choices, cell.subject).find((one) => label(one) === label(cell))!.results).toEqual(cell.results);
  });

  const repeated = [
    ["choices", 6, 3],
    ["choices", 28, 2],
    ["ranks", 14, 1],
  ] as const;
  test.each(aThird(repeated))("comes again: %s, line %i, seed %i", (part, line, seed) => {
    const cell = file[part][line]!;
    expect(runSetting(freshKernels(), baseForSubject(cell.subject), settingOf(cell), seed)).toBe(
      cell.results[seed - 1],
    );
  });

  test("holds all fifteen choices, three matrices at rank 2 with part of the budget left", () => {
    expect(new Set(SUBSETS.map((targets) => targets.join())).size).toBe(15);
    const rankOf = (targets: readonly Target[]) => planOnBudget(targets).r;
    expect(SUBSETS.map((targets) => [targets.length, rankOf(targets)])).toEqual([
      ...Array(4).fill([1, 8]),
      ...Array(6).fill([2, 4]),
      ...Array(4).fill([3, 2]),
      [4, 2],
    ]);
  });
});

describe("what the figure and its chapter say of it", () => {
  const reverse = on(file.choices, "reversePlusOne");
  const rotate = on(file.choices, "rotateTwo");

  test("Reverse, +1: every choice with Wv or Wo learns it in nine seeds of ten at least, none without", () => {
    for (const cell of reverse) {
      if (has(cell, "Wv", "Wo")) expect(learned(cell), label(cell)).toBeGreaterThanOrEqual(9);
      else expect(Math.max(...cell.results), label(cell)).toBeLessThan(0.01);
    }
  });

  test("Rotate by two: no seed learns it with Wv or Wv + Wo; every choice with a query or a key has one that does", () => {
    const none = rotate.filter((cell) => learned(cell) === 0).map(label);
    expect(none).toEqual(["Wv", "Wv Wo"]);
    for (const cell of rotate.filter((cell) => has(cell, "Wq", "Wk"))) expect(learned(cell)).toBeGreaterThan(0);
    for (const choice of ["Wo", "Wq Wk Wv Wo"])
      expect(learned(rotate.find((cell) => label(cell) === choice)!), choice).toBe(3);
  });

  test("the base counts: seed 2 learns the one with queries alone, seed 6 after 500 steps the other with values alone", () => {
    const {bases} = readLabSweep();
    for (const [seed, steps, subject, choice] of [
      [2, 1200, "reversePlusOne", "Wq"],
      [6, 500, "rotateTwo", "Wv"],
    ] as const) {
      const {cells} = bases.find((base) => base.seed === seed && base.steps === steps)!;
      const cell = on(cells, subject).find((one) => label(one) === choice)!;
      expect(learned(cell)).toBe(cell.results.length);
    }
  });

  test("the order turns round: what does best on one task does worst on the other", () => {
    const count = (cells: readonly SettingResults[], choice: string) =>
      learned(cells.find((cell) => label(cell) === choice)!);
    expect([count(reverse, "Wq Wk"), count(reverse, "Wv")]).toEqual([0, 10]);
    expect([count(rotate, "Wq Wk"), count(rotate, "Wv")]).toEqual([6, 0]);
  });

  test("no rank makes up for the wrong matrix; with the four, rank 1 does, and with two it takes rank 8", () => {
    const ranks = (choice: string) => on(file.ranks, "reversePlusOne").filter((cell) => label(cell) === choice);
    for (const {results} of ranks("Wq")) expect(Math.max(...results)).toBeLessThan(0.01);
    expect(ranks("Wq Wk Wv Wo").map(learned)).toEqual([5, 5, 5, 5, 5, 5]);
    expect(ranks("Wq Wv").map(learned)).toEqual([0, 2, 4, 5, 5, 5]);
  });
});
