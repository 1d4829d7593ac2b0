import {describe, expect, test} from "vitest";
import {sweep} from "../../src/make/scripts/sweepIntrinsic.ts";
import {parse} from "../../src/shell/parse.ts";
import {controls, type IntrinsicParams} from "../../src/widgets/intrinsic/controls.ts";
import {compute, type IntrinsicResult} from "../../src/widgets/intrinsic/model.ts";
import {paint, rightAfter, weightsOf} from "../../src/widgets/intrinsic/network.ts";
import {CELLS, COMMAND, SEEDS, STEPS, TASKS, UNITS} from "../../src/widgets/intrinsic/settings.ts";
import file from "../../src/widgets/intrinsic/sweep.json" with {type: "json"};
import {pictureOf} from "../../src/widgets/intrinsic/tasks.ts";
import w from "../../src/widgets/intrinsic/widget.ts";
import {counted, untrained} from "./oracles/intrinsic.ts";
import {numbersIn} from "./promises/numbers.ts";
import {emptyRoot, full, nobody} from "./promises/stage.ts";
import {tapeOf} from "./promises/tapes.ts";

const at = (raw: Readonly<Record<string, unknown>> = {}): IntrinsicParams => parse(controls, raw).params;
const run = (params: IntrinsicParams, last = STEPS) => tapeOf(compute, params, last) as IntrinsicResult[];
const first = (params: IntrinsicParams) => run(params, 0)[0]!;
const settings = TASKS.flatMap((task) => UNITS.map((units) => ({task, units})));
const sweptOf = (task: string, units: number) => file.swept.find((one) => one.task === task && one.units === units)!;

const drawn = (result: IntrinsicResult, params: IntrinsicParams) => {
  const root = emptyRoot();
  w.draw(root, result, params, nobody, full);
  return root;
};

test("each task leaves about half of the square dark, so one color alone gets about half right", () => {
  for (const task of TASKS) {
    const dark = pictureOf(task).reduce((sum, color) => sum + color, 0) / CELLS;
    expect(Math.abs(dark - 0.5), task).toBeLessThan(0.04);
  }
});

