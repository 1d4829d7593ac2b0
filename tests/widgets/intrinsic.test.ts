import {describe, expect, test} from "vitest";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import {sweep} from "../../src/make/scripts/sweepIntrinsic.ts";
import {parse} from "../../src/shell/parse.ts";
import {controls, type IntrinsicParams} from "../../src/widgets/intrinsic/controls.ts";
import {compute, type IntrinsicResult} from "../../src/widgets/intrinsic/model.ts";
import {paint, rightAfter, weightsOf} from "../../src/widgets/intrinsic/network.ts";
import {CELLS, COMMAND, SEEDS, STEPS, TASKS, UNITS} from "../../src/widgets/intrinsic/settings.ts";
import file from "../../src/widgets/intrinsic/sweep.json" with {type: "json"};
import {cells, examplesOf, pictureOf, type Task} from "../../src/widgets/intrinsic/tasks.ts";
import w from "../../src/widgets/intrinsic/widget.ts";
import {counted, untrained} from "./oracles/intrinsic.ts";
import {numbersIn} from "./promises/numbers.ts";
import {emptyRoot, nobody} from "./promises/stage.ts";

const at = (raw: Readonly<Record<string, unknown>> = {}): IntrinsicParams => parse(controls, raw).params;
const first = (params: IntrinsicParams): IntrinsicResult => compute(params).next().value as IntrinsicResult;
const settings = TASKS.flatMap((task) => UNITS.map((units) => ({task, units})));

describe("the tasks", () => {
  test("leave about half of the square dark, so that one color alone gets about half right", () => {
    for (const task of TASKS) {
      const dark = pictureOf(task).reduce((sum, color) => sum + color, 0) / CELLS;
      expect(Math.abs(dark - 0.5), task).toBeLessThan(0.04);
    }
  });

  test("give the examples the colors of the picture, and the network a constant beside the point", () => {
    const {x, classes} = examplesOf("ring", mulberry32(7));
    expect([x.rows, x.cols, classes.length]).toEqual([384, 3, 384]);
    for (let n = 0; n < x.rows; n++) {
      const [a, b, one] = x.data.subarray(3 * n, 3 * n + 3);
      expect(one).toBe(1);
      expect(Math.max(Math.abs(a!), Math.abs(b!))).toBeLessThanOrEqual(1);
      const far = a! * a! + b! * b!;
      expect(classes[n]).toBe(far > 0.8 / Math.PI && far < 2.8 / Math.PI ? 1 : 0);
    }
    expect([...cells.data.subarray(0, 3)]).toEqual([1 / 24 - 1, 1 - 1 / 24, 1]);
  });
});

describe("the stored runs", () => {
  test("hold every task, network and seed, and name the command that made them", () => {
    expect([file.command, COMMAND]).toEqual(["npm run sweep", "npm run sweep"]);
    expect(file.swept.map(({task, units}) => `${task} ${units}`).sort()).toEqual(
      settings.map(({task, units}) => `${task} ${units}`).sort(),
    );
    for (const {along, full} of file.swept) {
      expect([along.length, full.length]).toEqual([9, 9]);
      for (const counts of along) expect(counts).toHaveLength(11);
      for (const cells of [...along.flat(), ...full])
        expect(Number.isInteger(cells) && cells > 0 && cells <= 576).toBe(true);
    }
  });

  test.each(TASKS)(
    "are what training gives again: %s, seed 7",
    (task) => {
      const again = sweep(24, task, [7]);
      const stored = file.swept.find((one) => one.task === task && one.units === 24)!;
      expect(again.along[0]).toEqual(stored.along[6]);
      expect(again.full[0]).toBe(stored.full[6]);
    },
    120_000,
  );

  test("are what training gives again with more units", () => {
    const stored = file.swept.find(({task, units}) => task === "circle" && units === 40)!;
    for (const [d, i] of [
      [8, 4],
      [64, 7],
    ] as const)
      expect(rightAfter({task: "circle", units: 40, seed: 3, d})).toBe(stored.along[2]![i]);
  }, 60_000);

  test("start from what the untrained network has, at d = 0", () => {
    for (const {task, units} of settings)
      for (const seed of SEEDS) {
        const stored = file.swept.find((one) => one.task === task && one.units === units)!.along[seed - 1]![0]!;
        expect(stored / CELLS).toBe(untrained({task, seed, units: units === 24 ? "24" : "40"}));
      }
  });

  test("reach full training's level with as many directions as weights, and the line with far fewer", () => {
    for (const {task, units} of settings) {
      const {rows, full, line, d90, D} = counted({task, units: units === 24 ? "24" : "40", seed: 1});
      expect(D).toBe(weightsOf(units));
      expect(Math.abs(rows.at(-1)!.median - full), `${task} ${units}`).toBeLessThan(2);
      expect(full).toBeGreaterThan(90);
      expect(rows[0]!.median).toBeLessThan(line - 20);
      expect(5 * d90).toBeLessThan(D);
      // Past d₉₀ no median falls back below the line.
      for (const {d, median} of rows) expect(median >= line, `${task} ${units} ${d}`).toBe(d >= d90);
    }
  });

  test("with as many directions as weights, are other runs than with every weight free, and the words say so", () => {
    for (const {along, full} of file.swept) expect(along.map((ends) => ends.at(-1))).not.toEqual(full);
    const params = at({d: "all"});
    const said = w.summary(first(params), params);
    expect(said).toContain("(as many as weights, yet not ordinary training)");
  });

  test("need more directions the more the border bends, on either network", () => {
    for (const units of ["24", "40"] as const) {
      const [line, circle, ring] = counted({task: "line", units, seed: 1}).dimensions;
      expect(line!).toBeLessThan(circle!);
      expect(circle!).toBeLessThan(ring!);
    }
  });
});

