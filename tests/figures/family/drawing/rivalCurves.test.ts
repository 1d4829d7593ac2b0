import {expect, test} from "vitest";
import {type Floor, type Rival, rivalCurves} from "../../../../src/figures/family/drawing/rivalCurves.ts";
import {emptyGroup} from "../../promises/stage.ts";

const options = {
  ...{width: 120, height: 80, bottom: -3, top: 1},
  places: ["a", "b", "c", "d"],
  ...{each: 2, hasPoints: true, hasNames: true, at: 1},
  onMove() {},
};
const ways: readonly Rival[] = [
  {name: "one", label: "One", values: [10, 1, 0.1, 0.01], best: 3},
  {name: "two", label: "Two", values: [1, 0.1, undefined, undefined], best: 1},
];
const bars: readonly Floor[] = [{name: "floor", label: "floor", value: 0.1}];

const draw = (all: readonly Rival[], changed: Partial<typeof options> = {}, g = emptyGroup()) => {
  rivalCurves(g, all, bars, {...options, ...changed});
  return g;
};
const numbers = (node: Element, names: readonly string[]) => names.map((name) => Number(node.getAttribute(name)));
const places = (g: Element, selector: string) =>
  [...g.querySelectorAll(selector)].map((node) => numbers(node, ["cx", "cy"]));
const texts = (g: Element, selector: string) => [...g.querySelectorAll(selector)].map((node) => node.textContent);

test("equal ratios are equally deep, four places are thirds of the width apart", () => {
  expect(places(draw(ways), ".now.one")).toEqual([
    [0, 0],
    [40, 20],
    [80, 40],
    [120, 60],
  ]);
  const [bar] = draw(ways).querySelectorAll(".bars line");
  expect(numbers(bar!, ["x2", "y1", "y2"])).toEqual([120, 40, 40]);
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

test("without points only the marked place has one", () => {
  expect(places(draw(ways, {hasPoints: false}), ".now")).toEqual([
    [40, 20],
    [40, 40],
  ]);
});

test("a line breaks where a value is off the axis or missing", () => {
  const g = draw([{name: "one", label: "One", values: [1, 100, 1, 0]}]);
  expect(g.querySelector("path.line")!.getAttribute("d")).toBe("M0,20M80,20");
  expect(
    draw([{name: "one", label: "One", values: [1, 1, undefined, 1]}])
      .querySelector("path.line")!
      .getAttribute("d"),
  ).toBe("M0,20L40,20M120,20");
});

test("names stand apart from each other, at the ends of what they name", () => {
  const g = draw(ways);
  expect(texts(g, ".labels text")).toEqual(["One", "Two", "floor"]);
  const heights = [...g.querySelectorAll(".labels text")]
    .map((node) => Number(node.getAttribute("y")))
    .sort((a, b) => a - b);
  for (let i = 1; i < heights.length; i++) expect(heights[i]! - heights[i - 1]!).toBeGreaterThanOrEqual(15);
  expect(texts(draw(ways, {hasNames: false}), ".labels text")).toEqual([]);
});

test("every other place is written", () => expect(texts(draw(ways), ".x text")).toEqual(["a", "c"]));
