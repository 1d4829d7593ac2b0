import {describe, expect, test} from "vitest";
import {choice, hiddenText, type Params, range, typedNumber} from "../../src/figure/controls.ts";
import {differences, parse} from "../../src/figure/parse.ts";

const controls = {
  r: range(["Rank"], {min: 0, max: 8, value: 4}),
  share: range(["Share"], {min: 0.1, max: 0.9, step: 0.1, value: 0.5}),
  d: typedNumber(["Rows"], {min: 1, max: 65_536, value: 64}),
  kind: choice(["Kind"], {one: "One", two: "Two"}, "one"),
  rate: choice(["Rate"], {"0.1": "0.1", "10.0": "10"}, "0.1"),
  text: hiddenText(["the text"], 10, (text) =>
    text.startsWith("x") ? "Texts that begin with x were not due." : undefined,
  ),
};
const at = {r: 4, share: 0.5, d: 64, kind: "one", rate: "0.1", text: ""};
/** r ends where d does. */
const boundsOf = ({d}: Params<typeof controls>) => ({r: [0, Math.min(d, 8)]}) as const;

describe("parse", () => {
  test("gives the defaults for nothing, and ignores what is no control", () => {
    for (const raw of [{}, {zz: 1, __proto__: {r: 2}, constructor: 3}, {r: undefined, d: null}])
      expect(parse(controls, raw)).toMatchObject({params: at, notes: []});
  });

  test.each([
    ["r", "3", 3],
    ["r", 3, 3],
    ["r", " 7 ", 7],
    ["r", 5.0, 5],
    ["share", "0.7", 0.7],
    ["share", 0.1 + 0.2, 0.3],
    ["d", "65536", 65_536],
    ["kind", "two", "two"],
    ["rate", "10", "10.0"],
    ["rate", 0.1, "0.1"],
    ["text", " hello ", "hello"],
  ])("takes %s = %j", (name, came, value) => {
    const {params} = parse(controls, {[name]: came});
    expect(params).toEqual({...at, [name]: value});
  });

  test.each([
    ["r", "999", 8, "r should be a whole number from 0 to 8; 999 is not, so 8 is shown."],
    ["r", -1, 0, "r should be a whole number from 0 to 8; -1 is not, so 0 is shown."],
    ["r", "abc", 4, "r should be a whole number from 0 to 8; “abc” is not, so 4 is shown."],
    ["r", "", 4, "r should be a whole number from 0 to 8; “” is not, so 4 is shown."],
    ["r", Number.NaN, 4, "r should be a whole number from 0 to 8; “NaN” is not, so 4 is shown."],
    ["r", "1e999", 4, "r should be a whole number from 0 to 8; “1e999” is not, so 4 is shown."],
    ["r", {a: 1}, 4, "r should be a whole number from 0 to 8; “an object” is not, so 4 is shown."],
    ["r", 2.4, 2, "r should be a whole number from 0 to 8; 2.4 is not, so 2 is shown."],
    ["share", "0.77", 0.8, "share should be a number from 0.1 to 0.9 in steps of 0.1; 0.77 is not, so 0.8 is shown."],
    ["d", 70_000, 65_536, "d should be a whole number from 1 to 65,536; 70000 is not, so 65,536 is shown."],
    ["kind", "three", "one", "kind should be one of one, two; “three” is not, so one is shown."],
    ["kind", "__proto__", "one", "kind should be one of one, two; “__proto__” is not, so one is shown."],
    ["kind", "toString", "one", "kind should be one of one, two; “toString” is not, so one is shown."],
    ["text", "x1", "", "text was left as it is. Texts that begin with x were not due."],
    ["text", "a".repeat(11), "", "text was left as it is. At most 10 characters of the text were due."],
  ])("%s = %j becomes %j, and it says so", (name, came, value, note) => {
    expect(parse(controls, {[name]: came})).toMatchObject({params: {...at, [name]: value}, notes: [note]});
  });

  test("what it quotes is short, whatever came", () => {
    const {notes} = parse(controls, {r: "y".repeat(10_000), kind: "z".repeat(10_000)});
    expect(notes).toHaveLength(2);
    for (const note of notes) expect(note.length).toBeLessThan(130);
  });

  test("an object that would throw as text is refused like any other", () => {
    const trap = {
      toString() {
        throw new Error("a trap");
      },
    };
    for (const came of [trap, Object.create(null), {toString: 1, valueOf: 1}, [[]], () => 1])
      for (const name of Object.keys(controls)) expect(() => parse(controls, {[name]: came})).not.toThrow();
  });

  test("keeps what was there when a value is refused", () => {
    const base = {...at, r: 6, kind: "two", text: "was"} as Params<typeof controls>;
    expect(parse(controls, {r: "no", kind: 3, text: "xx", share: 0.6}, {base}).params).toEqual({...base, share: 0.6});
  });

  test("ends that depend on other values hold, whichever comes first, and are the ones it names", () => {
    expect(parse(controls, {r: 6, d: 3}, {boundsOf})).toMatchObject({
      params: {...at, r: 3, d: 3},
      notes: ["r should be a whole number from 0 to 3; 6 is not, so 3 is shown."],
    });
    expect(parse(controls, {d: 3}, {boundsOf})).toMatchObject({params: {...at, r: 3, d: 3}, notes: []});
    expect(parse(controls, {d: 3, r: "q"}, {boundsOf}).notes).toEqual([
      "r should be a whole number from 0 to 3; “q” is not, so 3 is shown.",
    ]);
  });
});

describe("differences", () => {
  test("are only what is not the default, as text", () => {
    expect(differences(controls, at as Params<typeof controls>)).toEqual({});
    expect(differences(controls, {...at, r: 8, share: 0.3, kind: "two"} as Params<typeof controls>)).toEqual({
      r: "8",
      share: "0.3",
      kind: "two",
    });
  });
});
