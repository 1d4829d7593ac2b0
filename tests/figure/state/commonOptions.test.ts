import {describe, expect, test} from "vitest";
import {commonRows, frameRows} from "../../../src/embed/gallery/parameterRows.ts";
import {
  commonOptions,
  isCommonOption,
  type OptionValues,
  readOptions,
} from "../../../src/figure/state/commonOptions.ts";

const asIs: OptionValues = {
  theme: "auto",
  background: "card",
  border: "1",
  layout: "auto",
  controls: "all",
  lock: "",
  hide: "",
  motion: "auto",
  predict: "auto",
  answers: "1",
  links: "1",
  title: "1",
  caption: "1",
  table: "auto",
};

describe("what may be asked of every widget", () => {
  test("is known to the shell by name before it is loaded, and told in the table, each once", () => {
    const names = Object.keys(commonOptions);
    expect(Object.keys(asIs)).toEqual(names);
    expect(names.filter(isCommonOption)).toEqual(names);
    for (const name of ["name", "r", "s", "id", "themes", "atheme", "toString"])
      expect(isCommonOption(name)).toBe(false);
    expect(commonRows.map(({name}) => name)).toEqual([...names, "s"]);
    expect(frameRows.map(({name}) => name)).toEqual(["id", "origin"]);
    for (const {values, meaning, defaultText} of [...commonRows, ...frameRows]) {
      expect(meaning).toMatch(/^(?=.{20})[A-Z].*[^.]$/);
      expect([values, defaultText]).not.toContain("");
    }
  });

  test.each([
    [{}, {}],
    [
      {theme: "dark", answers: "0"},
      {theme: "dark", answers: "0"},
    ],
    [{theme: "", answers: null, table: undefined}, {}],
    [
      {answers: false, title: 0, table: true, links: 1},
      {answers: "0", title: "0", table: "1"},
    ],
    [
      {lock: ["r", "alpha"], controls: ["r"]},
      {lock: "r,alpha", controls: "r"},
    ],
    [{stranger: 1, __proto__: {theme: "dark"}, name: "rank", r: 9}, {}],
  ])("%j asks for %j, and nothing is said", (raw, asked) => {
    expect(readOptions(raw)).toMatchObject({params: {...asIs, ...asked}, notes: []});
  });

  test("what cannot be taken leaves what was asked before, and is said", () => {
    const before = {...asIs, theme: "dark"} as const;
    const {params, notes} = readOptions({theme: "beamer", table: "2", lock: "x".repeat(401)}, before);
    expect(params).toEqual(before);
    expect(notes).toEqual([
      "theme should be one of auto, light, dark, contrast, projector; “beamer” is not, so dark is shown.",
      "lock was left as it is. At most 400 characters of the list were due.",
      "table should be one of 0, 1, auto; “2” is not, so auto is shown.",
    ]);
    expect(readOptions({theme: null}, before).params).toEqual(asIs);
  });
});
