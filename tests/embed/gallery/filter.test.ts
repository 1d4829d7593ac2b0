import {expect, test} from "vitest";
import {matchesWords} from "../../../src/embed/gallery/filter.ts";

test("the filter looks for every typed word, in any order, ignoring case, accents and subscripts", () => {
  const words = "rank How much of a matrix fits in rank r? Hu et al. 2021, §4.1 Gómez W₀";
  for (const typed of ["", "  ", "matrix", "RANK much", "gomez", "w0 hu", "mat"])
    expect(matchesWords(words, typed)).toBe(true);
  for (const typed of ["matrix memory", "ranks", "2022"]) expect(matchesWords(words, typed)).toBe(false);
});
