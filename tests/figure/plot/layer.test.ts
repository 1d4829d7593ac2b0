import {expect, test} from "vitest";
import {layer} from "../../../src/figure/plot/layer.ts";
import {emptyGroup, nodesOf} from "../../figures/promises/stage.ts";

test("layer finds what it made, by tag and class, and makes nothing twice", () => {
  const g = emptyGroup();
  const one = layer(g, "rect", "one");
  const two = layer(g, "rect", "two words");
  const other = layer(g, "g", "one");
  expect(new Set([one, two, other]).size).toBe(3);
  expect([layer(g, "rect", "one"), layer(g, "rect", "two words"), layer(g, "g", "one")]).toEqual([one, two, other]);
  expect(nodesOf(g)).toHaveLength(3);
  expect([one.namespaceURI, layer(g, "p", "one").localName]).toEqual(["http://www.w3.org/2000/svg", "p"]);
});
