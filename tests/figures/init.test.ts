import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {thousandths as shown} from "../../src/figure/plot/text/format.ts";
import {
  compute,
  controls,
  gradientAt,
  INIT_STEPS,
  type InitParams,
  type InitResult,
} from "../../src/figures/init/model.ts";
import w from "../../src/figures/init/widget.ts";
import {losses, pairAt} from "./oracles/descent.ts";
import {singularValues} from "./oracles/exact.ts";
import {tapeOf} from "./promises/tapes.ts";

const at = (raw: Readonly<Record<string, unknown>> = {}): InitParams => parse(controls, raw).params;
const race = ({step: _, ...params}: InitParams) => tapeOf(compute as never, params)[0] as InitResult;
const isZero = ({data}: {data: Float64Array}) => data.every((x) => Object.is(x, 0));
const seeds = Array.from({length: 9}, (_, i) => i + 1);

const setups = [1, 2, 3, 6].flatMap((r) =>
  ["sgd", "adam"].flatMap((optimizer) =>
    Object.keys(controls.rate.options).map((rate) => at({r, optimizer, rate, seed: 1 + (r % 9)})),
  ),
);

test("ΔW* has the singular values 2, √2, 1, … and the losses that follow from them", () => {
  for (const seed of seeds) {
    const {deltaStar, lossOfW0, floor} = race(at({seed, r: 3}));
    for (const [i, s] of singularValues(deltaStar).entries()) expect(s).toBeCloseTo(2 / Math.sqrt(2) ** i, 6);
    expect(lossOfW0).toBeCloseTo(4 - 4 / 64, 12);
    expect(floor).toBeCloseTo(4 / 8 - 4 / 64, 12);
  }
});

describe("the four starts", () => {
  test("share their draws, and what starts at zero is exactly zero", () => {
    for (const params of setups) {
      const [b, a, both, random] = race(params).runs.map(({points}) => points[0]!);
      expect(b!.A).toEqual(random!.A);
      expect(a!.B).toEqual(random!.B);
      for (const matrix of [b!.B, a!.A, both!.A, both!.B]) expect(isZero(matrix)).toBe(true);
      for (const matrix of [b!.A, a!.B]) expect(matrix.data.every((x) => x !== 0)).toBe(true);
    }
  });

  test("are drawn with deviations 1/√k and 1/√r", () => {
    for (const r of [1, 3, 6]) {
      const random = seeds.map((seed) => race(at({r, seed})).runs[3]!.points[0]!);
      const variance = (of: "A" | "B") => {
        const entries = random.flatMap((point) => [...point[of].data]);
        return entries.reduce((sum, x) => sum + x * x, 0) / entries.length;
      };
      // Four deviations of a sample variance around 1.
      const slack = (n: number) => 4 * Math.sqrt(2 / n);
      expect(Math.abs(8 * variance("A") - 1)).toBeLessThan(slack(9 * 8 * r));
      expect(Math.abs(r * variance("B") - 1)).toBeLessThan(slack(9 * 6 * r));
    }
  });

  test("have the loss of the untouched layer, but for the random ones, which damage it", () => {
    for (const seed of seeds)
      for (const r of [1, 4, 6]) {
        const {runs, lossOfW0} = race(at({seed, r}));
        const [b, a, both, random] = runs.map(({points}) => points[0]!);
        for (const {loss, delta} of [b!, a!, both!]) {
          expect(loss).toBeCloseTo(lossOfW0, 12);
          expect(Object.is(delta, 0)).toBe(true);
        }
        expect(random!.loss).toBeGreaterThan(1.05 * lossOfW0);
      }
  });
});

test("both at zero never moves: every number of its gradients is exactly 0", () => {
  for (const params of setups) {
    const {points} = race(params).runs[2]!;
    expect(points).toHaveLength(INIT_STEPS + 1);
    for (const {A, B, delta, dA, dB, loss} of points) {
      expect([isZero(A), isZero(B)]).toEqual([true, true]);
      expect([delta, dA, dB, loss]).toEqual([0, 0, 0, points[0]!.loss]);
    }
  }
});

test("with one at zero, its partner's gradient is exactly 0 at step 0, and no longer at step 1", () => {
  for (const params of setups) {
    const [b, a, , random] = race(params).runs.map(({points}) => points);
    expect([b![0]!.dA, a![0]!.dB]).toEqual([0, 0]);
    for (const x of [b![0]!.dB, a![0]!.dA, b![1]!.dA, a![1]!.dB, random![0]!.dA, random![0]!.dB])
      expect(x).toBeGreaterThan(0);
    // The one whose gradient is 0 has stayed where it was.
    expect(b![1]!.A).toEqual(b![0]!.A);
    expect(a![1]!.B).toEqual(a![0]!.B);
  }
});

test("each step follows from the one before by the optimizer's own rule, and no loss is below the floor", () => {
  for (const params of setups) {
    const {runs, deltaStar, floor} = race(params);
    const rate = Number(params.rate);
    for (const {points} of runs) {
      const slopes = points.map((point) => pairAt(point, deltaStar));
      points.forEach(({loss, delta, dA, dB}, step) => {
        const due = slopes[step]!;
        if (due.loss > 1e100) return;
        [due.loss, due.delta, due.dA.norm, due.dB.norm].forEach((right, i) => {
          expect(Math.abs([loss, delta, dA, dB][i]! - right)).toBeLessThanOrEqual(1e-9 * Math.max(1, right));
        });
        expect(loss).toBeGreaterThanOrEqual(floor - 1e-9);
        const next = points[step + 1];
        if (!next || due.loss > 1e12) return;
        for (const name of ["A", "B"] as const) {
          const gradients = slopes.slice(0, step + 1).map((slope) => slope[name === "A" ? "dA" : "dB"].entries);
          const far = losses(params.optimizer, rate, gradients);
          const off = far.map((x, n) => Math.abs(points[step]![name].data[n]! - x - next[name].data[n]!));
          const size = Math.max(1, ...far.map(Math.abs), ...points[step]![name].data.map(Math.abs));
          // Adam divides by a gradient's own size, so where that is near rounding a step keeps fewer digits.
          expect(Math.max(...off)).toBeLessThanOrEqual((params.optimizer === "sgd" ? 1e-10 : 1e-6) * size);
        }
      });
    }
  }
}, 60_000);

