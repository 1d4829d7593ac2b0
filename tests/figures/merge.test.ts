import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import type {AnyWidget} from "../../src/figure/widget.ts";
import rest from "../../src/figures/merge/full.ts";
import {batch, compute, controls, type MergeParams, WITHIN} from "../../src/figures/merge/model.ts";
import face from "../../src/figures/merge/widget.ts";
import {merging} from "./oracles/merge.ts";
import {numbersIn} from "./promises/numbers.ts";
import {emptyRoot, show} from "./promises/stage.ts";
import {randomParams} from "./promises/states.ts";

const w = {...face, ...rest, compute, full: undefined};

const at = (raw: Readonly<Record<string, unknown>>): MergeParams => parse(controls, raw).params;
const precisions = ["fp64", "fp32", "bf16", "int8"] as const;
const seeds = Array.from({length: 9}, (_, i) => i + 1);

const random = randomParams("merge", w as AnyWidget, 60) as MergeParams[];

test("base and merged matrix are bit for bit those of the other route, and what storing moves is exact", () => {
  // Whole multiples of 2⁻²⁰⁰.
  const exact = (x: number) => BigInt(x * 2 ** 200);
  for (const params of random) {
    const {W0, update, W, moved} = compute(params);
    const due = merging(params);
    expect(Array.from(W0.data)).toEqual(due.base[params.precision].flat());
    expect(Array.from(W.data)).toEqual(due.W[params.precision].flat());
    const n = (params.row - 1) * 12 + params.column - 1;
    const gap = exact(W.data[n]!) - exact(W0.data[n]!) - exact(update.data[n]!);
    expect(exact(moved)).toBe(gap < 0n ? -gap : gap);
  }
});

describe("the batch", () => {
  test("before any swap the bare base serves every task to the last bit", () => {
    for (const seed of seeds)
      for (const precision of precisions) {
        const {off, difference, right} = compute(at({merged: "none", swaps: 0, precision, seed}));
        expect([...off[precision], difference[precision]]).toEqual(new Array(9).fill(0));
        expect(right[precision]).toBe(8);
      }
  });

  test("a merged matrix is right for its own task in fp32, and off for the other by the size of their difference", () => {
    for (const seed of seeds)
      for (const [i, merged] of (["one", "two"] as const).entries()) {
        const {off} = compute(at({merged, seed}));
        for (const [n, share] of off.fp32.entries())
          expect(batch[n] === i + 1 ? share < 1e-5 : share > 1e-3, `seed ${seed}, ${merged}, input ${n}`).toBe(true);
      }
  });
});

test("the largest output difference says what it is of: merging, with the drift in it, or the drift alone", () => {
  const noteAt = (raw: object) => {
    const params = at({precision: "bf16", ...raw});
    return w.readouts(compute(params), params)[0]!.note;
  };
  expect(noteAt({merged: "one", swaps: 0})).toBe("merged against unmerged");
  expect(noteAt({merged: "one", swaps: 30})).toBe("merged against unmerged, drift included");
  expect(noteAt({merged: "none", swaps: 30})).toBe("by drift: nothing is merged");
  // With nothing merged the outputs are those of the drifted base, and before any swap nothing differs.
  expect(compute(at({merged: "none", swaps: 0})).difference.bf16).toBe(0);
  expect(compute(at({merged: "none", swaps: 30})).difference.bf16).toBeGreaterThan(0);
});

test("the trace sums as many terms in its code as in its formula", () => {
  for (const [merged, rank] of [
    ["one", 2],
    ["both", 4],
  ] as const) {
    const {parts} = show(emptyRoot(), w, at({merged}));
    expect(parts.picture.querySelector(".tracing .formula")!.textContent).toContain(`l = 1…${rank}`);
    expect(parts.picture.querySelector(".tracing .code")!.textContent).toContain(`l < ${rank};`);
  }
});

test("drift starts at 0, stays at rounding in fp64, and the fp32 curve lies far below those of bf16 and int8", () => {
  for (const seed of seeds) {
    const {drift} = compute(at({seed}));
    for (const precision of precisions) {
      expect(drift[precision]).toHaveLength(61);
      expect(drift[precision][0]).toBe(0);
    }
    for (let n = 1; n <= 60; n++) {
      expect(drift.fp64[n]!).toBeGreaterThan(0);
      // Two additions a swap, each off by at most half a step below 2: 2⁻⁵³ in fp64, 2⁻²⁴ in fp32, 2⁻⁸ in bf16.
      expect(drift.fp64[n]!).toBeLessThanOrEqual(n * 2 ** -52);
      expect(drift.fp32[n]!).toBeLessThanOrEqual(n * 2 ** -23);
      expect(drift.bf16[n]!).toBeLessThanOrEqual(n * 2 ** -7);
      expect(drift.fp32[n]! * 100).toBeLessThan(Math.min(drift.bf16[n]!, drift.int8[n]!));
    }
  }
});

