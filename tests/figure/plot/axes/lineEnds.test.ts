import fc from "fast-check";
import {expect, test} from "vitest";
import {lineEnds} from "../../../../src/figure/plot/axes/lineEnds.ts";
import {emptyGroup} from "../../../figures/promises/stage.ts";

type Point = readonly [x: number, y: number];

const [WIDTH, HEIGHT] = [300, 200];

/** The corners of a leader, whether it is drawn as a line or as a path. */
function cornersOf(leader: Element): Point[] {
  const at = (name: string) => Number(leader.getAttribute(name));
  if (leader.localName === "line")
    return [
      [at("x1"), at("y1")],
      [at("x2"), at("y2")],
    ];
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
      lineEnds(
        g,
        ends.map((one, i) => ({...one, name: `n${i}`, text: String(i)})),
        WIDTH,
        HEIGHT,
      );
      const leaders = [...g.querySelectorAll(".leader")].map(cornersOf);
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