test("a wider network needs no more than one doubling more or less, as the figure says", () => {
  const [narrow, wide] = (["24", "40"] as const).map((units) => counted({task: "line", units, seed: 1}));
  expect(wide!.D).toBeGreaterThan(2.5 * narrow!.D);
  narrow!.dimensions.forEach((d, i) => {
    expect([d / 2, d, 2 * d]).toContain(wide!.dimensions[i]);
  });
  const root = emptyRoot();
  w.draw(root, first(at()), at(), nobody);
  const lines = [...root.querySelectorAll(".grounds .formula")].map((line) => line.textContent);
  for (const {
    D,
    dimensions: [line, circle, ring],
  } of [narrow!, wide!])
    expect(
      lines.some((text) =>
        text!.endsWith(`D = ${D.toLocaleString("en-US")}: edge ${line}, circle ${circle}, ring ${ring}`),
      ),
    ).toBe(true);
});

describe("a run", () => {
  test("ends where its stored twin does, and is the same each time", () => {
    for (const [task, d, seed] of [
      ["line", "2", 1],
      ["circle", "16", 4],
      ["ring", "64", 7],
      ["ring", "0", 5],
    ] as const) {
      const run = () => [...compute(at({task, d, seed}))];
      const [one, two] = [run(), run()];
      expect(one).toHaveLength(STEPS + 1);
      expect(one.map(({step}) => step)).toEqual(Array.from({length: STEPS + 1}, (_, step) => step));
      expect(one.at(-1)!.right).toBe(one[0]!.ends);
      expect(two.map(({classes}) => [...classes])).toEqual(one.map(({classes}) => [...classes]));
      for (const {classes, due, right} of one)
        expect(right).toBe(classes.filter((color, n) => color === due[n]).length / CELLS);
      if (d === "0") expect(new Set(one.map(({right}) => right)).size).toBe(1);
    }
  }, 60_000);

  test("hands out copies: an earlier snapshot does not change with a later one", () => {
    const run = paint({task: "ring", units: 24, seed: 7, d: 64});
    const start = run.next().value!;
    const kept = [...start.classes];
    for (let n = 0; n < 50; n++) run.next();
    expect([...start.classes]).toEqual(kept);
  });

  test("knows how far it is", () => {
    const far = [...compute(at({d: "1"}))].map((result) => w.progress!(result));
    expect([far[0], far[50], far.at(-1)]).toEqual([0, 50, 200].map((n) => [n, 200, "steps"]));
  });
});

describe("the picture", () => {
  const drawn = (result: IntrinsicResult, params: IntrinsicParams) => {
    const root = emptyRoot();
    w.draw(root, result, params, nobody);
    return root;
  };

  test("strikes out the cells that are wrong, as many as sentence, readout and table leave", () => {
    const params = at({task: "circle", d: "8"});
    for (const result of [...compute(params)].filter(({step}) => step % 40 === 0)) {
      const root = drawn(result, params);
      const strokes = root.querySelector(".given .wrong")!.getAttribute("d")!.match(/M/g)?.length ?? 0;
      const share = 100 * (1 - strokes / CELLS);
      const table = w.table(result, params);
      const texts = [w.summary(result, params), w.readouts(result, params)[0]!.value, table.caption];
      for (const text of texts)
        expect(
          numbersIn(text).some(({value, unit}) => Math.abs(value - share) <= unit / 2 + 1e-9),
          text,
        ).toBe(true);
      expect(root.querySelector(".due .wrong")!.getAttribute("d")).toBe("");
      const dot = Number(root.querySelector(".reached")!.getAttribute("cy"));
      // 20% is at the chart's lower edge, 204 units down; 100% at the upper.
      expect(dot).toBeCloseTo((204 * (100 - share)) / 80, 6);
    }
  });

  test("holds every stored number inside its chart", () => {
    for (const {task, units} of settings)
      for (const seed of SEEDS) {
        const params = at({task, seed, units: String(units)});
        const root = drawn(first(params), params);
        const rows = w.table(first(params), params).rows;
        const dots = [...root.querySelectorAll(".dot")];
        expect(dots).toHaveLength(rows.length);
        dots.forEach((dot, i) => {
          const y = Number(dot.getAttribute("cy"));
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(204);
          const [shown] = numbersIn(String(rows[i]![1]));
          expect(Math.abs(100 - (80 * y) / 204 - shown!.value)).toBeLessThanOrEqual(shown!.unit / 2 + 1e-6);
        });
      }
  }, 30_000);

  test("paints the due picture cell by cell", () => {
    for (const task of TASKS) {
      const params = at({task});
      const root = drawn(first(params), params);
      const area = [
        ...root
          .querySelector(".due .dark")!
          .getAttribute("d")!
          .matchAll(/h(\d+)v/g),
      ].reduce((sum, [, width]) => sum + Number(width) / 5, 0);
      expect(area).toBe(pictureOf(task as Task).reduce((sum, color) => sum + color, 0));
    }
  });
});

test("the challenge is met at one number of directions alone, on the circle", () => {
  for (const units of ["24", "40"]) {
    const met = TASKS.flatMap((task) =>
      Object.keys(controls.d.options)
        .filter((d) => {
          const params = at({task, d, units});
          return w.challenge.met(first(params), params);
        })
        .map((d) => `${task} ${d}`),
    );
    expect(met).toHaveLength(1);
    expect(met[0]).toMatch(/^circle/);
  }
});
