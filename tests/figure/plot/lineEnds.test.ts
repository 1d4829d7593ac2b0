import fc from "fast-check";
import {expect, test} from "vitest";
import {lineY} from "../../../src/figure/plot/marks.ts";
import {drawPlot} from "../../../src/figure/plot/plot.ts";
import {emptyGroup} from "../../figures/promises/stage.ts";

type Point = readonly [x: number, y: number];

const [WIDTH, HEIGHT] = [300, 200];

/** The corners of a leader. */
function cornersOf(leader: Element): Point[] {
  const [x, y, edge, end, place] = leader
    .getAttribute("d")!
    .match(/-?[\d.]+/g)!
    .map(Number) as number[];
  return [
    [x!, y!],
    [edge!, y!],
    [end!, place!],
  ];
}

/** On which side of the line from a to b a point is. */
const side = ([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): number =>
  Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));

const cross = (a: Point, b: Point, c: Point, d: Point): boolean =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

test("leaders never cross, also those of lines that end early", () => {
  const end = fc.record({x: fc.integer({min: 0, max: WIDTH}), y: fc.integer({min: 0, max: HEIGHT})});
  fc.assert(
    fc.property(fc.array(end, {minLength: 2, maxLength: 7}), (ends) => {
      const g = emptyGroup();
      const marks = ends.map(({x, y}, i) => lineY([0, x], {x: (step) => step, y, end: String(i)}));
      const [across, up] = [{domain: [0, WIDTH]}, {domain: [0, HEIGHT]}] as const;
      drawPlot(g, {alt: "Lines.", x: across, y: up, marks}, WIDTH + 60, HEIGHT + 34);
      const leaders = [...g.querySelectorAll(".leaders path")].map(cornersOf);
      expect(leaders).toHaveLength(ends.length);
      leaders.forEach((one, i) => {
        for (const other of leaders.slice(i + 1))
          for (let n = 1; n < one.length; n++)
            for (let m = 1; m < other.length; m++)
              expect(cross(one[n - 1]!, one[n]!, other[m - 1]!, other[m]!)).toBe(false);
      });
    }),
  );
});
