import fc from "fast-check";
import {expect, test} from "vitest";
import {rankFloors} from "../../../src/engine/analysis/floor.ts";
import {add, scale, zeros} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {allocate} from "../../../src/engine/network/parameters.ts";
import {fullStudent, loraStudent, lossFloor, makeTeacher, type Teacher} from "../../../src/engine/network/teacher.ts";
import {adamw, sgd} from "../../../src/engine/training/optimizer.ts";
import {type Problem, type Training, train} from "../../../src/engine/training/train.ts";

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

test("over all x and without noise the floor of rank r is ½ Σ σ² beyond r", () => {
  for (const teacher of teachers.slice(0, 2)) {
    const floors = rankFloors(teacher);
    expect(floors).toHaveLength(7);
    for (const [r, floor] of floors.entries()) expect(floor).toBeCloseTo(lossFloor(s, r), 12);
    expect(floors.slice(4).every((floor) => floor === 0)).toBe(true);
  }
});

test("the floor is the loss of W0 at rank 0, falls with the rank, and is 0 when there are few examples", () => {
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

test("none of 300 random pairs A and B is below the floor", () => {
  fc.assert(
    fc.property(fc.constantFrom(...teachers.keys()), fc.integer({min: 1, max: 4}), fc.nat(), (i, r, seed) => {
      const teacher = teachers[i]!;
      const random = mulberry32(seed);
      const [A, B] = [randn(r, teacher.W0.cols, random), randn(teacher.W0.rows, r, random)];
      const floors = rankFloors(teacher);
      expect(lossAt(teacher, r, A.data, B.data)).toBeGreaterThan(floors[Math.min(r, floors.length - 1)]!);
    }),
    {seed: 8, numRuns: 300},
  );
});

/** Every loss of a run stays above the floor, and the last one comes near it. */
function expectLanding(problem: Problem, training: Training, floor: number, room: number): void {
  const losses = Array.from(train(problem, training), ({loss}) => loss);
  expect(Math.min(...losses)).toBeGreaterThanOrEqual(floor * (1 - 1e-12));
  expect(losses.at(-1)).toBeLessThan(floor + room);
}

test("training a LoRA comes down to the floor of its rank, full fine-tuning to the last one", () => {
  for (const [i, teacher] of teachers.entries()) {
    const floors = rankFloors(teacher);
    const r = [1, 2, 3][i % 3]!;
    const student = loraStudent(teacher, {r, alpha: 2 * r}, mulberry32(9));
    const training = {optimizer: adamw, rate: 0.02, steps: 1500, weightDecay: 0};
    expectLanding(student, training, floors[r]!, floors[r]! * 0.01 + 1e-3);
    expectLanding(fullStudent(teacher), {optimizer: sgd, rate: 0.2, steps: 2000}, floors.at(-1)!, 2e-2);
  }
});

test("the last floor does not depend on W0", () => {
  const {W0, x, y} = teachers[2]!;
  const moved = add(W0, scale(randn(8, 6, mulberry32(5)), 2));
  expect(rankFloors({W0: moved, x, y}).at(-1)).toBeCloseTo(rankFloors({W0: zeros(8, 6), x, y}).at(-1)!, 10);
});
