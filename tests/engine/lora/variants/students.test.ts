import {describe, expect, test} from "vitest";
import {add, frobenius, identity, matmulTB, scale, subtract} from "../../../../src/engine/linalg/matrix.ts";
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
import {distance} from "../../fixture.ts";

const [d, k, r] = [6, 5, 2];

/** A base, what is looked for, and a fresh pair. */
function stage(seed: number) {
  const random = mulberry32(seed);
  const W0 = randn(d, k, random);
  const lora: Lora = initLora({d, k, r, alpha: 6}, random);
  return {W0, star: randn(d, k, random), lora, shared: sharedMatrices({d, k, r: 4}, random), random};
}

const students: Readonly<Record<string, (seed: number) => Student>> = {
  full(seed) {
    const {W0, star} = stage(seed);
    return fullWeightStudent(W0, star);
  },
  lora(seed) {
    const {W0, star, lora} = stage(seed);
    return loraWeightStudent(W0, lora, star);
  },
  dora(seed) {
    const {W0, star, lora} = stage(seed);
    return doraStudent(W0, lora, star);
  },
  vera(seed) {
    const {W0, star, shared} = stage(seed);
    return veraStudent(W0, shared, star);
  },
};

describe.each(Object.entries(students))("%s", (_, make) => {
  test("starts at W0", () => {
    expect(distance(make(1).weight(), stage(1).W0)).toBeLessThan(1e-14);
  });

  test("its loss is ½‖W′ − W*‖², the mean of ½‖W′x − W*x‖² over the inputs √k·eᵢ", () => {
    const student = make(2);
    const {star} = stage(2);
    const moved = randn(1, student.params.flat.length, mulberry32(9)).data;
    student.params.flat.set(moved);
    const x = scale(identity(k), Math.sqrt(k));
    const off = frobenius(matmulTB(x, subtract(student.weight(), star)));
    expect(student.loss(allocate(student.params.layout))).toBeCloseTo((off * off) / (2 * k), 9);
  });

  test("its gradients agree with finite differences, and are added to what is there", () => {
    const student = make(3);
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

test("LoRA by weights is LoRA by examples: one loss, one gradient", () => {
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
  other.flat.forEach((entry, i) => {
    expect(entry).toBeCloseTo(one.flat[i], 10);
  });
  expect(byWeights.scaling).toBe(byExamples.scaling);
});

test("a pair starts where it is given, over the base that is given: PiSSA's start is W0", () => {
  const {W0, star} = stage(5);
  const {lora, residual} = initPissa(W0, r);
  const student = loraWeightStudent(residual, lora, star);
  expect(distance(student.weight(), W0)).toBeLessThan(1e-13);
  student.params.views["W.B"].data.fill(0);
  expect(distance(student.weight(), residual)).toBe(0);
  // The given factors are copied: training leaves them alone.
  expect(frobenius(lora.B)).toBeGreaterThan(0);
  expect(distance(add(residual, subtract(W0, residual)), W0)).toBeLessThan(1e-14);
});

test("the names of a pair are such that LoRA+ knows A from B", () => {
  const rates = loraPlusRates({rate: 1, ratio: 16});
  const {W0, star, lora} = stage(6);
  expect(loraWeightStudent(W0, lora, star).params.layout.map(([name]) => rates(name))).toEqual([1, 16]);
});
