/** What chapter 9 says of the first step: with B at 0, how much of the loss it removes at each rank and factor. */
import {expect, test} from "vitest";
import {frobenius, type Matrix, matmul, matmulTB, scale, subtract} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {initLora} from "../../../src/engine/lora/lora.ts";
import {plantDelta} from "../../../src/engine/network/teacher.ts";

const SIDE = 64;
const DRAWS = 10;
const target = plantDelta(
  {d: SIDE, k: SIDE, s: Float64Array.from({length: SIDE}, (_, i) => 2 * 0.85 ** i)},
  mulberry32(7),
);
const half = (m: Matrix): number => frobenius(m) ** 2 / 2;

/** What a small step of B removes of ½‖s·BA − ΔW*‖², for each unit of the rate. */
function removed(r: number, s: number, optimizer: "adam" | "sgd"): number {
  const rate = 1e-4;
  let sum = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const {A} = initLora({d: SIDE, k: SIDE, r, alpha: r}, mulberry32(100 + draw));
    // The gradient of B is −s·ΔW*·Aᵀ.
    const down = scale(matmulTB(target, A), s);
    const B = {...down, data: down.data.map((g) => rate * (optimizer === "sgd" ? g : Math.sign(g)))};
    sum += (half(target) - half(subtract(scale(matmul(B, A), s), target))) / rate / DRAWS;
  }
  return sum;
}

test.each([
  ["adam", "left out", () => 1, 16],
  ["adam", "divided by r", (r: number) => 1 / r, 1],
  ["sgd", "left out", () => 1, 16],
  ["sgd", "divided by √r", (r: number) => 1 / Math.sqrt(r), 1],
] as const)("under %s with the division %s, rank 64 removes so many times what rank 4 does", (optimizer, _, s, due) => {
  const times = removed(64, s(64), optimizer) / removed(4, s(4), optimizer);
  expect(Math.abs(Math.log2(times / due))).toBeLessThan(0.25);
});
