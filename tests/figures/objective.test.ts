import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {FRAMES, type Frame} from "../../src/figure/plot/picture.ts";
import {builtRoom} from "../../src/figure/plot/room.ts";
import {compute, controls, type ObjectiveSnapshot, readObjective, ready} from "../../src/figures/objective/model.ts";
import w from "../../src/figures/objective/widget.ts";
import {chancesIn} from "./oracles/objective.ts";
import {emptyRoot, nobody} from "./promises/stage.ts";

await ready();
/** Widths of rooms in CSS pixels that get these frames. */
const WIDTHS = {narrow: 309, mid: 457, wide: 660} as const;
const snapshotOf = (word: string) => compute({word}).next().value as ObjectiveSnapshot;
const resultOf = (word: string) => readObjective([snapshotOf(word)]);

test.each(["anna", "", "z", "gadring", "aaaaaaaaaaa", "qxzvqxzvqxz"])(
  "log p of “%s” is what a plain forge gives, each letter after all before it",
  (word) => {
    const {logs, counts} = snapshotOf(word);
    for (const [trained, chances] of Object.entries(chancesIn(word)))
      expect(logs[trained as keyof typeof logs]).toEqual(chances.map((one) => expect.closeTo(Math.log(one), 9)));
    expect(counts).toEqual({base: 0, lora: 1024, full: 26_848});
  },
);

test("the sums of anna are those of chapter 4", () => {
  const {sums} = resultOf("anna");
  expect([sums.base, sums.lora, sums.full].map((sum) => sum.toFixed(1))).toEqual(["-14.7", "-7.9", "-6.9"]);
});

describe.each(Object.entries(FRAMES) as [Frame, number][])("in the %s frame", (frame, width) => {
  const drawn = (word: string, trained: string) => {
    const root = emptyRoot();
    const params = parse(controls, {word, trained}).params;
    w.draw(root, resultOf(word), params, nobody, {...builtRoom("card"), widthOf: () => WIDTHS[frame]});
    const d = (selector: string) =>
      [...root.querySelectorAll(`.chart.${frame} ${selector}`)].map((one) => one.getAttribute("d")!);
    /** From the left to the right end of each bar. */
    const ends = (selector: string) => d(selector).map((path) => path.match(/[\d.]+/g)!.map(Number));
    return {root, ends};
  };

  test.each(["anna", "", "christopher", "qxzvqxzvqxz"])("a gap of “%s” is as long in its row as in the sum", (word) => {
    const {ends} = drawn(word, "lora");
    for (const [row, sum] of [
      [".was.mark-bar path", ".strip:nth-of-type(1) .mark-bar path"],
      [".now.mark-bar path", ".strip:nth-of-type(2) .mark-bar path"],
    ] as const) {
      const gaps = ends(row).map(([left, , right]) => right! - left!);
      const pieces = ends(sum).map(([left, , right]) => right! - left!);
      expect(gaps).toHaveLength(word.length + 1);
      // A piece ends 1.5 units early, so that two are told apart.
      expect(pieces).toEqual(gaps.map((gap) => expect.closeTo(Math.max(gap - 1.5, 0.5), 0)));
      const starts = ends(sum).map(([left]) => left!);
      expect(starts).toEqual(
        gaps.map((_, at) =>
          expect.closeTo(
            gaps.slice(0, at).reduce((a, b) => a + b, 0),
            -0.5,
          ),
        ),
      );
    }
  });

  test.each(["anna", "christopher", "zzzzzzzzzzz", "qxzvqxzvqxz"])(
    "“%s” stays inside and its tiles left of its gaps",
    (word) => {
      for (const trained of ["base", "lora", "full"]) {
        const {ends} = drawn(word, trained);
        const tiles = ends(".rows .next[d]");
        const bars = ends(".was.mark-bar path");
        for (const [row, [, , right]] of tiles.entries()) expect(right).toBeLessThan(bars[row]![0]! - 4);
        for (const [, , right] of [...bars, ...ends(".strip .mark-bar path")]) expect(right).toBeLessThanOrEqual(width);
      }
    },
  );
});

test.each([
  ["anna", "lora", "The adapter takes “anna” from 1 in 2.4 million to 1 in 2,600: surer of the end, 0.89% → 47%."],
  ["max", "lora", "surer of the m, 5.1% → 8.9%, less sure of the x."],
  ["anna", "base", "a chance of 1 in 2.4 million; the forge is least sure of the end, 0.89%."],
])("what is said of %s, %s", (word, trained, said) => {
  expect(w.says!(resultOf(word), parse(controls, {word, trained}).params)).toContain(said);
});
