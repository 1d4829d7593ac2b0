import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {
  compute,
  controls,
  type IntrinsicParams,
  type IntrinsicResult,
  ready,
} from "../../src/figures/intrinsic/model.ts";
import {paint, trainedPicture, weightsOf} from "../../src/figures/intrinsic/network.ts";
import {packed, unpacked} from "../../src/figures/intrinsic/paintings.ts";
import stores from "../../src/figures/intrinsic/paintings.weights.json" with {type: "json"};
import {
  CELLS,
  DIRECTIONS,
  INTRINSIC_COMMAND,
  INTRINSIC_SEEDS,
  INTRINSIC_STEPS,
  SHAPES,
  UNITS,
} from "../../src/figures/intrinsic/settings.ts";
import file from "../../src/figures/intrinsic/sweep.json" with {type: "json"};
import {pictureOf} from "../../src/figures/intrinsic/tasks.ts";
import w from "../../src/figures/intrinsic/widget.ts";
import {sweepSetting} from "../../src/tools/sweepIntrinsic.ts";
import {oneOf} from "../third.ts";
import {counted, untrained} from "./oracles/intrinsic.ts";
import {numbersIn} from "./promises/numbers.ts";
import {emptyRoot, full, nobody} from "./promises/stage.ts";
import {tapeOf} from "./promises/tapes.ts";

const at = (raw: Readonly<Record<string, unknown>> = {}): IntrinsicParams => parse(controls, raw).params;
await ready();
/** What is shown before a run, and the steps of the run. */
const first = (params: IntrinsicParams) => tapeOf(compute, params, 0)[0] as IntrinsicResult;
const run = (params: IntrinsicParams) => tapeOf(compute, params, INTRINSIC_STEPS + 1).slice(1) as IntrinsicResult[];
const settings = SHAPES.flatMap((task) => UNITS.map((units) => ({task, units})));
const sweptOf = (task: string, units: number) => file.swept.find((one) => one.task === task && one.units === units)!;

const drawn = (result: IntrinsicResult, params: IntrinsicParams) => {
  const root = emptyRoot();
  w.draw(root, result, params, nobody, full);
  // One of its widths.
  for (const other of root.querySelectorAll(".chart:not(.wide)")) other.remove();
  return root;
};

test("each task leaves about half of the square dark, so one color alone gets about half right", () => {
  for (const task of SHAPES) {
    const dark = pictureOf(task).reduce((sum, color) => sum + color, 0) / CELLS;
    expect(Math.abs(dark - 0.5), task).toBeLessThan(0.04);
  }
});

describe("the stored runs", () => {
  test("hold every task, network and seed, and name the command that made them", () => {
    expect([file.command, INTRINSIC_COMMAND]).toEqual(["npm run sweep", "npm run sweep"]);
    const names = (list: readonly {task: string; units: number}[]) => list.map(({task, units}) => `${task} ${units}`);
    expect(names(file.swept).sort()).toEqual(names(settings).sort());
    for (const {along, full} of file.swept) {
      expect([full.length, ...along.map((counts) => counts.length)]).toEqual([9, ...Array(9).fill(11)]);
      for (const cells of [...along.flat(), ...full])
        expect(Number.isInteger(cells) && cells > 0 && cells <= 576).toBe(true);
    }
  });

  const again: readonly (readonly [name: string, check: () => void])[] = [
    [
      "with every d",
      () => {
        const {swept, paintings} = sweepSetting(24, "ring", [7]);
        expect([swept.along[0], swept.full[0]]).toEqual([sweptOf("ring", 24).along[6], sweptOf("ring", 24).full[6]]);
        expect(unpacked(paintings, 1)).toEqual(unpacked(stores.paintings["ring 24"], 7));
      },
    ],
    [
      "in 64 directions",
      () =>
        expect(trainedPicture({task: "circle", units: 40, seed: 3, d: 64}).right).toBe(
          sweptOf("circle", 40).along[2]![7],
        ),
    ],
    [
      "with all weights",
      () => expect(trainedPicture({task: "line", units: 24, seed: 2}).right).toBe(sweptOf("line", 24).full[1]),
    ],
  ];
  test.each(oneOf(again))("are what the command computes again: %s", (_, check) => check());

  test("painted as many right cells as they say", () => {
    for (const {task, units} of settings)
      for (const seed of INTRINSIC_SEEDS) {
        const due = pictureOf(task);
        const counts = unpacked(stores.paintings[`${task} ${units}` as "ring 24"], seed).map(
          (colors) => colors.filter((color, n) => color === due[n]).length,
        );
        expect(counts, `${task} ${units} ${seed}`).toEqual(sweptOf(task, units).along[seed - 1]);
      }
  });

  test("are packed without loss", () => {
    const random = DIRECTIONS.map((_, i) =>
      Uint8Array.from({length: CELLS}, (_, n) => Number((n * n + 7 * i * n) % 5 < 2)),
    );
    expect(unpacked(packed([...random.map(() => new Uint8Array(CELLS)), ...random]), 2)).toEqual(random);
  });

  test("with d = 0 are the untrained network", () => {
    for (const {task, units} of settings)
      for (const seed of INTRINSIC_SEEDS)
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
    expect(w.summary!(first(params), params)).toContain("(as many as weights, yet not ordinary training)");
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
    for (const [task, d, seed] of oneOf([
      ["line", "2", 1],
      ["circle", "16", 4],
      ["ring", "0", 5],
    ] as const)) {
      const params = at({task, d, seed});
      const all = run(params);
      const rest = first(params);
      expect(all.map(({step}) => step)).toEqual(Array.from({length: INTRINSIC_STEPS + 1}, (_, step) => step));
      expect([rest.isStored, ...new Set(all.map(({isStored}) => isStored))]).toEqual([true, false]);
      expect([all.at(-1)!.right, rest.right]).toEqual([rest.ends, rest.ends]);
      expect(Array.from(all.at(-1)!.classes)).toEqual(Array.from(rest.classes));
      for (const {classes, due, right} of all)
        expect(right).toBe([...due].filter((color, n) => color === classes[n]).length / CELLS);
      if (d === "0") expect(new Set(all.map(({right}) => right)).size).toBe(1);
      let step = -1;
      for (const {classes} of compute(params)) expect(classes).toEqual((all[step++] ?? rest).classes);
    }
  }, 60_000);

  test("hands out copies: an earlier snapshot does not change with a later one", () => {
    const run = paint({task: "ring", units: 24, seed: 7, d: 64});
    const start = run.next().value!;
    const kept = [...start.classes];
    for (let n = 0; n < 50; n++) run.next();
    expect([...start.classes]).toEqual(kept);
  });

  test("knows its progress, and that at rest nothing has begun", () => {
    const params = at({task: "circle", d: "16", seed: 4});
    const all = run(params);
    expect(w.progress!(first(params))).toBeUndefined();
    expect([all[0]!, all[50]!, all.at(-1)!].map((result) => w.progress!(result))).toEqual(
      [0, 50, 200].map((n) => [n, 200, "steps"]),
    );
  });
});

