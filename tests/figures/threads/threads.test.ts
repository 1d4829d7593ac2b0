import fc from "fast-check";
import {expect, test} from "vitest";
import {parse} from "../../../src/figure/parse.ts";
import {
  BREAK_EVEN,
  compute,
  controls,
  draggedRank,
  drawnThickness,
  GPT3_PARAMETERS,
  rankStops,
  SQUARE_SIDE,
  SQUARE_WEIGHTS,
  steppedRank,
  THREAD_COUNT,
  type ThreadsParams,
} from "../../../src/figures/threads/model.ts";
import {GAP, geometryOf} from "../../../src/figures/threads/square.ts";
import w from "../../../src/figures/threads/widget.ts";
import {emptyRoot, show} from "../promises/stage.ts";

const at = (raw: Readonly<Record<string, unknown>>): ThreadsParams => parse(controls, raw).params;
const whole = (raw: Readonly<Record<string, unknown>>): Element => {
  const root = emptyRoot();
  show(root, {...w, compute}, at(raw));
  return root;
};
/** The widest drawing of the square. */
const drawn = (raw: Readonly<Record<string, unknown>>): Element => whole(raw).querySelector(".threads > .chart.wide")!;
const box = (root: Element, name: string) => {
  const rect = root.querySelector(name)!;
  return {width: Number(rect.getAttribute("width")), height: Number(rect.getAttribute("height"))};
};

test("GPT-3 at r = 4: 98,304 of 150,994,944, 1 in 1,536", () => {
  expect([SQUARE_SIDE, SQUARE_WEIGHTS, BREAK_EVEN]).toEqual([12_288, 150_994_944, 6144]);
  expect(compute(at({}))).toMatchObject({lora: 98_304, ratio: 1536});
  expect(whole({}).querySelector(".weighed")!.textContent).toBe("98,304of 150,994,9441 in 1,536at r = 4");
});

interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** The rectangles of a path. */
const rects = (path: Element): Rect[] =>
  [...path.getAttribute("d")!.matchAll(/M([\d.-]+) ([\d.-]+)H([\d.-]+)V([\d.-]+)/g)].map(([, ...ends]) => {
    const [x, y, right, bottom] = ends.map(Number) as [number, number, number, number];
    return {x, y, width: right - x, height: bottom - y};
  });
const isOver = (one: Rect, other: Rect): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

const place = fc.record({
  edge: fc.integer({min: 150, max: 900}),
  share: fc.double({min: 0, max: 1, noNaN: true}),
  zoom: fc.double({min: 0, max: 3, noNaN: true}),
});

test("all lengths are to one scale, and at × 1 all of it is in the picture", () => {
  fc.assert(
    fc.property(place, ({edge, share, zoom}) => {
      const r = Math.max(1, Math.round((share * SQUARE_SIDE) / 2));
      const near = geometryOf(edge, r, 10 ** zoom);
      expect(near.side / near.unit).toBeCloseTo(SQUARE_SIDE, 6);
      expect(near.thickness / near.side).toBeCloseTo(r / SQUARE_SIDE, 12);
      expect(near.corner + GAP).toBeLessThan(edge);
      const all = geometryOf(edge, r, 1);
      expect(all.corner - GAP - all.thickness).toBeGreaterThanOrEqual(0);
      expect(all.corner + all.side).toBeLessThanOrEqual(edge);
      expect(near.unit / all.unit).toBeCloseTo(10 ** zoom, 6);
    }),
    {seed: 8, numRuns: 500},
  );
});

test("at break-even B and A cover as much as the square, at every other rank less", () => {
  fc.assert(
    fc.property(place, ({edge, share}) => {
      const r = Math.max(1, Math.round((share * SQUARE_SIDE) / 2));
      const {side, thickness} = geometryOf(edge, r, 1);
      const areas = (2 * thickness * side) / side ** 2;
      if (r === SQUARE_SIDE / 2) expect(areas).toBeCloseTo(1, 12);
      else expect(areas).toBeLessThan(1);
    }),
    {seed: 8, numRuns: 300},
  );
  const area = ({width, height}: {width: number; height: number}) => width * height;
  const [square, B, A] = ["W0", "B", "A"].map((name) => area(box(drawn({r: 6144}), `.plane .block-${name}`)));
  expect((B! + A!) / square!).toBeCloseTo(1, 3);
});

test("the drawn threads are r weights thick, in the lens as many times as it says", () => {
  for (const r of [1, 3, 4, 24, 64]) {
    const root = drawn({r});
    const side = box(root, ".plane .block-W0").width;
    expect(box(root, ".plane .block-B").width / side).toBeCloseTo(r / 12_288, 4);
    const times = Number(root.querySelector(".power")!.textContent!.replace(/\D/g, ""));
    expect(box(root, ".glass .block-B").width / ((side * r * times) / 12_288)).toBeCloseTo(1, 1);
    const apart = root.querySelector(".glass .columns")!.getAttribute("d")!;
    if (apart) expect(apart.match(/V/g)).toHaveLength(r - 1);
  }
  expect(drawn({r: 6144}).querySelector(".power")).toBeNull();
  expect(drawn({zoom: 2.5}).querySelector(".power")).toBeNull();
});

