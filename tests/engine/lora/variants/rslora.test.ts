import {expect, test} from "vitest";
import {frobenius, type Matrix, matmul, matmulTB, scale} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {deltaWeight, initLora, type Lora, scaling} from "../../../../src/engine/lora/lora.ts";
import {rankStabilized, rsScaling} from "../../../../src/engine/lora/variants/rslora.ts";
import {distance} from "../../fixture.ts";

test("the factor is alpha / √r, through every function of LoRA", () => {
  const random = mulberry32(1);
  for (const r of [1, 2, 4, 9, 64]) {
    const lora: Lora = {A: randn(r, 5, random), B: randn(6, r, random), alpha: 16, r};
    expect(rsScaling(lora)).toBeCloseTo(16 / Math.sqrt(r), 12);
    expect(scaling(rankStabilized(lora))).toBeCloseTo(16 / Math.sqrt(r), 12);
    const due = scale(matmul(lora.B, lora.A), 16 / Math.sqrt(r));
    expect(distance(deltaWeight(rankStabilized(lora)), due)).toBeLessThan(1e-13 * frobenius(due));
  }
  const one: Lora = {A: randn(1, 5, random), B: randn(6, 1, random), alpha: 16, r: 1};
  expect(rankStabilized(one)).toEqual(one);
});

const plain = (lora: Lora) => lora;

/** How far one step of gradient descent on B (rate 1) lowers ⟨G, W⟩: s²·‖G·Aᵀ‖²_F, averaged over 200 starts. */
function fall(r: number, variant: (lora: Lora) => Lora): number {
  const random = mulberry32(5);
  let sum = 0;
  for (let start = 0; start < 200; start++) {
    const G = randn(24, 64, random);
    const lora = variant(initLora({d: 24, k: 64, r, alpha: 16}, random));
    const moved = {...lora, B: scale(matmulTB(G, lora.A), -scaling(lora))};
    sum -= dot(G, deltaWeight(moved)) / 200;
  }
  return sum;
}

const dot = (a: Matrix, b: Matrix) => a.data.reduce((sum, value, at) => sum + value * b.data[at], 0);

test("with α/√r the first step lowers the loss as much at any rank, with α/r by one r-th", () => {
  /** E ‖G·Aᵀ‖² = r·E‖G‖² / k = 24·r; one start strays by about a third at r = 1, the mean of 200 by 2.4 %. */
  const due = 16 ** 2 * 24;
  for (const r of [1, 4, 16, 64]) {
    expect(Math.abs(fall(r, rankStabilized) / due - 1)).toBeLessThan(0.1);
    expect(Math.abs((r * fall(r, plain)) / due - 1)).toBeLessThan(0.1);
  }
});

test("no rank below 1", () => {
  const lora = initLora({d: 4, k: 4, r: 2, alpha: 1}, mulberry32(1));
  expect(() => rankStabilized({...lora, r: 0})).toThrow("lora: r is 0");
});
