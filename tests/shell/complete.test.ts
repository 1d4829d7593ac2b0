import {expect, test} from "vitest";
import {complete, isComplete} from "../../src/shell/complete.ts";
import type {AnyWidget} from "../../src/shell/widget.ts";

const rest = {summary: () => "long", readouts: () => [], table: () => ({caption: "", columns: [], rows: []})};

test("a card gets the rest once, for all figures that have it", async () => {
  let loads = 0;
  const full = async () => {
    loads++;
    return {default: {...rest, draw: () => {}}};
  };
  const w = {title: "Which?", draw: () => {}, full} as unknown as AnyWidget;
  expect(isComplete(w)).toBe(false);
  const [one, other] = await Promise.all([complete(w), complete(w)]);
  expect([one, other, await complete(w)]).toEqual([w, w, w]);
  expect([loads, isComplete(w), one.title, one.summary({}, {})]).toEqual([1, true, "Which?", "long"]);
});

test("what did not load is asked for again", async () => {
  let loads = 0;
  const full = async () => {
    if (loads++ === 0) throw new Error("Offline");
    return {default: rest};
  };
  const w = {full} as unknown as AnyWidget;
  await expect(complete(w)).rejects.toThrow("Offline");
  expect(isComplete(w)).toBe(false);
  expect((await complete(w)).summary({}, {})).toBe("long");
});