test("close up each column of B and each row of A can be counted", () => {
  const apart = drawn({zoom: 3}).querySelector(".plane .columns")!.getAttribute("d")!;
  expect([apart.match(/V/g)?.length, apart.match(/H/g)?.length]).toEqual([3, 3]);
});

test("the ranks to stop at are 1, 2, 3, 4, 6, 8 … 4,096 and break-even, and steps go from one to the next", () => {
  const all = rankStops;
  expect(all.slice(0, 8)).toEqual([1, 2, 3, 4, 6, 8, 12, 16]);
  expect(all.slice(-3)).toEqual([3072, 4096, 6144]);
  for (const [i, rank] of all.entries()) {
    expect(steppedRank(rank, 1)).toBe(all[Math.min(i + 1, all.length - 1)]);
    expect(steppedRank(rank, -1)).toBe(all[Math.max(i - 1, 0)]);
  }
  expect([steppedRank(5, 1), steppedRank(5, -1)]).toEqual([6, 4]);
  expect([steppedRank(5, Number.POSITIVE_INFINITY), steppedRank(5, Number.NEGATIVE_INFINITY)]).toEqual([6144, 1]);
});

test("a pull goes stop by stop from afar, column by column close up, and never past the ends", () => {
  expect(draggedRank(4, 18, 0.04)).toBe(8);
  expect(draggedRank(4, 80, 40)).toBe(6);
  const [rank, way] = [fc.integer({min: 1, max: 6144}), fc.integer({min: -2000, max: 2000})];
  fc.assert(
    fc.property(rank, way, fc.double({min: 0.01, max: 60, noNaN: true}), (r, pixels, unit) => {
      const to = draggedRank(r, pixels, unit);
      expect(Number.isInteger(to) && to >= 1 && to <= 6144).toBe(true);
      expect(Math.sign(to - r) * Math.sign(pixels)).toBeGreaterThanOrEqual(0);
    }),
    {seed: 8, numRuns: 300},
  );
});

test("from afar 96 rows of six matrices and 192 threads are in the picture", () => {
  expect([THREAD_COUNT, compute(at({})).trained, GPT3_PARAMETERS]).toEqual([192, 18_874_368, 175_255_800_000]);
  expect(whole({zoom: -1.67}).querySelector(".weighed")!.textContent).toBe(
    "18,874,368of 175,255.8 M1 in 9,285at r = 4",
  );
  // Steps counted from a number below 0 may miss it by 2e-16.
  expect(at({zoom: "0"}).zoom).toBe(0);
  expect(drawn({}).querySelector(".layers")).toBeNull();
  fc.assert(
    fc.property(fc.constantFrom(1, 4, 64, 1000, 3000, 6144), fc.constantFrom("narrow", "mid", "wide"), (r, frame) => {
      const svg = whole({zoom: -1.67, r}).querySelector(`.threads > .chart.${frame}`)!;
      const others = ["W0", "B", "A"].map((name) => rects(svg.querySelector(`.layers .block-${name}`)!));
      // The first matrix is the square itself.
      expect(others.map(({length}) => length)).toEqual([96 * 6 - 1, 191, 191]);
      const [weights, B] = others as [Rect[], Rect[]];
      const side = box(svg, ".plane .block-W0").width;
      const area = weights.reduce((sum, {width, height}) => sum + width * height, side * side);
      expect(area / (96 * 12 * side * side)).toBeCloseTo(1, 1);
      // To scale, or a hair.
      expect(B[0]!.width / ((side * drawnThickness(-1.67, r)) / 12_288)).toBeCloseTo(1, 1);
      // No thread lies on a matrix.
      for (const thread of B) expect(weights.some((one) => isOver(one, thread))).toBe(false);
    }),
    {seed: 8, numRuns: 18},
  );
});

test("between the matrix and the model nothing leaves the picture, and threads are a hair at the least", () => {
  for (const zoom of [-0.01, -0.2, -0.5, -0.9, -1.3, -1.67]) {
    const svg = drawn({zoom});
    for (const name of ["W0", "B", "A"])
      for (const {x, y, width, height} of rects(svg.querySelector(`.layers .block-${name}`)!)) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(480);
      }
    if (zoom < -0.25) expect(box(svg, ".plane .block-B").width).toBeGreaterThan(1.2);
  }
});

test("all threads rolled up are a square to scale, while it has room", () => {
  const svg = drawn({zoom: -1.67});
  const [square] = rects(svg.querySelector(".rolled-up")!);
  const share = square!.width ** 2 / box(svg, ".plane .block-W0").width ** 2;
  expect(share / (18_874_368 / 150_994_944)).toBeCloseTo(1, 1);
  expect(svg.querySelector(".rolled-sum")!.textContent).toBe("all 192 threads, to scale");
  expect(drawn({zoom: -1.67, r: 6144}).querySelector(".rolled-up")).toBeNull();
});