describe("a run that diverges", () => {
  test("has ended because its next loss is not finite, and the sentence calls its loss out of range", () => {
    let gone = 0;
    for (const params of setups) {
      const result = race(params);
      const sentence = w.summary(result, {...params, step: INIT_STEPS});
      for (const {name, points} of result.runs) {
        const isGone = points.length <= INIT_STEPS;
        const called = {
          "b-zero": "B at zero",
          "a-zero": "A at zero",
          "both-zero": "both at zero",
          "both-random": "both random",
        }[name];
        expect(sentence.includes(`out of range with ${called}`)).toBe(isGone);
        if (!isGone) continue;
        gone++;
        expect(params.optimizer).toBe("sgd");
        const {A, B} = points.at(-1)!;
        const {dA, dB} = pairAt({A, B}, result.deltaStar);
        const move = (m: typeof A, slope: readonly number[]) => ({
          ...m,
          data: m.data.map((x, n) => x - Number(params.rate) * slope[n]!),
        });
        const next = pairAt({A: move(A, dA.entries), B: move(B, dB.entries)}, result.deltaStar);
        expect(Number.isFinite(next.loss)).toBe(false);
      }
    }
    expect(gone).toBeGreaterThan(5);
  });
});

describe("the plane of one A and one B", () => {
  test("has the loss ½(BA − 1)² and its negative gradient, of which one part is zero everywhere on the axes, and both in the middle alone", () => {
    for (const [A, B] of [
      [0.5, 2],
      [-1.4, 0.8],
      [1.3, 0],
      [0, -0.7],
    ] as const) {
      const {loss, onA, onB} = gradientAt(A, B);
      expect(loss).toBeCloseTo((B * A - 1) ** 2 / 2, 12);
      const slope = (dA: number, dB: number) =>
        (gradientAt(A + dA, B + dB).loss - gradientAt(A - dA, B - dB).loss) / 2e-5;
      expect([onA, onB]).toEqual([expect.closeTo(-slope(1e-5, 0), 6), expect.closeTo(-slope(0, 1e-5), 6)]);
    }
    expect(gradientAt(0, 0)).toEqual({A: 0, B: 0, loss: 0.5, onA: 0, onB: 0});
    for (const {A, B, onA, onB} of race(at()).arrows) {
      expect(A * B).toBeCloseTo(0, 12);
      expect([onA, onB].filter((pull) => Object.is(pull, 0))).toHaveLength(1);
    }
  });

  test("has runs that follow the loss down by the optimizer's own rule, and one that never moves", () => {
    for (const params of setups) {
      const {trails} = race(params);
      const star = {rows: 1, cols: 1, data: Float64Array.of(1)};
      expect(trails.map(({places}) => [places[0]!.A, places[0]!.B])).toEqual([
        [1, 0],
        [0, 1],
        [0, 0],
        [-1.4, 0.8],
      ]);
      for (const place of trails[2]!.places) expect(place).toEqual({A: 0, B: 0, loss: 0.5});
      for (const {places} of trails) {
        const slopes = places.map(({A, B}) =>
          pairAt(
            {
              A: {...star, data: Float64Array.of(A)},
              B: {...star, data: Float64Array.of(B)},
            },
            star,
          ),
        );
        places.slice(0, 20).forEach(({A, B, loss}, step) => {
          const next = places[step + 1];
          if (!next || loss > 1e9) return;
          const past = slopes.slice(0, step + 1).map(({dA, dB}) => [dA.entries[0]!, dB.entries[0]!]);
          const [onA, onB] = losses(params.optimizer, Number(params.rate), past);
          const size = 1 + Math.abs(A) + Math.abs(B) + Math.abs(onA!) + Math.abs(onB!);
          expect(Math.abs(A - onA! - next.A) / size).toBeLessThan(1e-6);
          expect(Math.abs(B - onB! - next.B) / size).toBeLessThan(1e-6);
        });
      }
    }
  });
});

describe("the challenge", () => {
  test("is met where ∂L/∂A of B at zero is largest, and only there", () => {
    for (const params of setups) {
      const result = race(params);
      const {points} = result.runs[0]!;
      const met = Array.from({length: INIT_STEPS + 1}, (_, step) => step).filter((step) =>
        w.challenge.met(result, {...params, step}),
      );
      const largest = points.reduce((most, {dA}, step) => (dA > points[most]!.dA ? step : most), 0);
      if (points.length <= INIT_STEPS || shown(points[largest]!.dA) === shown(points[INIT_STEPS]!.dA))
        expect(met).toEqual([]);
      else {
        expect(met).toContain(largest);
        for (const step of met) expect(points[step]!.dA).toBeGreaterThan(0.99 * points[largest]!.dA);
      }
    }
  });

  test("is not met at the last step of a run whose ∂L/∂A is still rising there", () => {
    const params = at({rate: "0.01", step: INIT_STEPS});
    const result = race(params);
    const norms = result.runs[0]!.points.map(({dA}) => dA);
    expect(Math.max(...norms)).toBe(norms[INIT_STEPS]);
    expect(w.challenge.met(result, params)).toBe(false);
  });
});
