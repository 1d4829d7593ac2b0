/** What is said of the words of a merge, and that only the newest weights are asked for. */
import {expect, test} from "vitest";
import {doubtCell} from "../../src/inspect/forge/doubtPart.ts";
import {matchSentence, oneForForgeSentence, wordListText} from "../../src/inspect/forge/forgeWords.ts";
import {oneAtATime} from "../../src/inspect/oneAtATime.ts";
import type {OpenAdapter} from "../../src/inspect/state.ts";

const rows = "The words of a row share their random draws.";

test.each<[[number, number], string, string]>([
  [[1, 0], "a b c", "The merge matches adapter 1 in every row."],
  [[0, 1], "d e f", "The merge matches adapter 2 in every row."],
  [[1, 1], "x y z", "The merge matches neither adapter in any row."],
  [[1, 1], "a y f", "The merge matches adapter 1 in 1 of 3 rows and adapter 2 in 1 of 3 rows."],
  [[1, 1], "a b z", "The merge matches adapter 1 in 2 of 3 rows and adapter 2 in no row."],
  [[1, 1], "b a z", "The merge matches neither adapter in any row."],
  [[0, 0], "x y z", "With both weights at 0, the last column is the base alone."],
])("at %o the words %s: %s", (weights, merge, said) => {
  expect(matchSentence(weights, ["a", "b", "c"], ["d", "e", "f"], merge.split(" "))).toBe(`${rows} ${said}`);
});

test("words are read out as a list, and one that ended at once is a dash", () => {
  expect(wordListText(["ann", "", "cleo"])).toBe("ann, – and cleo");
});

test("letters in doubt have one decimal, and overflow is no number", () => {
  expect([8.06, 999.96, 1000, Number.POSITIVE_INFINITY, Number.NaN].map(doubtCell)).toEqual([
    "8.1",
    "1000.0",
    "over 1,000",
    "over 1,000",
    "–",
  ]);
});

test("where one of the two is for another base, it says which and what the other names", () => {
  const place = (isForForge: boolean, base?: string) =>
    ({opened: {isForForge, facts: {...(base && {base: {name: base, from: ""}})}}}) as OpenAdapter;
  expect(oneForForgeSentence({adapters: [place(true, "word-forge"), place(false, "some/base")]})).toBe(
    "The first adapter is for our word forge, which could write words with it here. The other names some/base as its base, so the forge cannot write with both.",
  );
  expect(oneForForgeSentence({adapters: [place(false), place(true, "word-forge")]})).toMatch(
    /^The second adapter .* The other does not say which base it belongs to, so/,
  );
});

test("calls that come while one runs are one further run", async () => {
  const begun: number[] = [];
  let now = 1;
  const ends: (() => void)[] = [];
  const go = oneAtATime(() => {
    begun.push(now);
    return new Promise((resolve) => ends.push(resolve));
  });
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  go();
  for (now = 2; now <= 5; now++) go();
  now = 5;
  expect(begun).toEqual([1]);
  ends[0]!();
  await turn();
  expect(begun).toEqual([1, 5]);
  ends[1]!();
  await turn();
  expect(begun).toEqual([1, 5]);
  go();
  expect(begun).toEqual([1, 5, 5]);
});
