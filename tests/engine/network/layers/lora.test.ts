import {expect, test} from "vitest";
import {frobenius, matmulTA, matmulTB, scale, zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {type Lora, merge} from "../../../../src/engine/lora/lora.ts";
import {linear} from "../../../../src/engine/network/layers/linear.ts";
import {loraLinear, loraLinearBackward} from "../../../../src/engine/network/layers/lora.ts";
import {expectBackward} from "../../differences.ts";
import {distance, trainedLora} from "../../fixture.ts";

const [N, d, k] = [7, 5, 4];
const random = mulberry32(13);
const [x, W0, dh] = [randn(N, k, random), randn(d, k, random), randn(N, d, random)];
const loras = [trainedLora(d, k, 2, 6, random), trainedLora(d, k, 1, 0.5, random)];

/** dA and dB of one LoRA on W0, from zero. */
function gradients(lora: Lora) {
  const gradient = {A: zeros(lora.r, k), B: zeros(d, lora.r)};
  loraLinearBackward(dh, x, W0, [lora], loraLinear(x, W0, [lora]).us, zeros(N, k), [gradient]);
  return gradient;
}

test("the bypass and the merged weight give the same h, with one LoRA and with two", () => {
  for (const some of [loras.slice(0, 1), loras]) {
    const {h} = loraLinear(x, W0, some);
    expect(distance(h, linear(x, some.reduce(merge, W0)))).toBeLessThan(1e-14 * frobenius(h));
  }
});

test("backward agrees with differences for x, W0 and both LoRAs at once, and changes none of them", () => {
  const [one, two] = loras;
  const before = structuredClone({x, W0, loras});
  expectBackward(
    [x, one.A, one.B, two.A, two.B, W0],
    () => loraLinear(x, W0, loras).h,
    (dy, [dx, dA1, dB1, dA2, dB2, dW0]) => {
      const [first, second] = [
        {A: dA1, B: dB1},
        {A: dA2, B: dB2},
      ];
      loraLinearBackward(dy, x, W0, loras, loraLinear(x, W0, loras).us, dx, [first, second], dW0);
    },
  );
  expect({x, W0, loras}).toEqual(before);
});

test("B = 0: h is W0·x exactly and dA is exactly 0, while dB is not", () => {
  const lora = {...loras[0], B: zeros(d, 2)};
  expect(loraLinear(x, W0, [lora]).h).toEqual(linear(x, W0));
  const {A, B} = gradients(lora);
  expect(frobenius(A)).toBe(0);
  expect(frobenius(B)).toBeGreaterThan(1);
});

test("A = 0: dB is exactly 0, while dA is not; with both 0 both gradients are 0", () => {
  const {A, B} = gradients({...loras[0], A: zeros(2, k)});
  expect(frobenius(B)).toBe(0);
  expect(frobenius(A)).toBeGreaterThan(1);
  const stuck = gradients({...loras[0], A: zeros(2, k), B: zeros(d, 2)});
  expect([frobenius(stuck.A), frobenius(stuck.B)]).toEqual([0, 0]);
});

test("the gradients are the chain rule through ΔW: dA = s·Bᵀ·dW, dB = s·dW·Aᵀ", () => {
  const [lora] = loras;
  const dW = zeros(d, k);
  loraLinearBackward(dh, x, W0, [], [], zeros(N, k), [], dW);
  const {A, B} = gradients(lora);
  expect(distance(A, scale(matmulTA(lora.B, dW), 3))).toBeLessThan(1e-12);
  expect(distance(B, scale(matmulTB(dW, lora.A), 3))).toBeLessThan(1e-12);
});
