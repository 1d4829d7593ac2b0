import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import type {AnyWidget} from "../../src/figure/widget.ts";
import {batch, compute, controls, type MergeParams, RIGHT_WITHIN} from "../../src/figures/merge/model.ts";
import declared from "../../src/figures/merge/widget.ts";
import {emptyRoot, show} from "./promises/stage.ts";
import {randomParams} from "./promises/states.ts";

const w = {...declared, compute};

const at = (raw: Readonly<Record<string, unknown>>): MergeParams => parse(controls, raw).params;
const precisions = ["fp64", "fp32", "bf16", "int8"] as const;
const seeds = Array.from({length: 9}, (_, i) => i + 1);

const random = randomParams("merge", w as AnyWidget, 60) as MergeParams[];

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
  const shapes = (root: Element) => [...root.querySelectorAll(".wide .mark-bar path")];

  test("every row of the batch says what the table says, and its bar whether that is right", () => {
    for (const params of random.slice(0, 30)) {
      const {parts, result} = show(emptyRoot(), w, params);
      const {off} = result as ReturnType<typeof compute>;
      expect(shapes(parts.picture).map((bar) => bar.getAttribute("class"))).toEqual(
        off[params.precision].map((share) => (share <= RIGHT_WITHIN ? "right" : "wrong")),
      );
      const table = w.table(result as never, params).rows.filter(([what]) => String(what).startsWith("Input"));
      const column = precisions.indexOf(params.precision) + 1;
      const said = [...parts.picture.querySelectorAll(".wide .row .said")].map(({textContent}) => textContent!);
      for (const [i, text] of said.entries()) {
        const due = Number.parseFloat(String(table[i]![column]).replace("< ", ""));
        const [verdict, share = "0%"] = text.split(" ");
        expect(verdict).toBe(due > 5 ? "wrong" : "right");
        expect(Math.abs(Number.parseFloat(share) - due)).toBeLessThanOrEqual(Math.max(0.05 * due, 0.1));
      }
    }
  });

  test("it has one scale, whatever is merged; a bar beyond it ends at its edge", () => {
    const scales = Object.keys(controls.merged.options).flatMap((merged) =>
      seeds.map((seed) => {
        const {parts} = show(emptyRoot(), w, at({merged, seed}));
        const chart = parts.picture.querySelector(".wide")!;
        const edge = Number(/^M(\S+) /.exec(chart.querySelector(".x .grid path:last-child")!.getAttribute("d")!)![1]);
        for (const bar of shapes(parts.picture))
          expect(Number(/H([\d.]+)V/.exec(bar.getAttribute("d")!)![1])).toBeLessThanOrEqual(edge);
        const ticks = [...chart.querySelectorAll(".x .ticks text")].map((tick) => tick.textContent);
        expect(ticks).toEqual(["0%", "50%", "100%", "150%"]);
        return chart.querySelector(".mark-rule path")!.getAttribute("d");
      }),
    );
    expect(new Set(scales).size).toBe(1);
  });
});

test("the card says what is merged, how it is stored, and how many outputs are right", () => {
  const said = (raw: Readonly<Record<string, unknown>>) => w.says!(compute(at(raw)), at(raw));
  expect(said({swaps: 0})).toBe("With task 1 merged and stored in fp32, 4 of 8 outputs are right.");
  expect(said({merged: "none", precision: "bf16", swaps: 60})).toContain("60 swaps left W₀ off by 0.076");
});

test("what a link of before the bars asked for is taken: the traced entry and the drift are ignored", () => {
  expect(parse(controls, {merged: "both", show: "batch", row: 2, column: 11})).toMatchObject({
    params: {merged: "both"},
    notes: [],
  });
});
