import {describe, expect, test} from "vitest";
import {readGuess, toldOf, writeGuess} from "../../src/components/guess.ts";
import {differences, parse} from "../../src/widgets/parse.ts";
import {controls} from "../../src/widgets/predict/model.ts";

const state = {strategy: "lowrank", count: 7.3, latency: 25, committed: "yes"};

describe("a guess as text", () => {
  test("is written once committed or skipped, and not before", () => {
    expect(writeGuess(state)).toBe("lowrank 7.3 25");
    expect(writeGuess({...state, count: 9, latency: 0})).toBe("lowrank 9 0");
    expect(writeGuess({...state, committed: "skipped"})).toBe("skipped");
    expect(writeGuess({...state, committed: ""})).toBeUndefined();
  });

  test("comes back as it went, through the figure's own gate", () => {
    for (const strategy of Object.keys(controls.strategy.options))
      for (const count of [3, 6.7, 11.2])
        for (const latency of [0, 25, 200]) {
          const due = {strategy, count, latency, committed: "yes"};
          const guess = readGuess(writeGuess(due));
          expect(parse(controls, toldOf(guess!).predict!)).toEqual({params: due, notes: []});
        }
    const skipped = parse(controls, toldOf(readGuess("skipped")!).predict!);
    expect([skipped.notes, differences(controls, skipped.params)]).toEqual([[], {committed: "skipped"}]);
  });

  test("any other text is none", () => {
    for (const text of [
      undefined,
      "",
      "yes",
      "lowrank",
      "lowrank 7.3",
      "lowrank 7.3 25 9",
      "lowrank,7.3,25",
      "low rank 7 2",
      "lowrank -7 25",
      "lowrank 7.3 1e9",
      "Lowrank 7 5",
      " lowrank 7 5",
      "lowrank 7 5\n",
    ])
      expect(readGuess(text), text).toBeUndefined();
  });

  test("what the gate does not know is said there and does no harm", () => {
    const {params, notes} = parse(controls, toldOf(readGuess("nothing 99 999")!).predict!);
    expect(params).toEqual({strategy: "unsure", count: 11.2, latency: 200, committed: "yes"});
    expect(notes).toHaveLength(3);
  });
});

test("the figures with the evidence are told their part as text, and of a skip that there is none", () => {
  const told = toldOf(readGuess("biases 6.1 40")!);
  expect([told.latency, told.results]).toEqual([{guess: "40"}, {guess: "6.1"}]);
  const skipped = toldOf("skipped");
  expect([skipped.latency, skipped.results]).toEqual([{guess: ""}, {guess: ""}]);
});
