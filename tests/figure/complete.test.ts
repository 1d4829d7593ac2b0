import {expect, test} from "vitest";
import {complete, isComplete} from "../../src/figure/complete.ts";
import type {AnyWidget} from "../../src/figure/widget.ts";

const rest = {summary: () => "long", readouts: () => [], table: () => ({caption: "", columns: [], rows: []})};

test("a card gets the rest, for all figures that have it", async () => {
  const full = async () => ({default: {...rest, draw: () => {}}});
  const w = {title: "Which?", draw: () => {}, full} as unknown as AnyWidget;
  expect(isComplete(w)).toBe(false);
  const [one, other] = await Promise.all([complete(w), complete(w)]);
  expect([one, other, await complete(w)]).toEqual([w, w, w]);
  expect([isComplete(w), one.title, one.summary({}, {})]).toEqual([true, "Which?", "long"]);
});
