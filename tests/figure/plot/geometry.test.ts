/** Reads places back from the picture and compares them with the data. */
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {spreadLabels} from "../../../src/figure/plot/axes/spreadLabels.ts";
import {drawFactors} from "../../../src/figure/plot/matrices/factors.ts";
import {heatmap} from "../../../src/figure/plot/matrices/heatmap.ts";
import {outline} from "../../../src/figure/plot/matrices/pick.ts";
import {drawBlocks} from "../../../src/figures/savings/blocks.ts";
import {emptyGroup} from "../../figures/promises/stage.ts";

const all = (g: Element, selector: string) => [...g.querySelectorAll(selector)];
const number = (element: Element, name: string) => Number(element.getAttribute(name));
const boxOf = (rect: Element) => ["x", "y", "width", "height"].map((name) => rect.getAttribute(name)).join();

describe("heatmap", () => {
  /** The color bin of every cell, read back from the paths, which are in cells. */
  function binsOf(g: Element, rows: number, cols: number): number[][] {
    const found = Array.from({length: rows}, () => new Array<number>(cols).fill(-1));
    for (const path of all(g, "path[d]")) {
      const bin = Number(/bin-(\d+)/.exec(path.getAttribute("class")!)![1]);
      const sides = uprights(path.getAttribute("d") ?? "");
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < cols; j++) {
          const [x, y] = [j + 0.5, i + 0.5];
          // A line from the left to the middle of the cell crosses an odd number of sides if it ends inside.
          const crossed = sides.filter((side) => side.x < x && side.from < y && y < side.to);
          if (crossed.length % 2 === 0) continue;
          expect(found[i]![j]).toBe(-1);
          found[i]![j] = bin;
        }
    }
    return found;
  }

  /** The upright sides of closed outlines. */
  function uprights(d: string) {
    const sides: {x: number; from: number; to: number}[] = [];
    for (const [, startX, startY, moves] of d.matchAll(/M([\d.]+) ([\d.]+)([^M]*)z/g)) {
      let [x, y] = [Number(startX), Number(startY)];
      const side = (to: number) => {
        sides.push({x, from: Math.min(y, to), to: Math.max(y, to)});
        y = to;
      };
      for (const [, way, by] of moves!.matchAll(/([hv])(-?[\d.]+)/g))
        if (way === "h") x += Number(by);
        else side(y + Number(by));
      expect(x).toBeCloseTo(Number(startX), 1);
      side(Number(startY));
    }
    return sides;
  }

  test("its outlines cover every cell once, each in the bin of its value", () => {
    const side = fc.integer({min: 1, max: 9});
    fc.assert(
      fc.property(side, side, fc.integer(), fc.constantFrom(0.5, 2, 3), (rows, cols, seed, limit) => {
        const m = randn(rows, cols, mulberry32(seed));
        const g = emptyGroup();
        heatmap(g, m, {cellWidth: 7, cellHeight: 5, limit});
        expect(all(g, "path")).toHaveLength(21);
        for (const path of all(g, "path")) {
          expect(path.hasAttribute("d")).toBe(path.hasAttribute("class"));
          expect(path.getAttribute("transform")).toBe(path.hasAttribute("d") ? "scale(7 5)" : null);
        }
        const due = (x: number) => Math.min(Math.max(Math.floor(((x + limit) / (2 * limit)) * 21), 0), 20);
        for (const [i, row] of binsOf(g, rows, cols).entries())
          for (const [j, bin] of row.entries()) {
            const value = m.data[i * cols + j]!;
            const edge = ((value + limit) / (2 * limit)) * 21;
            if (Math.abs(edge - Math.round(edge)) > 1e-9) expect(bin).toBe(due(value));
          }
      }),
      {seed: 8},
    );
  });

  test("zero is the middle, the limits are the ends, and beyond them stays there", () => {
    const data = [0, -0, 2, -2, 99, -99, 1e300, 0.09, -0.09];
    const m: Matrix = {rows: 1, cols: data.length, data: Float64Array.from(data)};
    const g = emptyGroup();
    heatmap(g, m, {cellWidth: 4, cellHeight: 4, limit: 2});
    expect(binsOf(g, 1, data.length)[0]).toEqual([10, 10, 20, 0, 20, 0, 20, 10, 10]);
  });
});

