import {describe, expect, test} from "vitest";
import {frobenius, identity, matmulTB, scale, subtract} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {initLora, type Lora} from "../../../../src/engine/lora/lora.ts";
import {loraPlusRates} from "../../../../src/engine/lora/variants/loraplus.ts";
import {initPissa} from "../../../../src/engine/lora/variants/pissa.ts";
import {
  doraStudent,
  fullWeightStudent,
  loraWeightStudent,
  type Student,
  veraStudent,
} from "../../../../src/engine/lora/variants/students.ts";
import {sharedMatrices} from "../../../../src/engine/lora/variants/vera.ts";
import {allocate} from "../../../../src/engine/network/parameters.ts";
import {loraStudent} from "../../../../src/engine/network/teacher.ts";
import {expectGradient} from "../../differences.ts";
import {distance, largestDifference} from "../../fixture.ts";

const [d, k, r] = [6, 5, 2];

/** A base, the weight to find, and what each student starts from. */
function stage(seed: number) {
  const random = mulberry32(seed);
  const W0 = randn(d, k, random);
  const lora: Lora = initLora({d, k, r, alpha: 6}, random);
  return {W0, star: randn(d, k, random), lora, shared: sharedMatrices({d, k, r: 4}, random), random};
}

const students: Readonly<Record<string, (start: ReturnType<typeof stage>) => Student>> = {
  full: ({W0, star}) => fullWeightStudent(W0, star),
  lora: ({W0, star, lora}) => loraWeightStudent(W0, lora, star),
  dora: ({W0, star, lora}) => doraStudent(W0, lora, star),
  vera: ({W0, star, shared}) => veraStudent(W0, shared, star),
};

describe.each(Object.entries(students))("%s", (_, make) => {
  test("starts at W0", () => {
    expect(distance(make(stage(1)).weight(), stage(1).W0)).toBeLessThan(1e-14);
  });

  test("its loss is ½‖W′ − W*‖², the mean of ½‖W′x − W*x‖² over the inputs √k·eᵢ", () => {
    const student = make(stage(2));
    const {star} = stage(2);
    student.params.flat.set(randn(1, student.params.flat.length, mulberry32(9)).data);
    const x = scale(identity(k), Math.sqrt(k));
    const off = frobenius(matmulTB(x, subtract(student.weight(), star)));
    expect(student.loss(allocate(student.params.layout))).toBeCloseTo((off * off) / (2 * k), 9);
  });

  test("its gradients agree with finite differences and are added", () => {
    const student = make(stage(3));
    student.params.flat.set(randn(1, student.params.flat.length, mulberry32(5)).data);
    const grads = allocate(student.params.layout);
    grads.flat.fill(1);
    student.loss(grads);
    const loss = () => student.loss(allocate(student.params.layout));
    expectGradient(
      grads.flat.map((entry) => entry - 1),
      loss,
      student.params.flat,
    );
  });
});

test("LoRA by weights has the loss and the gradient of LoRA by examples", () => {
  const {W0, star, lora} = stage(4);
  const x = scale(identity(k), Math.sqrt(k));
  const byExamples = loraStudent(
    {W0, deltaStar: subtract(star, W0), x, y: matmulTB(x, star)},
    {r, alpha: lora.alpha},
    mulberry32(1),
  );
  const byWeights = loraWeightStudent(W0, lora, star);
  byExamples.params.flat.set(randn(1, r * (d + k), mulberry32(8)).data);
  byWeights.params.flat.set(byExamples.params.flat);
  const [one, other] = [allocate(byExamples.params.layout), allocate(byWeights.params.layout)];
  expect(byWeights.loss(other)).toBeCloseTo(byExamples.loss(one), 10);
  expect(largestDifference(other.flat, one.flat)).toBeLessThan(1e-10);
  expect(byWeights.scaling).toBe(byExamples.scaling);
});

test("A and B start from those that are given, over the base that is given: PiSSA starts at W0", () => {
  const {W0, star} = stage(5);
  const {lora, residual} = initPissa(W0, r);
  const student = loraWeightStudent(residual, lora, star);
  expect(distance(student.weight(), W0)).toBeLessThan(1e-13);
  student.params.views["W.B"].data.fill(0);
  expect(distance(student.weight(), residual)).toBe(0);
  // The given factors are copied, so training does not change them.
  expect(frobenius(lora.B)).toBeGreaterThan(0);
});

test("LoRA+ tells A from B by the names of the parameters", () => {
  const rates = loraPlusRates({rate: 1, ratio: 16});
  const {W0, star, lora} = stage(6);
  expect(loraWeightStudent(W0, lora, star).params.layout.map(([name]) => rates(name))).toEqual([1, 16]);
});
