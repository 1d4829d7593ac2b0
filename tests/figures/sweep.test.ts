import {beforeAll, describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {controls as lab} from "../../src/figures/lab/controls.ts";
import {controls, SWEEP_COMMAND, type SweepParams} from "../../src/figures/sweep/controls.ts";
import rest from "../../src/figures/sweep/full.ts";
import {compute, ready, type SweepResult} from "../../src/figures/sweep/model.ts";
import card from "../../src/figures/sweep/widget.ts";
import {readLabSweep, type SettingResults} from "../../src/tools/sweepLab.ts";
import {emptyRoot, full, nobody} from "./promises/stage.ts";

const w = {...card, ...rest};

await ready();

const sweep = readLabSweep();
const at = (raw: Readonly<Record<string, string>>): SweepParams => parse(controls, raw).params;
const said = (raw: Readonly<Record<string, string>>) => w.summary(first(at(raw)), at(raw));
const first = (params: SweepParams) => compute(params).next().value as SweepResult;

describe("what can be shown", () => {
  const storedIn = (cells: readonly SettingResults[]) => cells.map(({rate, results}) => ({rate, results}));

  test.each([
    ["matrices", "learned", sweep.matrices],
    ["rank", "ranked", sweep.ranks],
    ["rate", "rated", sweep.rates],
    ["tasks", "way", sweep.tasks],
  ] as const)("%s: every stored run, and once", (vary, name, cells) => {
    const rows = Object.keys(controls[name].options).flatMap((value) =>
      first(at({vary, [name]: value})).rows.map(({rate, results}) => ({rate, results})),
    );
    const text = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort();
    expect(text(rows)).toEqual(text(storedIn(cells)));
  });

  test("the runs of every other base", () => {
    for (const {seed, steps, cells} of sweep.bases.filter(({seed, steps}) => seed !== 1 || steps !== 1200)) {
      const rows = ["reversePlusOne", "rotateTwo"].flatMap(
        (learned) => first(at({learned, machine: String(seed), pretraining: String(steps)})).rows,
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
    expect(said({learned: "rotateTwo"})).toContain("the ranking is reversed there");
  });

  test("does not say so where it does not, and follows the base", () => {
    expect(said({machine: "2"})).toContain("by every seed with Wq, Wk, Wv");
    expect(said({machine: "2"})).not.toContain("reversed");
  });

  test("ranks names from worst to best", () => {
    expect(said({learned: "names"})).toContain(
      "the mean goes from 10.30 letters in doubt (Wk) down to 7.82 (every matrix)",
    );
  });

  test("names the MLP as the book does, and as its two matrices, in the picture too", () => {
    const params = at({learned: "names"});
    const root = emptyRoot();
    w.draw(root, first(params), params, nobody, {...full, size: "card"});
    expect([...root.querySelectorAll(".plot-row .name")].map((it) => it.textContent)).toContain("MLP (W1 + W2)");
    w.draw(root, first(params), params, nobody, {...full, size: "card", width: 309});
    expect([...root.querySelectorAll(".plot-row .name")].map((it) => it.textContent)).toContain("MLP (W1 W2)");
  });

  test("has letters in doubt on its axis and in its rows, and nats in its table", () => {
    const params = at({learned: "names"});
    const root = emptyRoot();
    w.draw(root, first(params), params, nobody, full);
    expect([...root.querySelectorAll(".runs .x .names text")].map((it) => it.textContent)).toEqual([
      "7",
      "8",
      "9",
      "10",
      "11",
    ]);
    const places = [...root.querySelectorAll(".runs .x .names text")].map((it) => Number(it.getAttribute("x")));
    for (const i of [1, 2, 3]) expect(places[i + 1]! - places[i]!).toBeCloseTo(places[1]! - places[0]!, 0);
    expect(root.querySelector(".plot-row .said")!.textContent).toBe("10.0–10.2");
    expect(w.table(first(params), params).caption).toContain("nats");
  });
});

test("on a phone the dots of a row are below its name and its numbers", () => {
  const params = at({learned: "names"});
  const root = emptyRoot();
  w.draw(root, first(params), params, nobody, {size: "card", width: 309, widthOf: () => 309});
  for (const row of root.querySelectorAll(".plot-row")) {
    const [name, middle] = [row.querySelector(".name")!.getAttribute("y"), row.querySelector(".points")!];
    const down = (one: Element) => Number(/ (\S+)\)/.exec(one.getAttribute("transform")!)![1]);
    const tops = [...middle.querySelectorAll(".there")].map((dot) => down(middle) + down(dot) - 2.6);
    // Half of 13 px.
    expect(Math.min(...tops)).toBeGreaterThan(Number(name) + 6.5 + 2);
  }
});

/** The first snapshots of a run after the stored ones. */
async function live(params: SweepParams, count: number): Promise<SweepResult[]> {
  const run = compute(params);
  const seen: SweepResult[] = [];
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

describe("run live", () => {
  const params = at({vary: "rate", rated: "qv"});
  const rows = first(params).rows.map(({results}) => results);
  let seen: SweepResult[];
  beforeAll(async () => {
    seen = await live(params, rows.length + 1);
  });

  test("the same seeds give the stored results again, one seed in every row before the next", () => {
    expect(rows).toHaveLength(6);
    expect(seen.at(-2)!.rows.map(({results}) => results)).toEqual(rows.map(([one]) => [one]));
    expect(seen.at(-1)!.rows[0]!.results).toEqual(rows[0]!.slice(0, 2));
    expect(seen.map(({live}) => [live!.done, live!.same, live!.due])).toEqual(seen.map((_, i) => [i + 1, i + 1, 30]));
    expect(seen.at(-1)!.live!.next).toBe("rate 0.001 with seed 2");
  });

  test("a picture on the way has a place for every row, and says what is done and what comes", () => {
    const result = seen[0]!;
    const picture = emptyRoot();
    w.draw(picture, result, params, nobody, full);
    expect(picture.querySelectorAll(".plot-row")).toHaveLength(6);
    expect(picture.querySelectorAll(".point:is(.there, .short):not(.pale)")).toHaveLength(1);
    // What is not made again yet stays where it was.
    expect(picture.querySelectorAll(".point.pale")).toHaveLength(29);
    expect(picture.innerHTML).not.toMatch(/NaN|undefined|Infinity/);
    expect(w.summary(result, params)).toBe(
      "Learning “Reverse, +1” with Wq + Wv: 1 of 30 runs made here so far, and each came out as stored; next comes rate 0.001 with seed 1.",
    );
    expect(w.provenance(params, result)).toEqual({kind: "live", text: "1 of 30 runs"});
    expect(JSON.stringify(w.table(result, params).rows)).not.toMatch(/NaN|null/);
  });

  test("a base whose weights are not stored is pretrained first", async () => {
    const other = at({machine: "2", pretraining: "500"});
    const [start] = await live(other, 1);
    expect(start).toMatchObject({pretrained: 0, machine: {seed: 2, steps: 500}});
    expect(w.summary(start!, other)).toContain("pretrained here first, 0 of 500 steps so far");
    expect(w.provenance(other, start!)).toEqual({kind: "live", text: "pretraining"});
  });

  test("the picture keeps the stored runs while a base is pretrained, pale", async () => {
    const other = at({machine: "5"});
    const [start] = await live(other, 1);
    expect(start!.pretrained).toBe(0);
    const picture = emptyRoot();
    w.draw(picture, start!, other, nobody, full);
    const stored = first(other).rows.flatMap(({results}) => results);
    expect(picture.querySelectorAll(".point.pale")).toHaveLength(stored.length);
  });

  test("the command named is the file's", () => expect(sweep.command).toBe(SWEEP_COMMAND));
});
