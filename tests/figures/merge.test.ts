import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import type {AnyWidget} from "../../src/figure/widget.ts";
import {compute, controls, MAX_RIGHT_ERROR, type MergeParams, taskOfInput} from "../../src/figures/merge/model.ts";
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
        const {relativeErrors, difference, rightCount} = compute(at({merged: "none", swaps: 0, precision, seed}));
        expect([...relativeErrors[precision], difference[precision]]).toEqual(new Array(9).fill(0));
        expect(rightCount[precision]).toBe(8);
      }
  });

  test("a merged matrix is right for its own task in fp32, and off for the other by the size of their difference", () => {
    for (const seed of seeds)
      for (const [i, merged] of (["one", "two"] as const).entries()) {
        const {relativeErrors} = compute(at({merged, seed}));
        for (const [n, share] of relativeErrors.fp32.entries())
          expect(taskOfInput[n] === i + 1 ? share < 1e-5 : share > 1e-3, `seed ${seed}, ${merged}, input ${n}`).toBe(
            true,
          );
      }
  });
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
      const {relativeErrors} = result as ReturnType<typeof compute>;
      expect(shapes(parts.picture).map((bar) => bar.getAttribute("class"))).toEqual(
        relativeErrors[params.precision].map((share) => (share <= MAX_RIGHT_ERROR ? "right" : "wrong")),
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
});

test("what a link of before the bars asked for is taken: the traced entry and the drift are ignored", () => {
  expect(parse(controls, {merged: "both", show: "batch", row: 2, column: 11})).toMatchObject({
    params: {merged: "both"},
    notes: [],
  });
});
