import {expect, test} from "vitest";
import {choice, hiddenText, range} from "../../../src/figure/controls.ts";
import {readOptions} from "../../../src/figure/state/commonOptions.ts";
import {hiddenParts, locksOf} from "../../../src/figure/state/locks.ts";

const controls = {
  r: range(["Rank"], {min: 1, max: 8, value: 2}),
  source: choice(["Matrix"], {a: "A", b: "B"}, "a"),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true}),
};
const of = (query: string) => locksOf(controls, readOptions(Object.fromEntries(new URLSearchParams(query))).params);

test("without a word everything is granted", () => {
  expect(of("")).toEqual({locked: [], unseen: [], fixed: [], notes: []});
  expect(of("controls=all&lock=&r=3")).toEqual({locked: [], unseen: [], fixed: [], notes: []});
});

test("lock holds the controls it names, says so, and ignores other names", () => {
  expect(of("lock=seed, r,theme")).toEqual({
    locked: ["r", "seed"],
    unseen: [],
    fixed: ["r", "seed"],
    notes: ["Locked by this link: Rank, Seed."],
  });
  expect(of("lock=source").notes).toEqual(["Locked by this link: Matrix."]);
  expect(of("lock=__proto__,constructor").locked).toEqual([]);
});

test.each([
  ["none", ["r", "source", "seed"]],
  ["basic", ["seed"]],
  ["r", ["source", "seed"]],
  ["r,seed,stranger", ["source"]],
])("controls=%s hides %j, and no reader may change it", (value, unseen) => {
  expect(of(`controls=${value}`)).toEqual({locked: [], unseen, fixed: unseen, notes: []});
});

test("what has no field is the picture’s own, unless it is locked", () => {
  const drawn = {...controls, cells: hiddenText(["cells"], 9, () => undefined)};
  const by = (query: Readonly<Record<string, string>>) => locksOf(drawn, readOptions(query).params).fixed;
  expect(by({controls: "none"})).toEqual(["r", "source", "seed"]);
  expect(by({controls: "none", lock: "cells"})).toEqual(["r", "source", "seed", "cells"]);
});

test("a word that is none of these is said, and all are shown", () => {
  const {unseen, notes} = of("controls=few");
  expect([unseen, notes]).toEqual([
    [],
    ["controls should be all, basic, none or names of controls; “few” is not, so all are shown."],
  ]);
});

test.each([
  ["", [], [], []],
  ["says", ["says"], [], []],
  ["explore, says", ["says", "explore"], [], []],
  ["says,controls,explore", ["says", "controls", "explore"], ["r", "source", "seed"], []],
  ["controls", ["controls"], ["r", "source", "seed"], []],
  ["graph,says", ["says"], [], ["graph"]],
  ["constructor", [], [], ["constructor"]],
] as const)(
  "hide=%s leaves out %j, fixes %j, and says of %j that it hides nothing",
  (hide, parts, fixed, strangers) => {
    const found = hiddenParts(hide);
    expect(found.parts).toEqual(parts);
    expect(of(`hide=${hide}`).fixed).toEqual(fixed);
    expect(found.notes).toHaveLength(strangers.length);
    for (const [i, name] of strangers.entries())
      expect(found.notes[i]).toBe(`hide takes says, controls, explore; “${name}” is none of them and hides nothing.`);
  },
);