test("the challenge has exactly one answer in bf16 and one in int8, and none in fp32 and fp64", () => {
  for (const seed of seeds) {
    const result = compute(at({seed}));
    for (const precision of precisions) {
      const answers = Array.from({length: 61}, (_, swaps) => at({precision, swaps, seed})).filter((params) =>
        w.challenge.met(result, params),
      );
      expect(answers.length, `${precision}, seed ${seed}`).toBe(precision === "bf16" || precision === "int8" ? 1 : 0);
    }
  }
});

describe("the picture", () => {
  test("the traced entry's terms add up to its total, and every row of the batch says what the table says", () => {
    for (const params of random.slice(0, 30)) {
      const {parts, result} = show(emptyRoot(), w, params);
      const text = parts.picture.querySelector(".entry")!.textContent!;
      const sum = text.slice(text.indexOf("≈") + 1, text.indexOf(";")).replaceAll("− ", "+ −");
      const [base, added, total] = numbersIn(sum).map(({value}) => value) as [number, number, number];
      expect(Math.abs(base + added - total)).toBeLessThan(1e-9);
      const {off} = result as ReturnType<typeof compute>;
      const rows = [...parts.picture.querySelectorAll(".answer")];
      expect(rows.map((row) => row.getAttribute("class"))).toEqual(
        off[params.precision].map((share) => `answer ${share <= WITHIN ? "right" : "wrong"}`),
      );
      const table = w.table(result as never, params).rows.filter(([what]) => String(what).startsWith("Input"));
      const column = precisions.indexOf(params.precision) + 1;
      expect(rows.map((row) => row.querySelector(".given")!.textContent!.split(", ")[1])).toEqual(
        table.map((row) => row[column]),
      );
    }
  });

  test("the mark stands on the curve of the chosen format, at the chosen number of swaps", () => {
    const points = (d: string) =>
      d
        .slice(1)
        .split(/[LM]/)
        .map((point) => point.split(",").map(Number));
    for (const precision of precisions)
      for (const swaps of [0, 1, 30, 60]) {
        const {parts} = show(emptyRoot(), w, at({precision, swaps}));
        const lit = parts.picture.querySelectorAll(".lit .line");
        expect(lit).toHaveLength(1);
        expect(lit[0]!.getAttribute("class")).toBe(`line ${precision}`);
        const mark = parts.picture.querySelector(".drift .crossing")!;
        if (swaps === 0) {
          expect(mark).toBeNull();
          continue;
        }
        const [x, y] = points(lit[0]!.getAttribute("d")!)[swaps - 1] as [number, number];
        expect(Number(mark.getAttribute("cx"))).toBeCloseTo(x, 2);
        expect(Number(mark.getAttribute("cy"))).toBeCloseTo(y, 2);
      }
  });

  test("no drift has no place on a logarithmic scale: no tick reads 0, and every curve begins with the first swap", () => {
    const {parts} = show(emptyRoot(), w, at({precision: "bf16", swaps: 0}));
    const named = [...parts.picture.querySelectorAll(".drift .y text")].map((tick) => tick.textContent);
    expect(named).toEqual(["10−16", "10−12", "10−8", "10−4", "1"]);
    const [first, last] = [...parts.picture.querySelectorAll(".drift .x line")].flatMap((line, i, all) =>
      i === 0 || i === all.length - 1 ? [Number(line.getAttribute("x1"))] : [],
    );
    for (const line of parts.picture.querySelectorAll(".drift .line")) {
      const from = Number(/^M([\d.]+),/.exec(line.getAttribute("d")!)![1]);
      expect(from).toBeCloseTo(first! + (last! - first!) / 60, 1);
    }
  });

  test("the batch has one scale with a name, whatever is merged; a bar beyond it ends at its edge", () => {
    const scales = Object.keys(controls.merged.options).flatMap((merged) =>
      seeds.map((seed) => {
        const {parts} = show(emptyRoot(), w, at({merged, seed}));
        const lines = [...parts.picture.querySelectorAll(".served .x line")].map((line) =>
          Number(line.getAttribute("x1")),
        );
        const ticks = [...parts.picture.querySelectorAll(".served .x text")].map((tick) => tick.textContent);
        for (const bar of parts.picture.querySelectorAll(".served .off"))
          expect(Number(bar.getAttribute("width"))).toBeLessThanOrEqual(lines.at(-1)! + 1e-9);
        expect(ticks.at(0)).toBe("0%");
        return [...lines, ...ticks].join();
      }),
    );
    expect(new Set(scales).size).toBe(1);
  });
});

test("a card has the drift or the batch, and its sentence is about the one it has", () => {
  const cardAt = (raw: Readonly<Record<string, unknown>>) => {
    const {parts} = show(emptyRoot(), w, at(raw), "card");
    return {
      has: (name: string) => !!parts.picture.querySelector(`.${name}`),
      said: face.says(compute(at(raw)), at(raw)),
    };
  };
  const [drift, batch] = [cardAt({}), cardAt({show: "batch"})];
  expect([drift.has("drift"), drift.has("served")]).toEqual([true, false]);
  expect([batch.has("drift"), batch.has("served")]).toEqual([false, true]);
  expect(drift.said).toContain("30 swaps have left W₀ off by up to");
  expect(drift.said).not.toContain("answers are right");
  expect(batch.said).toContain("4 of 8 answers are right");
});
