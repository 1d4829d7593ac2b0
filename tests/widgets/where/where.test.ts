import {describe, expect, test} from "vitest";
import {toggled} from "../../../src/widgets/shared/attentionMatrices.ts";
import {heightFor, planFor} from "../../../src/widgets/where/figures/plan.ts";
import {compute, printed} from "../../../src/widgets/where/model.ts";
import widget from "../../../src/widgets/where/widget.ts";
import {emptyRoot, show, through} from "../promises/stage.ts";

const params = (on: string) => through(widget, {on});

describe("the block", () => {
  test("has one thread of B and one of A for each unit of rank, at the matrices that are adapted", () => {
    for (const {on, rank} of printed) {
      const root = emptyRoot();
      show(root, widget, params(on));
      expect(root.querySelectorAll(".thread.B").length, on).toBe(on.length * rank);
      expect(root.querySelectorAll(".thread.A").length, on).toBe(on.length * rank);
      expect(root.querySelectorAll("button[aria-pressed=true]").length, on).toBe(on.length);
    }
  });

  test("merged has no thread left, and its matrices keep their size", () => {
    const root = emptyRoot();
    show(root, widget, through(widget, {on: "qkvo", phase: "merged"}));
    expect(root.querySelectorAll(".thread").length).toBe(0);
    expect(root.querySelectorAll(".square.merged").length).toBe(4);
  });

  test("three matrices leave a part of the budget, and the paper has no such row", () => {
    expect(compute(params("qkv"))).toEqual({rank: 2, trained: 14_155_776});
    expect(compute(params("qv"))).toMatchObject({rank: 4, trained: 18_874_368, scores: {wikisql: 73.7}});
  });

  test("a press twice brings back the choice", () => {
    for (const letter of "qkvo") expect(toggled(toggled("qv", letter), letter)).toBe("qv");
  });

  test("stays inside its drawing at every width, threads included", () => {
    for (const width of [240, 311, 419, 420, 500, 660, 760, 1200]) {
      const plan = planFor(width, false);
      expect(plan.height).toBe(heightFor(width, false));
      for (const {x, y, size} of plan.places) {
        const depth = 0.65 * size;
        expect([x - depth > 0, y - depth > 0, x + size <= width, y + size <= plan.height]).toEqual(Array(4).fill(true));
      }
      expect(plan.scores[0] + 2 * plan.scores[2] + 84).toBeLessThanOrEqual(width + 1);
    }
  });
});