describe("the stored runs", () => {
  test("hold every task, network and seed, and name the command that made them", () => {
    expect([file.command, COMMAND]).toEqual(["npm run sweep", "npm run sweep"]);
    const names = (list: readonly {task: string; units: number}[]) => list.map(({task, units}) => `${task} ${units}`);
    expect(names(file.swept).sort()).toEqual(names(settings).sort());
    for (const {along, full} of file.swept) {
      expect([full.length, ...along.map((counts) => counts.length)]).toEqual([9, ...Array(9).fill(11)]);
      for (const cells of [...along.flat(), ...full])
        expect(Number.isInteger(cells) && cells > 0 && cells <= 576).toBe(true);
    }
  });

  test("are what the command computes again: one seed with every d, and some other settings", () => {
    const again = sweep(24, "ring", [7]);
    expect([again.along[0], again.full[0]]).toEqual([sweptOf("ring", 24).along[6], sweptOf("ring", 24).full[6]]);
    expect(rightAfter({task: "circle", units: 40, seed: 3, d: 64})).toBe(sweptOf("circle", 40).along[2]![7]);
    expect(rightAfter({task: "line", units: 24, seed: 2})).toBe(sweptOf("line", 24).full[1]);
  }, 120_000);

  test("with d = 0 are the untrained network", () => {
    for (const {task, units} of settings)
      for (const seed of SEEDS)
        expect(sweptOf(task, units).along[seed - 1]![0]! / CELLS).toBe(
          untrained({task, seed, units: units === 24 ? "24" : "40"}),
        );
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

  test("with as many directions as weights differ from full training, and the words say so", () => {
    for (const {along, full} of file.swept) expect(along.map((ends) => ends.at(-1))).not.toEqual(full);
    const params = at({d: "all"});
    expect(w.summary(first(params), params)).toContain("(as many as weights, yet not ordinary training)");
  });

  test("need more directions the more the border bends; a wider network at most doubles or halves d₉₀, as the figure says", () => {
    const [narrow, wide] = (["24", "40"] as const).map((units) => counted({task: "line", units, seed: 1}));
    expect(wide!.D).toBeGreaterThan(2.5 * narrow!.D);
    narrow!.dimensions.forEach((d, i) => {
      expect([d / 2, d, 2 * d]).toContain(wide!.dimensions[i]);
    });
    const lines = [...drawn(first(at()), at()).querySelectorAll(".grounds .formula")].map((line) => line.textContent!);
    for (const {D, dimensions} of [narrow!, wide!]) {
      const [line, circle, ring] = dimensions;
      expect([line! < circle!, circle! < ring!]).toEqual([true, true]);
      const end = `D = ${D.toLocaleString("en-US")}: edge ${line}, circle ${circle}, ring ${ring}`;
      expect(lines.some((text) => text.endsWith(end))).toBe(true);
    }
  });
});

describe("a run", () => {
  test("ends where its stored twin does, and is the same each time", () => {
    for (const [task, d, seed] of [
      ["line", "2", 1],
      ["circle", "16", 4],
      ["ring", "0", 5],
    ] as const) {
      const params = at({task, d, seed});
      const all = run(params);
      expect(all.map(({step}) => step)).toEqual(Array.from({length: STEPS + 1}, (_, step) => step));
      expect(all.at(-1)!.right).toBe(all[0]!.ends);
      for (const {classes, due, right} of all)
        expect(right).toBe(classes.filter((color, n) => color === due[n]).length / CELLS);
      if (d === "0") expect(new Set(all.map(({right}) => right)).size).toBe(1);
      let step = 0;
      for (const {classes} of compute(params)) expect(classes).toEqual(all[step++]!.classes);
    }
  }, 60_000);

  test("hands out copies: an earlier snapshot does not change with a later one", () => {
    const run = paint({task: "ring", units: 24, seed: 7, d: 64});
    const start = run.next().value!;
    const kept = [...start.classes];
    for (let n = 0; n < 50; n++) run.next();
    expect([...start.classes]).toEqual(kept);
  });

  test("knows its progress", () => {
    const all = run(at({task: "circle", d: "16", seed: 4}));
    expect([all[0]!, all[50]!, all.at(-1)!].map((result) => w.progress!(result))).toEqual(
      [0, 50, 200].map((n) => [n, 200, "steps"]),
    );
  });
});

describe("the picture", () => {
  const plotHeight = (root: Element) => Number(root.querySelector(".reach .threshold")!.getAttribute("y2"));

  test("strikes out as many wrong cells as sentence, readout and table say", () => {
    const params = at({task: "circle", d: "16", seed: 4});
    for (const result of run(params).filter(({step}) => step % 40 === 0)) {
      const root = drawn(result, params);
      const strokes = root.querySelector(".given .wrong")!.getAttribute("d")!.match(/M/g)?.length ?? 0;
      const share = 100 * (1 - strokes / CELLS);
      const isSaid = (text: string) =>
        numbersIn(text).some(({value, unit}) => Math.abs(value - share) <= unit / 2 + 1e-9);
      const texts = [w.summary(result, params), w.readouts(result, params)[0]!.value, w.table(result, params).caption];
      expect(texts.filter((text) => !isSaid(text))).toEqual([]);
      expect(root.querySelector(".due .wrong")!.getAttribute("d")).toBe("");
      // 20% is at the chart's lower edge; 100% at the upper.
      const due = (plotHeight(root) * (100 - share)) / 80;
      expect(Number(root.querySelector(".reached")!.getAttribute("cy"))).toBeCloseTo(due, 6);
    }
  });

  test("holds every stored number inside its chart", () => {
    for (const {task, units} of settings)
      for (const seed of SEEDS) {
        const params = at({task, seed, units: String(units)});
        const {rows} = w.table(first(params), params);
        const root = drawn(first(params), params);
        const heights = [...root.querySelectorAll(".dot")].map((dot) => Number(dot.getAttribute("cy")));
        const bottom = plotHeight(root);
        expect(heights).toHaveLength(rows.length);
        heights.forEach((y, i) => {
          expect(y >= 0 && y <= bottom).toBe(true);
          const [shown] = numbersIn(String(rows[i]![1]));
          expect(Math.abs(100 - (80 * y) / bottom - shown!.value)).toBeLessThanOrEqual(shown!.unit / 2 + 1e-6);
        });
      }
  }, 30_000);

  test("paints the right picture cell by cell", () => {
    for (const task of TASKS) {
      const d = drawn(first(at({task})), at({task}))
        .querySelector(".due .dark")!
        .getAttribute("d")!;
      const area = [...d.matchAll(/h(\d+)v/g)].reduce((sum, [, width]) => sum + Number(width) / 5, 0);
      expect(area).toBe(pictureOf(task).reduce((sum, color) => sum + color, 0));
    }
  });
});

test("the challenge is met at one number of directions alone, on the circle", () => {
  for (const units of ["24", "40"]) {
    const met = TASKS.flatMap((task) => Object.keys(controls.d.options).map((d) => at({task, d, units}))).filter(
      (params) => w.challenge.met(first(params), params),
    );
    expect(met.map(({task}) => task)).toEqual(["circle"]);
  }
});