describe("factors", () => {
  test("B stands left of BA and A above it, at BA's own cell size, with room between", () => {
    const [B, A, BA] = [randn(6, 2, mulberry32(1)), randn(2, 4, mulberry32(2)), randn(6, 4, mulberry32(3))];
    const g = emptyGroup();
    drawFactors(
      g,
      {B, A, BA},
      {
        ...{size: 120, strip: 50, limit: 1, row: 3, column: 4, term: 2, names: {B: "B", A: "A"}},
        onPoint: () => {},
      },
    );
    const place = (name: string) => {
      const block = [...g.children].find((child) => child.getAttribute("class") === name)!;
      const [x = 0, y = 0] = /translate\(([\d.]+) ([\d.]+)\)/
        .exec(block.getAttribute("transform")!)!
        .slice(1)
        .map(Number);
      const frame = block.querySelector(".frame rect")!;
      return {x, y, width: number(frame, "width"), height: number(frame, "height"), block};
    };
    const [b, a, ba] = [place("B"), place("A"), place("BA")];
    expect([ba.width, ba.height]).toEqual([80, 120]);
    expect([b.height, a.width]).toEqual([ba.height, ba.width]);
    expect([b.y, a.x]).toEqual([ba.y, ba.x]);
    expect([b.x + b.width, a.y + a.height]).toEqual([ba.x - 8, ba.y - 8]);
    const boxes = (of: Element) => all(of, ".trace rect").map(boxOf);
    expect(boxes(ba.block)).toEqual(["60,40,20,20"]);
    expect(boxes(b.block)).toEqual(["0,40,40,20", "20,40,20,20"]);
    expect(boxes(a.block)).toEqual(["60,0,20,40", "60,20,20,20"]);
  });
});

test("outline surrounds its cells", () => {
  const g = emptyGroup();
  outline(g, [{row: 2, column: 3, rows: 1, cols: 4}], 10, 5);
  expect(boxOf(all(g, "rect")[0]!)).toBe("20,5,40,5");
});

describe("blocks", () => {
  test("are to one scale and inside the picture, whatever the shape", () => {
    const side = fc.integer({min: 1, max: 65_536});
    fc.assert(
      fc.property(side, side, fc.integer({min: 1, max: 65_536}), (d, k, some) => {
        const r = Math.min(some, d, k);
        const g = emptyGroup();
        drawBlocks(g, {d, k, r, width: 256, height: 196, answer: ""});
        const at = (name: string) => {
          const [x, y, w, h] = g
            .querySelector(`.block-${name}`)!
            .getAttribute("d")!
            .match(/[\d.]+/g)!
            .map(Number);
          return {x: x!, y: y!, w: w!, h: h!};
        };
        const [dW, B, A] = [at("dW"), at("B"), at("A")];
        for (const {x, y, w, h} of [dW, B, A]) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(Math.min(w, h)).toBeGreaterThanOrEqual(1);
          expect(x + w).toBeLessThanOrEqual(256 + 2);
          expect(y + h).toBeLessThanOrEqual(196 + 2);
        }
        expect([B.h, A.w, B.y, A.x]).toEqual([dW.h, dW.w, dW.y, dW.x]);
        // Both ends of a length are rounded to a hundredth.
        const half = 0.00501;
        if (Math.min(dW.w, dW.h) > 1) expect(Math.abs(dW.w * d - dW.h * k)).toBeLessThanOrEqual(half * (d + k));
        if (B.w > 1 && dW.w > 1) expect(Math.abs(B.w * k - dW.w * r)).toBeLessThanOrEqual(half * (k + r));
      }),
      {seed: 8, numRuns: 500},
    );
  });
});

test("labels of lines are a line apart, in the order of their ends, inside the plot", () => {
  fc.assert(
    fc.property(fc.array(fc.double({min: 0, max: 200, noNaN: true}), {minLength: 1, maxLength: 5}), (wanted) => {
      const placed = spreadLabels(wanted, 200);
      const order = wanted.map((_, i) => i).sort((a, b) => placed[a]! - placed[b]!);
      order.forEach((one, i) => {
        expect(placed[one]).toBeGreaterThanOrEqual(-1e-9);
        expect(placed[one]).toBeLessThanOrEqual(200);
        if (i === 0) return;
        expect(placed[one]! - placed[order[i - 1]!]!).toBeGreaterThanOrEqual(15 - 1e-9);
        expect(wanted[one]).toBeGreaterThanOrEqual(wanted[order[i - 1]!]!);
      });
    }),
    {seed: 8},
  );
  expect(spreadLabels([10, 100], 200)).toEqual([10, 100]);
});
