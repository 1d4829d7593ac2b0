import {expect, test} from "vitest";
import {choice, range} from "../../src/widgets/controls.ts";
import {granted} from "../../src/widgets/granted.ts";

const controls = {
  r: range(["Rank"], {min: 1, max: 8, value: 2}),
  source: choice(["Matrix"], {a: "A", b: "B"}, "a"),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true}),
};
const of = (query: string) => granted(controls, new URLSearchParams(query));

test("without a word everything is granted", () => {
  expect(of("")).toEqual({locked: [], unseen: [], notes: []});
  expect(of("controls=all&lock=&r=3")).toEqual({locked: [], unseen: [], notes: []});
});

test("lock holds the controls it names, says so, and ignores other names", () => {
  expect(of("lock=seed, r,theme")).toEqual({
    locked: ["r", "seed"],
    unseen: [],
    notes: ["Held by this link: Rank, Seed."],
  });
  expect(of("lock=source").notes).toEqual(["Held by this link: Matrix."]);
  expect(of("lock=__proto__,constructor").locked).toEqual([]);
});

test.each([
  ["none", ["r", "source", "seed"]],
  ["basic", ["seed"]],
  ["r", ["source", "seed"]],
  ["r,seed,stranger", ["source"]],
])("controls=%s hides %j", (value, unseen) => {
  expect(of(`controls=${value}`)).toEqual({locked: [], unseen, notes: []});
});

test("a word that is none of these is said, and all are shown", () => {
  const {unseen, notes} = of("controls=few");
  expect([unseen, notes]).toEqual([
    [],
    ["controls should be all, basic, none or names of controls; “few” is not, so all are shown."],
  ]);
});
