import {expect, test} from "vitest";
import {add, frobenius, type Matrix, matmul, matmulTB, scale, subtract} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {svd} from "../../../src/engine/linalg/svd.ts";
import {allocate} from "../../../src/engine/network/parameters.ts";
import {fullStudent, loraStudent, lossFloor, makeTeacher, plantDelta} from "../../../src/engine/network/teacher.ts";
import {sgd} from "../../../src/engine/training/optimizer.ts";
import {type Problem, train} from "../../../src/engine/training/train.ts";
import {expectGradient} from "../differences.ts";
import {distance, largestDifference} from "../fixture.ts";

const s = Float64Array.of(4, 3, 2, 1);
const teacher = makeTeacher({d: 8, k: 6, s}, mulberry32(60));

const lossOf = ({params, loss}: Problem) => loss(allocate(params.layout));
const lossesOf = (problem: Problem, training: Parameters<typeof train>[1]) =>
  Array.from(train(problem, training), ({loss}) => loss);

test("ΔW* has the planned spectrum", () => {
  expect(largestDifference(svd(teacher.deltaStar).s, [...s, 0, 0])).toBeLessThan(1e-13);
  expect(() => plantDelta({d: 3, k: 9, s}, mulberry32(1))).toThrow("plantDelta: 4 singular values");
});

test("without examples the loss is the expected one, ½‖ΔW − ΔW*‖²", () => {
  const student = loraStudent(teacher, {r: 2, alpha: 6}, mulberry32(61));
  expect(lossOf(student)).toBeCloseTo(0.5 * frobenius(teacher.deltaStar) ** 2, 12);
  student.params.flat.forEach((_, i, flat) => {
    flat[i] = 0.3 * Math.sin(i);
  });
  const {A, B} = student.params.views as Record<"A" | "B", Matrix>;
  expect(lossOf(student)).toBeCloseTo(0.5 * distance(scale(matmul(B, A), 3), teacher.deltaStar) ** 2, 12);
});

test("examples come from W0 + ΔW*, with noise if it is planned", () => {
  const plan = {d: 8, k: 6, s, examples: 500};
  const {W0, deltaStar, x, y} = makeTeacher(plan, mulberry32(62));
  expect(distance(y, matmulTB(x, add(W0, deltaStar)))).toBe(0);
  const noisy = makeTeacher({...plan, noise: 0.5}, mulberry32(62));
  expect(noisy.x).toEqual(x);
  expect(frobenius(subtract(noisy.y, y)) / Math.sqrt(4000)).toBeCloseTo(0.5, 1);
});

test("noise without examples and a wrong number of examples throw", () => {
  expect(() => makeTeacher({d: 8, k: 6, s, noise: 0.5}, mulberry32(1))).toThrow("noise is 0.5 without examples");
  expect(() => makeTeacher({d: 8, k: 6, s, examples: 0}, mulberry32(1))).toThrow("makeTeacher: examples is 0");
});

test("both students' gradients agree with differences", () => {
  const few = makeTeacher({d: 8, k: 6, s, examples: 9, noise: 0.1}, mulberry32(63));
  for (const problem of [loraStudent(few, {r: 2, alpha: 4}, mulberry32(64)), fullStudent(few)]) {
    problem.params.flat.forEach((_, i, flat) => {
      flat[i] += 0.2 * Math.cos(i);
    });
    const dparams = allocate(problem.params.layout);
    problem.loss(dparams);
    expectGradient(dparams.flat, () => lossOf(problem), problem.params.flat);
  }
});

// That runs come down to it is asked in tests/engine/analysis/floor.test.ts.
test("the floor of rank r is ½ Σ_{i>r} σᵢ²", () => {
  const floors = [0, 1, 2, 3, 4].map((r) => lossFloor(s, r));
  expect(largestDifference(floors, [15, 7, 2.5, 0.5, 0])).toBeLessThan(1e-12);
});

test("full fine-tuning by sgd multiplies the error by 1 − η a step, from the same start as a LoRA", () => {
  const [lora, full] = [loraStudent(teacher, {r: 2, alpha: 2}, mulberry32(66)), fullStudent(teacher)];
  const losses = lossesOf(full, {optimizer: sgd, rate: 0.5, steps: 5});
  expect(losses[0]).toBeCloseTo(lossOf(lora), 12);
  losses.forEach((loss, step) => {
    expect(loss).toBeCloseTo(15 * 0.25 ** step, 11);
  });
});

test("a student does not change its teacher", () => {
  const before = structuredClone(teacher);
  lossesOf(loraStudent(teacher, {r: 1, alpha: 1}, mulberry32(67)), {optimizer: sgd, rate: 0.1, steps: 3});
  lossesOf(fullStudent(teacher), {optimizer: sgd, rate: 0.1, steps: 3});
  expect(teacher).toEqual(before);
});
