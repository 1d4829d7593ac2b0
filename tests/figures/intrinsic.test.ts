import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {
  compute,
  controls,
  type IntrinsicParams,
  type IntrinsicResult,
  ready,
} from "../../src/figures/intrinsic/model.ts";
import {paint, pictureOf, trainedPicture, WEIGHT_COUNT} from "../../src/figures/intrinsic/network.ts";
import {packPaintings, unpackPaintings} from "../../src/figures/intrinsic/paintings.ts";
import stores from "../../src/figures/intrinsic/paintings.weights.json" with {type: "json"};
import {
  CELLS,
  DIRECTIONS,
  INTRINSIC_COMMAND,
  INTRINSIC_SEEDS,
  INTRINSIC_STEPS,
  SHAPES,
} from "../../src/figures/intrinsic/settings.ts";
import file from "../../src/figures/intrinsic/sweep.json" with {type: "json"};
import w from "../../src/figures/intrinsic/widget.ts";
import {sweepTask} from "../../src/tools/sweepIntrinsic.ts";
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
const sweptOf = (task: string) => file.swept.find((one) => one.task === task)!;

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
  test("hold every task and seed, and name the command that made them", () => {
    expect([file.command, INTRINSIC_COMMAND]).toEqual(["npm run sweep", "npm run sweep"]);
    expect(file.swept.map(({task}) => task)).toEqual(SHAPES);
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
        const {swept, paintings} = sweepTask("ring", [7]);
        expect([swept.along[0], swept.full[0]]).toEqual([sweptOf("ring").along[6], sweptOf("ring").full[6]]);
        expect(unpackPaintings(paintings, 1)).toEqual(unpackPaintings(stores.paintings.ring, 7));
      },
    ],
    [
      "in 64 directions",
      () => expect(trainedPicture({task: "circle", seed: 3, d: 64}).right).toBe(sweptOf("circle").along[2]![7]),
    ],
    ["with all weights", () => expect(trainedPicture({task: "line", seed: 2}).right).toBe(sweptOf("line").full[1])],
  ];
  test.each(oneOf(again))("are what the command computes again: %s", (_, check) => check());

  test("painted as many right cells as they say", () => {
    for (const task of SHAPES)
      for (const seed of INTRINSIC_SEEDS) {
        const due = pictureOf(task);
        const counts = unpackPaintings(stores.paintings[task], seed).map(
          (colors) => colors.filter((color, n) => color === due[n]).length,
        );
        expect(counts, `${task} ${seed}`).toEqual(sweptOf(task).along[seed - 1]);
      }
  });

  test("are packed without loss", () => {
    const random = DIRECTIONS.map((_, i) =>
      Uint8Array.from({length: CELLS}, (_, n) => Number((n * n + 7 * i * n) % 5 < 2)),
    );
    expect(unpackPaintings(packPaintings([...random.map(() => new Uint8Array(CELLS)), ...random]), 2)).toEqual(random);
  });

  test("with d = 0 are the untrained network", () => {
    for (const task of SHAPES)
      for (const seed of INTRINSIC_SEEDS)
        expect(sweptOf(task).along[seed - 1]![0]! / CELLS).toBe(untrained({task, seed}));
  });

  test("reach full training's level with as many directions as weights, and the line with far fewer", () => {
    for (const task of SHAPES) {
      const {rows, full, line, d90, D} = counted({task, seed: 1});
      expect(D).toBe(WEIGHT_COUNT);
      expect(Math.abs(rows.at(-1)!.median - full), task).toBeLessThan(2);
      expect(full).toBeGreaterThan(90);
      expect(rows[0]!.median).toBeLessThan(line - 20);
      expect(5 * d90).toBeLessThan(D);
      // Past d₉₀ no median falls back below the line.
      for (const {d, median} of rows) expect(median >= line, `${task} ${d}`).toBe(d >= d90);
    }
  });

  test("with as many directions as weights differ from full training", () => {
    for (const {along, full} of file.swept) expect(along.map((ends) => ends.at(-1))).not.toEqual(full);
  });

  test("need more directions the more the border bends", () => {
    const [line, circle, ring] = counted({task: "line", seed: 1}).dimensions;
    expect([line! < circle!, circle! < ring!]).toEqual([true, true]);
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
      expect([all.at(-1)!.rightShare, rest.rightShare]).toEqual([rest.storedEnd, rest.storedEnd]);
      expect(Array.from(all.at(-1)!.classes)).toEqual(Array.from(rest.classes));
      for (const {classes, target, rightShare} of all)
        expect(rightShare).toBe([...target].filter((color, n) => color === classes[n]).length / CELLS);
      if (d === "0") expect(new Set(all.map(({rightShare}) => rightShare)).size).toBe(1);
      let step = -1;
      for (const {classes} of compute(params)) expect(classes).toEqual((all[step++] ?? rest).classes);
    }
  }, 60_000);

  test("hands out copies: an earlier snapshot does not change with a later one", () => {
    const run = paint({task: "ring", seed: 7, d: 64});
    const start = run.next().value!;
    const kept = [...start.classes];
    for (let n = 0; n < 50; n++) run.next();
    expect([...start.classes]).toEqual(kept);
  });
});

describe("the picture", () => {
  /** The number of cells in a path, by the widths of its rectangles and that of a cell. */
  const cellsIn = (path: Element, cell: number) =>
    Math.round(
      [...path.getAttribute("d")!.matchAll(/h([\d.]+)/g)].reduce((sum, [, width]) => sum + Number(width), 0) / cell,
    );
  const topAndSize = (square: Element) => {
    const [, top, size] = square
      .getAttribute("d")!
      .match(/[\d.]+/g)!
      .map(Number);
    return [top!, size!] as const;
  };

  /** The share at which a square is, by the scale of the axis. */
  function shareAt(root: Element, square: Element): number {
    const [top, size] = topAndSize(square);
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
      const cell = Number(root.querySelector(".painted .ground")!.getAttribute("width")) / 24;
      const share = 100 * (1 - cellsIn(root.querySelector(".painted .wrong")!, cell) / CELLS);
      const isSaid = (text: string) =>
        numbersIn(text).some(({value, unit}) => Math.abs(value - share) <= unit / 2 + 1e-9);
      const texts = [
        w.summary!(result, params),
        w.readouts!(result, params)[0]!.value,
        w.table!(result, params).caption,
      ];
      expect(texts.filter((text) => !isSaid(text))).toEqual([]);
      expect(root.querySelector(".target .wrong")!.getAttribute("d")).toBe("");
      const frame = root.querySelector(".reach .frame")!;
      expect(Math.abs(shareAt(root, frame) - share)).toBeLessThan(0.2);
      const dark = cellsIn(root.querySelectorAll(".reach .dark")[5]!, topAndSize(frame)[1] / 24);
      expect(dark).toBe(Array.from(result.classes).filter(Boolean).length);
    }
  });
});

test("the challenge is met at one number of directions alone, on the circle", () => {
  const met = SHAPES.flatMap((task) => Object.keys(controls.d.options).map((d) => at({task, d}))).filter((params) =>
    w.challenge.met(first(params), params),
  );
  expect(met.map(({task}) => task)).toEqual(["circle"]);
});
