import {describe, expect, test} from "vitest";
import {parametersFrom, readGuess, writeGuess} from "../../../src/book/quiz/figureGuess.ts";
import {defaults} from "../../../src/figure/controls.ts";
import {differences, parse} from "../../../src/figure/parse.ts";
import {controls} from "../../../src/figures/predict/model.ts";

const state = {strategy: "lowrank", count: 7.3, latency: 25, committed: "yes"};

describe("a guess as text", () => {
  test("is written once committed or skipped, and not before", () => {
    expect(writeGuess(state)).toBe("lowrank 7.3 25");
    expect(writeGuess({...state, count: 9, latency: 0})).toBe("lowrank 9 0");
    expect(writeGuess({...state, committed: "skipped"})).toBe("skipped");
    expect(writeGuess({...state, committed: ""})).toBeUndefined();
  });

  test("is read back into parameters that the figure accepts", () => {
    for (const strategy of Object.keys(controls.strategy.options))
      for (const count of [3, 6.7, 11.2])
        for (const latency of [0, 25, 200]) {
          const due = {strategy, count, latency, committed: "yes"};
          const guess = readGuess(writeGuess(due));
          expect(parse(controls, parametersFrom(guess!).predict!)).toMatchObject({params: due, notes: []});
        }
    const skipped = parse(controls, parametersFrom(readGuess("skipped")!).predict!);
    expect([skipped.notes, differences(controls, skipped.params)]).toEqual([[], {committed: "skipped"}]);
  });

  test("is not read from any other text", () => {
    const others = ["", "yes", "lowrank", "lowrank 7.3", "lowrank 7.3 25 9", "lowrank,7.3,25", "low rank 7 2"];
    const near = ["lowrank -7 25", "lowrank 7.3 1e9", "Lowrank 7 5", " lowrank 7 5", "lowrank 7 5\n"];
    for (const text of [undefined, ...others, ...near]) expect(readGuess(text), text).toBeUndefined();
  });

  test("with unknown values is corrected by the figure, which says so", () => {
    const {params, notes} = parse(controls, parametersFrom(readGuess("nothing 99 999")!).predict!);
    expect(params).toEqual({strategy: "unsure", count: 11.2, latency: 200, committed: "yes"});
    expect(notes).toHaveLength(3);
  });
});

test("the figures with the evidence get their part of the guess, and an empty one after a skip or from a slider that was not moved", () => {
  const parameters = parametersFrom(readGuess("biases 6.1 40")!);
  expect([parameters.latency, parameters.results]).toEqual([{guess: "40"}, {guess: "6.1"}]);
  const unmoved = parametersFrom(readGuess(writeGuess({...defaults(controls), committed: "yes"}))!);
  expect([unmoved.latency, unmoved.results]).toEqual([{guess: ""}, {guess: ""}]);
  const skipped = parametersFrom("skipped");
  expect([skipped.latency, skipped.results]).toEqual([{guess: ""}, {guess: ""}]);
});
