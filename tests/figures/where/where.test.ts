import {describe, expect, test} from "vitest";
import type {ComputingWidget} from "../../../src/figure/widget.ts";
import {BUDGET, tableChoices} from "../../../src/figures/shared/table5.ts";
import {factorStrips, headsOf} from "../../../src/figures/where/block.ts";
import {compute, rivalOf} from "../../../src/figures/where/model.ts";
import {planFor} from "../../../src/figures/where/plan.ts";
import where from "../../../src/figures/where/widget.ts";
import {emptyRoot, show, through} from "../promises/stage.ts";

const widget = where as ComputingWidget;
/** One of the picture's frames. */
const wide = (root: Element) => root.querySelector(".chart.wide")!;
/** The two plans: a phone's, and that beside the text. */
const plans = [planFor({width: 300, height: 434}), planFor({width: 660, height: 386})];

type Spot = readonly [number, number];

/** The straight strokes of a path of M, H and V. */
function strokes(path: string): [Spot, Spot][] {
  const all: [Spot, Spot][] = [];
  let at: Spot = [0, 0];
  for (const [, letter, rest] of path.matchAll(/([MHV])([^MHV]*)/g)) {
    const numbers = rest!.trim().split(/\s+/).map(Number);
    const next: Spot =
      letter === "M" ? [numbers[0]!, numbers[1]!] : letter === "H" ? [numbers[0]!, at[1]] : [at[0], numbers[0]!];
    if (letter !== "M") all.push([at, next]);
    at = next;
  }
  return all;
}

const params = (on: string) => through(widget, {on});

describe("the block", () => {
  test("has one thread of B and one of A for each unit of rank, at the matrices that are adapted", () => {
    for (const {on, rank} of tableChoices) {
      const root = emptyRoot();
      show(root, widget, params(on));
      expect(wide(root).querySelectorAll(".thread.B").length, on).toBe(on.length * rank);
      expect(wide(root).querySelectorAll(".thread.A").length, on).toBe(on.length * rank);
      expect(wide(root).querySelectorAll(".switch[aria-pressed=true]").length, on).toBe(on.length);
    }
  });

  test("merged has its threads in the matrices, which are violet then and keep their size", () => {
    const root = emptyRoot();
    show(root, widget, through(widget, {on: "qkvo", phase: "merged"}));
    expect(wide(root).querySelectorAll(".threads:not([data-merged]) .thread").length).toBe(0);
    expect(wide(root).querySelectorAll(".squares[data-merged] .merged").length).toBe(4);
  });

  test("each method has its own mark, at its own places, and no other's", () => {
    const marks = {
      biases: [".sliver", 6],
      adapters: [".gate[d]:not([d=''])", 1],
      prefix: [".token.added", 2],
      lora: [".threads .thread", 16],
    } as const;
    for (const method of Object.keys(marks)) {
      const root = emptyRoot();
      show(root, widget, through(widget, {method, on: "qv"}));
      for (const [other, [mark, count]] of Object.entries(marks))
        expect(wide(root).querySelectorAll(mark).length, `${method}: ${mark}`).toBe(other === method ? count : 0);
    }
  });

  test("with a prefix the attention has two more rows and columns, and every token looks at them", () => {
    const root = emptyRoot();
    show(root, widget, through(widget, {method: "prefix"}));
    expect(wide(root).querySelectorAll(".attention .cell").length).toBe(36);
    // Two places that look at themselves and back, and four tokens that look at both.
    expect(wide(root).querySelectorAll(".attention .added").length).toBe(3 + 8);
    show(root, widget, through(widget, {method: "lora"}));
    expect(wide(root).querySelectorAll(".attention .cell").length).toBe(16);
    expect(wide(root).querySelectorAll(".attention .added").length).toBe(0);
  });

  test("a rival's row is the one of Table 4 that is nearest to the budget", () => {
    expect(BUDGET).toBe(18_874_368);
    expect(rivalOf("biases").paramsPrinted).toBe("14.2M");
    expect(rivalOf("adapters").paramsPrinted).toBe("40.1M");
    expect(rivalOf("prefix").paramsPrinted).toBe("20.2M");
  });

  test("no wire runs through a thread, at any rank of the budget", () => {
    for (const plan of plans) {
      for (const place of plan.places)
        for (const {x, y, width, height} of factorStrips(place, 8))
          for (const [[x1, y1], [x2, y2]] of strokes(plan.wires)) {
            const isApart =
              Math.max(x1, x2) < x ||
              Math.min(x1, x2) > x + width ||
              Math.max(y1, y2) < y ||
              Math.min(y1, y2) > y + height;
            expect(isApart, `W${place.letter}, ${x1} ${y1} to ${x2} ${y2}`).toBe(true);
          }
    }
  });

  test("every wire has its arrow head, with the tip at its end and the rest behind it", () => {
    for (const {wires, width} of plans) {
      const lines = wires.split(/(?=M)/);
      const heads = headsOf(wires).split(/(?=M)/);
      expect(heads).toHaveLength(lines.length);
      lines.forEach((line, i) => {
        const [from, to] = strokes(line).at(-1)!;
        const [tip, ...back] = [...heads[i]!.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [
          Number(x),
          Number(y),
        ]);
        expect(tip).toEqual(to);
        const way = [Math.sign(to[0] - from[0]), Math.sign(to[1] - from[1])] as const;
        for (const [x, y] of back)
          expect((x! - to[0]) * way[0] + (y! - to[1]) * way[1], `line ${i} at ${width}`).toBeCloseTo(-7, 5);
      });
    }
  });

  test("three matrices leave a part of the budget, and the paper has no such row", () => {
    expect(compute(params("qkv"))).toMatchObject({rank: 2, trained: 14_155_776});
    expect(compute(params("qkv")).scores).toBe(undefined);
    expect(compute(params("qv"))).toMatchObject({rank: 4, trained: 18_874_368, scores: {wikisql: 73.7}});
  });

  test("who looks at whom changes with queries and keys, and not with values and outputs", () => {
    const attentionOf = (on: string) => {
      const root = emptyRoot();
      show(root, widget, params(on));
      return [...wide(root).querySelectorAll(".attention .lit")].map((cell) =>
        Number(cell.getAttribute("fill-opacity")),
      );
    };
    expect(attentionOf("q").reduce((sum, share) => sum + share, 0)).toBeCloseTo(4, 12);
    for (const on of ["v", "o", "vo"]) expect(attentionOf(on), on).toEqual(attentionOf(""));
    for (const on of ["q", "k", "qk"]) expect(attentionOf(on), on).not.toEqual(attentionOf(""));
  });

  test("stays inside its plan, threads included", () => {
    for (const plan of plans) {
      for (const {x, y, size} of plan.places) {
        const depth = 0.65 * size;
        expect([x - depth > 0, y - depth > 0, x + size <= plan.width, y + size <= plan.height]).toEqual(
          Array(4).fill(true),
        );
      }
      for (const [x, y] of plan.gates)
        expect(x > 10 && x < plan.width - 10 && y > 10 && y < plan.height - 10).toBe(true);
    }
  });
});
