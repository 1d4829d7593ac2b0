import {describe, expect, test} from "vitest";
import {matmulTB} from "../../src/engine/linalg/matrix.ts";
import {qr} from "../../src/engine/linalg/qr.ts";
import {mulberry32, randn} from "../../src/engine/linalg/random.ts";
import {truncate} from "../../src/engine/linalg/truncate.ts";
import {parse} from "../../src/figure/parse.ts";
import {
  compute,
  controls,
  type FloorParams,
  type FloorSnapshot,
  readFloor,
  targetSpectra,
  teacherOf,
} from "../../src/figures/floor/model.ts";
import {isAll} from "../third.ts";
import {distanceTo} from "./oracles/exact.ts";
import {floorsOf} from "./oracles/floor.ts";
import {lossOf} from "./oracles/train.ts";
import {tapeOf} from "./promises/tapes.ts";

const SIDE = 16;
const at = (raw: Readonly<Record<string, unknown>>): FloorParams => parse(controls, raw).params;
const rowsOf = (data: Float64Array) =>
  Array.from({length: SIDE}, (_, i) => Array.from(data.subarray(i * SIDE, (i + 1) * SIDE)));

/** A run of these, trained once for all tests. */
const taped = (params: FloorParams) => tapeOf(compute, params) as FloorSnapshot[];

/** Each spectrum with each kind of inputs, on a seed of its own, or on all nine. */
const settings = Object.keys(targetSpectra)
  .flatMap((spectrum) => ["even", "uneven"].map((inputs) => ({spectrum, inputs})))
  .flatMap((one, i) => (isAll ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [1 + i]).map((seed) => at({...one, seed})));

describe.each(settings)("$spectrum, $inputs, seed $seed", (params) => {
  test("no run is ever below its floor, and all sixteen land on it", () => {
    const tape = taped(params);
    const {floors} = floorsOf(params);
    for (const {losses} of tape)
      losses.forEach((loss, i) => {
        expect(loss).toBeGreaterThanOrEqual(floors[i + 1]! * (1 - 1e-9) - 1e-12);
      });
    for (let r = 1; r <= SIDE; r++) {
      const {loss} = readFloor(tape, {...params, r});
      expect(loss - floors[r]!, `r = ${r}`).toBeLessThan(0.01 * floors[0]!);
    }
  });

  test("ΔW*'s own SVD, cut, leaves what the planted directions beyond r leave", () => {
    // The planted factors are drawn after W₀, which takes 256 normal numbers.
    const random = mulberry32(params.seed);
    randn(SIDE, SIDE, random);
    const [u, v] = [qr(randn(SIDE, SIDE, random)).q, qr(randn(SIDE, SIDE, random)).q];
    const s = Float64Array.from({length: SIDE}, (_, i) => targetSpectra[params.spectrum](i));
    const teacher = teacherOf(params);
    for (const r of [1, 4, 11])
      expect(taped(params)[0]!.limits!.cuts[r]).toBeCloseTo(lossOf(teacher, rowsOf(truncate({u, s, v}, r).data)), 8);
  });
});

test("on even inputs the cut SVD is the best of its rank; on uneven ones it is far from it", () => {
  const limitsOf = (inputs: string) => compute(at({inputs, spectrum: "flat"})).next().value!.limits!;
  const [even, uneven] = [limitsOf("even"), limitsOf("uneven")];
  for (let r = 1; r < SIDE; r++) {
    expect(even.cuts[r]).toBeCloseTo(even.floors[r]!, 8);
    expect(uneven.cuts[r]).toBeGreaterThan(1.1 * uneven.floors[r]!);
  }
  expect(uneven.cuts[4]).toBeGreaterThan(3 * uneven.floors[4]!);
});

test("uneven inputs are as long on average as even ones, and take one direction over thirty times as far as another", () => {
  const {x} = teacherOf(at({inputs: "uneven"}));
  const nothing = rowsOf(new Float64Array(SIDE * SIDE));
  expect(distanceTo(x, nothing) ** 2 / SIDE).toBeCloseTo(SIDE, 9);
  const lengths = rowsOf(matmulTB(x, x).data).map((row, i) => Math.sqrt(row[i]!));
  expect(Math.max(...lengths) / Math.min(...lengths)).toBeCloseTo(0.8 ** -15, 6);
});