describe("the picture", () => {
  const lengthOf = (path: Element) =>
    [...path.getAttribute("d")!.matchAll(/h(\d+)/g)].reduce((sum, [, length]) => sum + Number(length), 0);
  const placeOf = (one: Element) =>
    /translate\((\S+) (\S+)\)/.exec(one.getAttribute("transform")!)!.slice(1).map(Number);

  /** The share at which a small painting is, by where the 90% line is and the scale of the axis. */
  function shareAt(root: Element, top: number): number {
    const size = Number(root.querySelector(".reach .frame")!.getAttribute("width"));

    const ticks = [...root.querySelectorAll(".reach .y .ticks text")].map((text): [number, number] => [
      Number(text.getAttribute("y")),
      Number.parseFloat(text.textContent!),
    ]);
    const [[low, least], [high, most]] = [ticks[0]!, ticks.at(-1)!];
    return least + ((top + size / 2 - low) / (high - low)) * (most - least);
  }

  test("marks as many wrong cells as sentence, readout and table say, and lifts the chosen painting as high", () => {
    const params = at({task: "circle", d: "16", seed: 4});
    for (const result of [first(params), ...run(params).filter(({step}) => step % 40 === 0)]) {
      const root = drawn(result, params);
      const share = 100 * (1 - lengthOf(root.querySelector(".given .wrong")!) / CELLS);
      const isSaid = (text: string) =>
        numbersIn(text).some(({value, unit}) => Math.abs(value - share) <= unit / 2 + 1e-9);
      const texts = [
        w.summary!(result, params),
        w.readouts!(result, params)[0]!.value,
        w.table!(result, params).caption,
      ];
      expect(texts.filter((text) => !isSaid(text))).toEqual([]);
      expect(root.querySelector(".due .wrong")!.getAttribute("d")).toBe("");
      expect(Math.abs(shareAt(root, placeOf(root.querySelector(".thumb.n5")!)[1]!) - share)).toBeLessThan(0.2);
      expect(lengthOf(root.querySelector(".thumb.n5 .dark")!)).toBe(Array.from(result.classes).filter(Boolean).length);
    }
  });

  test("shows every stored number as a painting inside its chart", () => {
    for (const {task, units} of settings)
      for (const seed of INTRINSIC_SEEDS) {
        const params = at({task, seed, units: String(units)});
        const {rows} = w.table!(first(params), params);
        const root = drawn(first(params), params);
        const bottom = Number(root.querySelector(".reach .mark-knob .line")!.getAttribute("d")!.split("V")[1]);
        const size = Number(root.querySelector(".reach .frame")!.getAttribute("width"));
        const tops = [...root.querySelectorAll(".thumb")].map((one) => placeOf(one)[1]!);
        expect(tops).toHaveLength(rows.length);
        tops.forEach((top, i) => {
          expect(top >= 0 && top + size <= bottom + 0.1, `${task} ${units} ${seed}`).toBe(true);
          expect(Math.abs(shareAt(root, top) - numbersIn(String(rows[i]![1]))[0]!.value)).toBeLessThan(0.2);
        });
      }
  }, 30_000);

  test("paints the right picture cell by cell", () => {
    for (const task of SHAPES) {
      const dark = drawn(first(at({task})), at({task})).querySelector(".due .dark")!;
      expect(lengthOf(dark)).toBe(pictureOf(task).reduce((sum, color) => sum + color, 0));
    }
  });
});

test("the challenge is met at one number of directions alone, on the circle", () => {
  for (const units of ["24", "40"]) {
    const met = SHAPES.flatMap((task) => Object.keys(controls.d.options).map((d) => at({task, d, units}))).filter(
      (params) => w.challenge.met(first(params), params),
    );
    expect(met.map(({task}) => task)).toEqual(["circle"]);
  }
});
