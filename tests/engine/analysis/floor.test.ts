import fc from "fast-check";
import {expect, test} from "vitest";
import {rankFloors} from "../../../src/engine/analysis/floor.ts";
import {add, scale, zeros} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {fullStudent} from "../../../src/engine/network/fullStudent.ts";
import {allocate} from "../../../src/engine/network/parameters.ts";
import {loraStudent, lossFloor, makeTeacher, type Teacher} from "../../../src/engine/network/teacher.ts";
import {adamw, sgd} from "../../../src/engine/training/optimizer.ts";
import {train} from "../../../src/engine/training/train.ts";

const s = Float64Array.of(4, 3, 2, 1);
const plans = [
  {d: 8, k: 6, s},
  {d: 6, k: 8, s},
  {d: 8, k: 6, s, examples: 40, noise: 0.5},
  {d: 8, k: 6, s, examples: 6, noise: 0.5},
  {d: 8, k: 6, s, examples: 3, noise: 1},
  {d: 5, k: 9, s, examples: 20},
];
const teachers = plans.map((plan, i) => makeTeacher(plan, mulberry32(70 + i)));

test("over all x and without noise it is ½ Σ σ² beyond r", () => {
  for (const teacher of teachers.slice(0, 2)) {
    const floors = rankFloors(teacher);
    expect(floors).toHaveLength(7);
    for (const [r, floor] of floors.entries()) expect(floor).toBeCloseTo(lossFloor(s, r), 12);
    expect(floors.slice(4).every((floor) => floor === 0)).toBe(true);
  }
});

test("at rank 0 it is the loss of the untouched W0; it falls with the rank; beyond the examples nothing is left", () => {
  for (const teacher of teachers) {
    const floors = rankFloors(teacher);
    const student = fullStudent(teacher);
    expect(floors[0]).toBeCloseTo(student.loss(allocate(student.params.layout)), 10);
    for (let r = 1; r < floors.length; r++) expect(floors[r]).toBeLessThanOrEqual(floors[r - 1]!);
  }
  expect(rankFloors(teachers[3]!).at(-1)).toBe(0);
  expect(rankFloors(teachers[4]!)).toHaveLength(4);
  expect(rankFloors(teachers[4]!).at(-1)).toBe(0);
  expect(rankFloors(teachers[2]!).at(-1)).toBeGreaterThan(0.1);
});

const lossAt = (teacher: Teacher, r: number, A: Float64Array, B: Float64Array): number => {
  const student = loraStudent(teacher, {r, alpha: r}, mulberry32(1));
  student.params.views.A!.data.set(A);
  student.params.views.B!.data.set(B);
  return student.loss(allocate(student.params.layout));
};

test("no pair of 300 random ones is below it, and training comes down to it", () => {
  fc.assert(
    fc.property(fc.constantFrom(...teachers.keys()), fc.integer({min: 1, max: 4}), fc.nat(), (i, r, seed) => {
      const teacher = teachers[i]!;
      const random = mulberry32(seed);
      const [A, B] = [randn(r, teacher.W0.cols, random), randn(teacher.W0.rows, r, random)];
      const floor = rankFloors(teacher)[Math.min(r, rankFloors(teacher).length - 1)]!;
      expect(lossAt(teacher, r, A.data, B.data)).toBeGreaterThan(floor);
    }),
    {seed: 8, numRuns: 300},
  );
  for (const [i, teacher] of teachers.entries())
    for (const r of [1, 2, 3]) {
      const floor = rankFloors(teacher)[r]!;
      const run = [
        ...train(loraStudent(teacher, {r, alpha: 2 * r}, mulberry32(9)), {
          optimizer: adamw,
          rate: 0.02,
          steps: 1500,
          weightDecay: 0,
        }),
      ];
      for (const {loss} of run) expect(loss).toBeGreaterThanOrEqual(floor * (1 - 1e-12));
      expect(run.at(-1)!.loss, `teacher ${i}, r = ${r}`).toBeLessThan(floor * 1.01 + 1e-3);
    }
});

test("full fine-tuning comes down to the last of them", () => {
  for (const teacher of teachers) {
    const floor = rankFloors(teacher).at(-1)!;
    const run = [...train(fullStudent(teacher), {optimizer: sgd, rate: 0.2, steps: 2000})];
    for (const {loss} of run) expect(loss).toBeGreaterThanOrEqual(floor * (1 - 1e-12));
    expect(run.at(-1)!.loss).toBeLessThan(floor + 2e-2);
  }
});

test("does not depend on W0: what is fitted is what it leaves", () => {
  const {W0, x, y} = teachers[2]!;
  const other = scale(randn(8, 6, mulberry32(5)), 2);
  const clean = {W0: zeros(8, 6), x, y};
  const [one, two] = [rankFloors(clean).at(-1)!, rankFloors({W0: add(W0, other), x, y}).at(-1)!];
  expect(two).toBeCloseTo(one, 10);
});
