import {describe, expect, test} from "vitest";
import {defaults} from "../../../src/figure/controls.ts";
import {arrowRank, readArrows, snapped, writeArrows} from "../../../src/figures/listener/arrows.ts";
import {compute, controls, type ListenerParams, readListener, runOf} from "../../../src/figures/listener/model.ts";
import {frozenOutput, gradients, inputs, logisticLoss} from "../../../src/figures/listener/task.ts";
import listener from "../../../src/figures/listener/widget.ts";
import {slopes, taskLoss} from "../oracles/listener.ts";

const at = (values: Partial<ListenerParams>) => {
  const params = {...defaults(controls), ...values};
  return {params, result: readListener([...compute(runOf(params))], params)};
};

describe("the task", () => {
  const cloud = inputs(7, true);

  test.each([
    {a: [0.3, 0.8], b: [0, 0]},
    {a: [1.1, 0.4], b: [-0.3, 0.9]},
  ] as const)("has the loss and the gradients that differences of another loss give, at %o", ({a, b}) => {
    const points = cloud.map(({x, group}) => ({x: [...x] as [number, number], group}));
    expect(logisticLoss({a, b}, cloud)).toBeCloseTo(taskLoss([...a, ...b], points), 12);
    const found = gradients({a, b}, cloud);
    for (const [i, slope] of slopes([...a, ...b], points).entries())
      expect([...found.a, ...found.b][i]).toBeCloseTo(slope, 8);
  });

  test("begins with 75 of 160 right and ends with 160, and each step lowers the loss", () => {
    const {run} = at({view: "task"}).result;
    expect([run[0]!.rightCount, run.at(-1)!.rightCount, run.length]).toEqual([75, 160, 23]);
    for (let i = 1; i < run.length; i++) expect(run[i]!.loss).toBeLessThan(run[i - 1]!.loss);
  });

  test("W₀ shrinks the direction in which the groups differ, and shows the reading line none of it", () => {
    const [across, up] = frozenOutput("task", [Math.cos(0.5), Math.sin(0.5)]);
    expect(across).toBeCloseTo(0.28, 12);
    expect(up).toBeCloseTo(0, 12);
  });
});

describe("every output", () => {
  test.each(["one", "two"] as const)("is W₀x + Σ b(a·x), and pushes have the rank of the update: %s", (view) => {
    const {result} = at({view});
    expect(result.rank).toBe(result.arrows.length);
    for (const {x, base: from, push, h} of result.points) {
      const due = result.arrows.reduce((sum, {a, b}) => sum + b[0] * (a[0] * x[0] + a[1] * x[1]), from[0]);
      expect(h[0]).toBeCloseTo(due, 12);
      if (view === "one") expect(push[0] * 0.6 - push[1] * 1.1).toBeCloseTo(0, 12);
    }
  });

  test("is W₀x while the update is off", () => {
    for (const {base: from, h} of at({update: "off"}).result.points) expect(h).toEqual([...from]);
  });

  test("two pairs in one direction are told to be of rank 1, whether the a or the b are parallel", () => {
    for (const two of ["1,0.5,1,0,2,1,0,1", "1,0,0.5,0.5,0,1,-1,-1", "0.9,0.5,1,0.5,0,0,-0.5,0.9"]) {
      const {params, result} = at({view: "two", two});
      expect(result.rank).toBe(1);
      expect(listener.says(result, params)).toContain("rank 1");
      expect(listener.says(result, params)).not.toContain("same way");
    }
  });
});

test("arrows written as text come back; text that is none is refused with what was due", () => {
  const arrows = [{a: [0.9, 0.5], b: [1.1, -0.6]}] as const;
  expect(readArrows(writeArrows(arrows), 1)).toEqual({arrows});
  for (const text of ["1,2,3", "1,,2,3", "a,b,c,d", "1,2,3,4,5"])
    expect(readArrows(text, 1).problem).toContain("4 numbers");
  expect(readArrows("9,0,0,0", 1).problem).toContain("longer");
});

test("an arrow almost parallel to the other is put on its line, where the rank is 1", () => {
  const b = snapped([1.02, 0.49], [1, 0.5]);
  expect(
    arrowRank([
      {a: [1, 0], b: [1, 0.5]},
      {a: [0, 1], b},
    ]),
  ).toBe(1);
  expect(snapped([0, 1], [1, 0.5])).toEqual([0, 1]);
});
