import {expect, test} from "vitest";
import {type Tuning, tuned} from "../../src/figures/tuned.ts";
import {emptyGroup, nodesOf} from "../widgets/stage.ts";

const options = {
  ...{width: 120, height: 80, bottom: -3, top: 1},
  settings: ["a", "b", "c", "d"],
  at: 1,
  onMove() {},
};
const ways: readonly Tuning[] = [
  {name: "one", label: "One", values: [10, 1, 0.1, 0.01], best: 3},
  {name: "two", label: "Two", values: [1, 0.1, undefined, undefined], best: 1},
];

const draw = (all: readonly Tuning[], g = emptyGroup()) => {
  tuned(g, all, options);
  return g;
};
const places = (g: Element, selector: string) =>
  [...g.querySelectorAll(selector)].map((node) => ["cx", "cy"].map((name) => Number(node.getAttribute(name))));

test("equal ratios are equally deep, a setting stands every third of the width", () => {
  expect(places(draw(ways), ".now.one")).toEqual([
    [0, 0],
    [40, 20],
    [80, 40],
    [120, 60],
  ]);
});

test("where there is no value there is no point, and a ring is around the best", () => {
  const g = draw(ways);
  expect(places(g, ".now.two")).toEqual([
    [0, 20],
    [40, 40],
  ]);
  expect(places(g, ".ring")).toEqual([
    [120, 60],
    [40, 40],
  ]);
});

test("what leaves the axis has no point", () => {
  expect(places(draw([{name: "one", label: "One", values: [100, 1, 1e-9, 0], best: 3}]), ".now")).toEqual([[40, 20]]);
});

test("every other setting is named; drawn again, or with other ways, no node is left over", () => {
  const g = draw(ways);
  expect([...g.querySelectorAll(".x text")].map((node) => node.textContent)).toEqual(["a", "", "c", ""]);
  const nodes = nodesOf(g);
  draw(ways, g);
  expect(nodesOf(g)).toEqual(nodes);
  draw([{...ways[0]!, name: "three"}], g);
  expect(g.querySelectorAll(".line")).toHaveLength(1);
  draw([], g);
  expect(g.querySelectorAll(".line, .now, .ring")).toHaveLength(0);
});
