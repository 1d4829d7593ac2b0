import {beforeAll, describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {controls as lab} from "../../src/figures/lab/controls.ts";
import {controls, type SweepParams} from "../../src/figures/sweep/controls.ts";
import {compute, ready, type SweepResult} from "../../src/figures/sweep/model.ts";
import w from "../../src/figures/sweep/widget.ts";
import {readLabSweep, type SettingResults} from "../../src/tools/sweepLab.ts";
import {emptyRoot, full, nobody} from "./promises/stage.ts";

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
  });

  test("says of Rotate by two that the order turns round", () => {
    expect(said({learned: "rotateTwo"})).toContain("by none with Wv");
  });

  test("follows the base", () => {
    expect(said({machine: "2"})).toContain("by every seed with Wq, Wk, Wv");
    expect(said({machine: "2"})).toContain(
      "Another base: “Reverse, +1” is learned by 3 of 3 seeds with Wv, 3 with Wq + Wk and 3 with Wq",
    );
  });

  test("ranks names from worst to best", () => {
    expect(said({learned: "names"})).toContain(
      "Worst is Wk, with 10.30 letters in doubt on average; best is every matrix, with 7.82.",
    );
  });

  test("has letters in doubt on its linear axis and in its rows, and nats in its table", () => {
    const params = at({learned: "names"});
    const root = emptyRoot();
    w.draw(root, first(params), params, nobody, full);
    const ticks = [...root.querySelectorAll(".runs .wide .axis.x .ticks text")];
    const values = ticks.map((it) => Number(it.textContent));
    expect([values[0], values.at(-1)]).toEqual([8, 10]);
    const places = ticks.map((it) => Number(it.getAttribute("x")));
    const [from, to] = [places[0]!, places.at(-1)!];
    for (const i of ticks.keys()) expect(places[i]!).toBeCloseTo(from + ((values[i]! - 8) / 2) * (to - from), 0);
    expect(root.querySelector(".row.chosen .said")!.textContent).toBe("7.82");
    expect(w.table(first(params), params).caption).toContain("nats");
  });
});

describe("the card of a digit task", () => {
  const drawn = (raw: Readonly<Record<string, string>>) => {
    const params = at(raw);
    const root = emptyRoot();
    w.draw(root, first(params), params, nobody, {...full, size: "card"});
    return root.querySelector(".two-tasks .wide")!;
  };

  test("has both tasks beside each other, a dot for each stored run, filled if it learned", () => {
    for (const learned of ["reversePlusOne", "rotateTwo"]) {
      const chart = drawn({learned});
      const heads = [...chart.querySelectorAll(".mark-text text:is(.head, .plain)")].slice(0, 2);
      expect(heads.map((head) => [head.textContent, head.classList.contains("head")])).toEqual([
        ["Reverse, +1", learned === "reversePlusOne"],
        ["Rotate by two", learned === "rotateTwo"],
      ]);
      const [filled, counts] = [
        [...chart.querySelectorAll(".mark-dot path")].map((one) => !one.hasAttribute("data-hollow")),
        [...chart.querySelectorAll(".mark-text:last-child text")].map((one) => Number(one.textContent)),
      ];
      const stored = ["reversePlusOne", "rotateTwo"].flatMap((subject) =>
        sweep.matrices.filter((cell) => cell.subject === subject),
      );
      expect(counts).toEqual(stored.map(({results}) => results.filter((share) => share >= 0.9).length));
      const seeds = stored[0]!.results.length;
      expect(filled).toEqual(counts.flatMap((count) => Array.from({length: seeds}, (_, i) => i < count)));
    }
  });

  test("marks the places that the sentence compares", () => {
    const rows = [...drawn({}).querySelectorAll(".row.chosen .name")].map((name) => name.textContent);
    expect(rows).toEqual(["Wq", "Wv", "Wq + Wk"]);
    expect(said({})).toContain(
      "The order turns: “Reverse, +1” is learned by 10 of 10 seeds with Wv, 0 with Wq + Wk and 0 with Wq; “Rotate by two” by 0, 6 and 1.",
    );
  });
});

test("on a phone the dots of a row are below its name and its numbers", () => {
  const params = at({learned: "names"});
  const root = emptyRoot();
  w.draw(root, first(params), params, nobody, {size: "card", width: 309});
  const topOf = (row: Element) => Number(/ (\S+)\)/.exec(row.getAttribute("transform")!)![1]);
  const rows = [...root.querySelectorAll(".row")];
  const seeds = first(params).seeds;
  const dots = [...root.querySelectorAll(".run")].map((one) => Number(/M\S+ (\S+?)a/.exec(one.getAttribute("d")!)![1]));
  for (const [i, row] of rows.entries()) {
    const name = topOf(row) + Number(row.querySelector(".name")!.getAttribute("y"));
    // Half of 12 units, and a dot's radius.
    expect(Math.min(...dots.slice(i * seeds, (i + 1) * seeds)) - 3).toBeGreaterThan(name + 6);
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
    expect(seen.map(({live}) => [live!.doneCount, live!.equalCount, live!.allCount])).toEqual(
      seen.map((_, i) => [i + 1, i + 1, 30]),
    );
    expect(seen.at(-1)!.live!.next).toBe("rate 0.001 with seed 2");
  });

  test("a picture on the way has a place for every row, and says what is done and what comes", () => {
    const result = seen[0]!;
    const picture = emptyRoot();
    w.draw(picture, result, params, nobody, full);
    expect(picture.querySelectorAll(".wide .row")).toHaveLength(6);
    expect(picture.querySelectorAll(".wide .run:not(.pale)")).toHaveLength(1);
    // What is not made again yet stays where it was.
    expect(picture.querySelectorAll(".wide .run.pale")).toHaveLength(29);
    expect(picture.innerHTML).not.toMatch(/NaN|undefined|Infinity/);
    expect(w.summary(result, params)).toBe(
      "1 of 30 runs made here so far. Learning “Reverse, +1” with Wq + Wv: 1 of 30 runs made here, and all of them came out as stored; next comes rate 0.001 with seed 1.",
    );
    expect(w.provenance(params, result)).toEqual({kind: "live", text: "1 of 30 runs"});
    expect(JSON.stringify(w.table(result, params).rows)).not.toMatch(/NaN|null/);
  });

  test("a base whose weights are not stored is pretrained first", async () => {
    const other = at({machine: "2", pretraining: "500"});
    const [start] = await live(other, 1);
    expect(start).toMatchObject({pretrainedSteps: 0, machine: {seed: 2, steps: 500}});
    expect(w.summary(start!, other)).toContain("This base is being pretrained first: 0 of 500 steps.");
    expect(w.provenance(other, start!)).toEqual({kind: "live", text: "pretraining"});
  });

  test("the picture keeps the stored runs while a base is pretrained, pale", async () => {
    const other = at({machine: "5"});
    const [start] = await live(other, 1);
    expect(start!.pretrainedSteps).toBe(0);
    const picture = emptyRoot();
    w.draw(picture, start!, other, nobody, full);
    const stored = first(other).rows.flatMap(({results}) => results);
    expect(picture.querySelectorAll(".wide .run.pale")).toHaveLength(stored.length);
  });

  test("the command named is the file's", () => expect(sweep.command).toBe("npm run sweep:lab"));
});
