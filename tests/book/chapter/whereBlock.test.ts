import {expect, test} from "vitest";
import {blockMap, type MapState} from "../../../src/book/chapter/whereBlock.ts";

const of = (state: Partial<MapState>) => blockMap({lit: ["q", "v"], as: "beside", rank: 4, gates: false, ...state});
const shape = (state: Partial<MapState>, name: string) => of(state).shapes.find((one) => one.name === name)?.d;
/** How many closed shapes a path has. */
const closed = (d = "") => d.match(/z/g)?.length ?? 0;

test("each adapted matrix has as many threads of B and of A as the rank, and no other matrix has any", () => {
  for (const rank of [1, 2, 4, 8]) {
    expect(closed(shape({rank}, "thread of-B"))).toBe(2 * rank);
    expect(closed(shape({rank, lit: ["q", "k", "v", "o"]}, "thread of-A"))).toBe(4 * rank);
  }
  for (const as of ["asked", "trained", "merged"] as const) expect(shape({as}, "thread of-B")).toBeUndefined();
});

test("threads of one matrix reach no other matrix", () => {
  const {places, shapes} = of({rank: 8, lit: ["q", "k", "v", "o"]});
  const rects = shapes
    .filter(({name}) => name.startsWith("thread"))
    .flatMap(({d}) => [...d.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)/g)].map((one) => one.slice(1).map(Number)));
  expect(rects).toHaveLength(64);
  for (const [x, y, width, height] of rects)
    for (const place of places)
      expect(
        x! + width! <= place.x || x! >= place.x + place.size || y! + height! <= place.y || y! >= place.y + place.size,
      ).toBe(true);
});

test("full fine-tuning colors the MLP too, and gates take two of the five tokens", () => {
  expect(shape({as: "trained"}, "mlp trained")).toBeDefined();
  expect(shape({as: "merged"}, "mlp")).toBeDefined();
  expect(closed(shape({gates: true}, "token"))).toBe(3);
  expect(closed(shape({gates: true}, "gate"))).toBe(4);
  expect(closed(shape({}, "token"))).toBe(5);
});
