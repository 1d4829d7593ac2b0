import {beforeAll, describe, expect, test} from "vitest";
import {signs} from "../../src/book/signs/curveSigns.ts";
import {drawCurves, PICTURE, type PictureName} from "../../src/book/signs/curves.ts";
import {createLabKernels} from "../../src/tools/loadBase.ts";
import {curveOf, PICTURES, readCurves, type StoredCurve, type StoredCurves} from "../../src/tools/sweepCurves.ts";
import {oneOf} from "../third.ts";

let stored: StoredCurves;
beforeAll(() => {
  stored = readCurves();
});
const pair = (id: PictureName) => stored.pictures[id];
const last = ({losses}: StoredCurve) => losses.at(-1)!;
const least = ({losses}: StoredCurve) => Math.min(...losses);

test.each(oneOf(["few", "low", "high"] as const))("the stored runs are what the command makes again: %s", (id) => {
  expect(curveOf(createLabKernels(), PICTURES[id][0])).toEqual(pair(id)[0]);
});

test("every picture has its words, and both curves the same places", () => {
  expect(signs.map(({id}) => id).sort()).toEqual(Object.keys(PICTURES).sort());
  for (const {id} of signs) {
    const [one, other] = pair(id);
    expect(one.losses, id).toHaveLength(41);
    expect(other.losses, id).toHaveLength(41);
    expect(one.every, id).toBe(other.every);
  }
});

describe("the curves do what the words beside them say", () => {
  test("too high a rate: up at first, and worse at the end than a thirtieth of it", () => {
    const [bad, good] = pair("high");
    expect(bad.losses[1]).toBeGreaterThan(bad.losses[0]! + 0.5);
    expect(last(bad)).toBeGreaterThan(last(good) + 0.3);
    expect(good.losses[1]).toBeLessThan(good.losses[0]!);
  });

  /** How much of its fall a curve has behind it after an eighth of the steps. */
  const early = ({losses}: StoredCurve) => (losses[0]! - losses[5]!) / (losses[0]! - losses.at(-1)!);

  test("too low a rate: smooth and slow all the way, and at the end above where the good run was after five steps", () => {
    const [bad, good] = pair("low");
    for (const [i, loss] of bad.losses.slice(1).entries()) expect(loss).toBeLessThanOrEqual(bad.losses[i]! + 0.002);
    expect(bad.every).toBe(5);
    expect(bad.every * (bad.losses.length - 1)).toBe(200);
    expect(last(bad)).toBeGreaterThan(good.losses[1]!);
    expect(early(bad)).toBeLessThan(0.25);
  });

  test("with the wrong matrices and when all is well the start is steep and the end nearly level, so they do not look like too low a rate", () => {
    for (const one of [...pair("matrices"), ...pair("well")]) {
      expect(early(one)).toBeGreaterThan(0.6);
      expect(one.losses[30]! - last(one)).toBeLessThan(0.04 * (one.losses[0]! - last(one)));
    }
    const [low] = pair("low");
    expect(low.losses[30]! - last(low)).toBeGreaterThan(0.08 * (low.losses[0]! - last(low)));
  });

  test("too small a rank ends far above a higher one; with the wrong matrices the higher one ends next to it", () => {
    const gain = ([low, high]: [StoredCurve, StoredCurve]) => (last(low) - last(high)) / (low.losses[0]! - last(high));
    expect(gain(pair("floor"))).toBeGreaterThan(0.4);
    expect(gain(pair("matrices"))).toBeLessThan(0.15);
  });

  test("too few examples: unseen names get worse than before training, the seen ones better and better", () => {
    const [unseen, seen] = pair("few");
    expect(last(unseen)).toBeGreaterThan(unseen.losses[0]! + 0.5);
    expect(least(unseen)).toBeLessThan(unseen.losses[0]!);
    expect(last(seen)).toBeLessThan(0.6);
  });

  test("a scale that is not divided: a jump early, and a worse end", () => {
    const [bad, good] = pair("scale");
    expect(bad.losses.slice(1, 6).some((loss, i) => loss > bad.losses[i]! + 0.02)).toBe(true);
    expect(good.losses.slice(1, 6).every((loss, i) => loss < good.losses[i]!)).toBe(true);
    expect(last(bad)).toBeGreaterThan(last(good) + 0.05);
  });

  test("forgetting: one rises while the other falls; all is well: both fall and end close", () => {
    const [old, fresh] = pair("forgetting");
    expect(last(old)).toBeGreaterThan(old.losses[0]! + 0.4);
    expect(last(fresh)).toBeLessThan(fresh.losses[0]! - 0.4);
    const [unseen, seen] = pair("well");
    expect(Math.abs(last(unseen) - last(seen))).toBeLessThan(0.1);
    expect(last(unseen)).toBeLessThan(unseen.losses[0]! - 0.5);
    expect(unseen.losses[36]! - last(unseen)).toBeLessThan(0.01);
  });
});

test("every picture reaches over the one in which all is well, so that levels can be compared: five are on one scale", () => {
  const well = drawCurves("well");
  for (const {id} of signs) {
    const {highest, lowest} = drawCurves(id);
    expect(highest, id).toBeGreaterThanOrEqual(well.highest);
    expect(lowest, id).toBeLessThanOrEqual(well.lowest);
  }
  const same = signs.filter(({id}) => drawCurves(id).highest === well.highest && drawCurves(id).lowest === well.lowest);
  expect(same.map(({id}) => id)).toEqual(["low", "matrices", "scale", "forgetting", "well"]);
  // The two curves of the wrong matrices end close together, and high above that of the good run.
  const [rank4, rank16] = drawCurves("matrices").curves;
  const end = ({d}: {d: string}) => Number(d.split(" ").at(-1));
  expect(end(rank16!) - end(rank4!)).toBeLessThan(10);
  expect(end(well.curves[0]!) - end(rank16!)).toBeGreaterThan(40);
});

test("a picture holds its curves, on one scale", () => {
  for (const {id} of signs) {
    const {curves, highest, lowest, steps} = drawCurves(id);
    expect(highest).toBeGreaterThan(lowest);
    expect(steps).toBe(40 * pair(id)[0].every);
    for (const {d} of curves) {
      const points = [...d.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
      expect(points).toHaveLength(41);
      for (const [x, y] of points) {
        expect(x).toBeLessThanOrEqual(PICTURE.width);
        expect(y).toBeLessThanOrEqual(PICTURE.height);
      }
    }
  }
});
