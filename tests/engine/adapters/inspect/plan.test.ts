/** What is planned from the headers is what is written: the same tensors, and the size to the byte. */
import {describe, expect, test} from "vitest";
import type {Change} from "../../../../src/engine/adapters/inspect/changes.ts";
import type {OpenedAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import {planOf} from "../../../../src/engine/adapters/inspect/plan.ts";
import {type TakeOptions, whyNotTaken} from "../../../../src/engine/adapters/inspect/takeHome.ts";
import {findings, fixture, openFixture, reopened, taken} from "./fixture.ts";
import {configOf, openedOf, pairsOf} from "./made.ts";

async function written(adapter: OpenedAdapter, change: Change, options: TakeOptions) {
  const files = await taken(adapter, change, options);
  const {adapter: again, model} = await reopened(files);
  const tensors = [...again.container.tensors].map(([name, {dtype, shape}]) => ({name, dtype, shape}));
  return {bytes: model.length, tensors, notes: files.notes};
}

const sorted = <T extends {name: string}>(tensors: T[]) => tensors.sort((a, b) => (a.name < b.name ? -1 : 1));

/** The plan is what is written, or both throw the same. */
async function agree(adapter: OpenedAdapter, change: Change, options: TakeOptions) {
  const due = await written(adapter, change, options).catch((error: Error) => error.message);
  if (typeof due === "string") {
    expect(() => planOf(adapter, change, options)).toThrow(due.slice(0, 60));
    return false;
  }
  const {bytes, tensors, notes} = planOf(adapter, change, options);
  const planned = [...tensors].map(([name, {dtype, shape}]) => ({name, dtype, shape: [...shape]}));
  expect(sorted(planned)).toEqual(sorted(due.tensors));
  expect([bytes, notes]).toEqual([due.bytes, due.notes]);
  return true;
}

const ways: TakeOptions[] = [{as: "PEFT"}, {as: "same"}, {as: "PEFT", dtype: "F16"}, {as: "same", dtype: "F64"}];

describe.each(Object.keys(fixture.adapters))("%s", (name) => {
  test.each(ways)("as it is and cut: %o", async (options) => {
    const adapter = await openFixture(name);
    if (whyNotTaken(adapter, options.as)) {
      expect(() => planOf(adapter, {kind: "none"}, options)).toThrow(whyNotTaken(adapter, options.as));
      return;
    }
    await agree(adapter, {kind: "none"}, options);
    const ranks = new Map((await findings(adapter)).map((one) => [one.name, 1]));
    await agree(adapter, {kind: "cut", ranks}, options);
  });

  test.each([{}, {rank: 2}, {factorwise: true}, {entries: {method: "ties", density: 0.5, seed: 1} as const}])(
    "merged with itself: %o",
    async (more) => {
      const adapter = await openFixture(name);
      const as = whyNotTaken(adapter, "PEFT") === undefined ? "PEFT" : "same";
      if (whyNotTaken(adapter, as)) return;
      await agree(adapter, {kind: "merge", other: adapter, weights: [1, 0.5], ...more}, {as});
    },
  );
});

test("a merge of two that share some modules, one of which cannot be used", async () => {
  const [one, two] = [
    await openedOf(pairsOf(["a.q", "b.q", "c.q"]), configOf({})),
    await openedOf(pairsOf(["b.q", "c.q", "d.q", "e.q"], 3), configOf({r: 3})),
  ];
  const without = new Map([
    ["c.q", "its A holds NaN"],
    ["e.q", "its A holds NaN"],
  ]);
  const change: Change = {kind: "merge", other: two, weights: [1, 1], without};
  expect(await agree(one, change, {as: "PEFT"})).toBe(true);
  expect(await agree(one, {...change, rank: 2}, {as: "PEFT", without: new Map([["a.q", "it is odd"]])})).toBe(true);
  expect(planOf(one, change, {as: "PEFT"}).ranks).toEqual([2, 5, 3]);
  expect(await agree(one, {...change, factorwise: true}, {as: "PEFT"})).toBe(false);
});
