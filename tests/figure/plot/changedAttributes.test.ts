import {select} from "d3";
import {expect, test, vi} from "vitest";
import "../../../src/figure/plot/changedAttributes.ts";
import {emptyGroup} from "../../figures/promises/stage.ts";

test("an attribute is written where it differs, and only there", () => {
  const g = emptyGroup();
  const rects = () => select(g).selectChildren<Element, number>("rect").data([1, 2, 3]).join("rect");
  rects().attr("x", (d) => 10 * d);
  const writes = [...g.children].map((rect) => vi.spyOn(rect, "setAttribute"));
  rects().attr("x", (d, i) => (i === 1 ? 21 : 10 * d));
  expect(writes.map(({mock}) => mock.calls)).toEqual([[], [["x", "21"]], []]);
  expect([...g.children].map((rect) => rect.getAttribute("x"))).toEqual(["10", "21", "30"]);
});

test("nothing takes an attribute away, and without a value it is read", () => {
  const g = emptyGroup();
  const one = select(g).attr("class", "map").attr("hidden", true);
  expect([one.attr("class"), one.attr("hidden")]).toEqual(["map", "true"]);
  one.attr("class", null).attr("hidden", () => undefined as unknown as null);
  expect([g.hasAttribute("class"), g.hasAttribute("hidden")]).toEqual([false, false]);
});
