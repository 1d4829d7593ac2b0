/** How many words of a reader's own are needed: the stored runs, and what the lab says of so many words. */
import {describe, expect, test} from "vitest";
import {expectation, MAX_WORDS, MIN_WORDS, OUTCOMES, stepsFor} from "../../../../src/figures/lab/own/words.ts";
import {createLabKernels} from "../../../../src/tools/loadBase.ts";
import {COUNTS, readOwn, runAsInLab} from "../../../../src/tools/sweepOwn.ts";
import {oneOf} from "../../../third.ts";

const {base, of200Steps, asInLab: lab, invented} = readOwn();
const {names, french} = lab;
const at = <T extends {words: number}>(list: readonly T[], words: number) => list.find((one) => one.words === words)!;
/** What a run of the lab gains on words it never saw, in nats a letter. */
const gain = (list: "names" | "french", words: number) => base[list] - at(lab[list], words).loss;

describe("the runs of npm run sweep:own", () => {
  test("come to the same when they are trained again", () => {
    const kernels = createLabKernels();
    for (const [list, words] of oneOf([
      ["names", 20],
      ["names", 100],
      ["french", 50],
    ] as const))
      expect(runAsInLab(kernels, list, words, 7)).toEqual(at(lab[list], words).ofSeed7);
  });

  test("are of the lab's own numbers of words and steps", () => {
    expect(COUNTS).toContain(MIN_WORDS);
    expect(Math.max(...COUNTS)).toBe(MAX_WORDS);
    for (const list of [names, french])
      expect(list.map(({words, steps}) => [words, steps])).toEqual(COUNTS.map((count) => [count, stepsFor(count)]));
  });
});

describe("what the lab says of so many words", () => {
  test("fewer than the fewest teach it nothing about others like them, on either list", () => {
    expect(expectation(10)).toContain(`Fewer than ${MIN_WORDS} words can only be memorized.`);
    for (const list of ["names", "french"] as const) expect(gain(list, 10), list).toBeLessThan(0);
  });

  test("twenty are a hint, fifty have something to give on both lists, and each further stage gives more", () => {
    expect(OUTCOMES.map(({from}) => from)).toEqual([20, 50, 100, 200]);
    expect(gain("names", 20)).toBeGreaterThan(0);
    for (const list of ["names", "french"] as const) {
      expect(gain(list, 20), list).toBeLessThan(0.1);
      expect(gain(list, 50), list).toBeGreaterThan(0.1);
      const gains = COUNTS.map((count) => gain(list, count));
      expect(
        [...gains].sort((a, b) => a - b),
        list,
      ).toEqual(gains);
    }
  });

  test("few of what it invents from 200 are copies", () => {
    expect(expectation(200)).toContain("copy few");
    for (const list of [names, french])
      for (const {words, copies} of list) if (words >= 200) expect(copies / invented).toBeLessThan(0.05);
  });

  test("the steps are those that so many words are good for: near the best of a long run, which repeats a short list at its end", () => {
    for (const {words, bestLoss, bestStep, lastLoss, lastCopies} of of200Steps) {
      if (words >= MIN_WORDS && words <= MAX_WORDS)
        expect(at(names, words).loss, `${words}`).toBeLessThan(bestLoss + 0.1);
      if (words > 100) continue;
      expect(bestStep).toBeLessThanOrEqual(stepsFor(words));
      expect(lastLoss).toBeGreaterThan(base.names);
      expect(lastCopies).toBeGreaterThan(at(names, words).copies + 50);
    }
  });
});
