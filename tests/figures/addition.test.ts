import {expect, test} from "vitest";
import {defaults} from "../../src/figure/controls.ts";
import {compute, controls, mergedOutput} from "../../src/figures/addition/model.ts";

const usual = defaults(controls);

test("merged, every output is what it was side by side", () => {
  for (const word of ["anna", "emilia", "john"] as const)
    for (let letter = 1; letter <= word.length; letter++) {
      const result = compute({...usual, word, letter});
      for (const [i, value] of mergedOutput(result).entries()) expect(value).toBeCloseTo(result.h[i]!, 12);
    }
});

test("before the first step B is zero and pushes nothing; after it B has moved and A has not", () => {
  const [start, first] = (["0", "1"] as const).map((step) => compute({...usual, phase: "training", step}));
  expect([...start!.push].every((value) => value === 0)).toBe(true);
  expect([...first!.B].every((value) => value !== 0)).toBe(true);
  expect(first!.A).toEqual(start!.A);
});
