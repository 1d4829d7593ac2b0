import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {thousandths as shown} from "../../src/figure/plot/text/format.ts";
import {controls, INIT_STEPS, type InitParams, starts} from "../../src/figures/init/controls.ts";
import {compute, type InitResult} from "../../src/figures/init/model.ts";
import w from "../../src/figures/init/widget.ts";
import {losses, pairAt} from "./oracles/descent.ts";
import {singularValues} from "./oracles/exact.ts";
import {emptyRoot, show} from "./promises/stage.ts";
import {randomParams} from "./promises/states.ts";
import {remembering, tapeOf} from "./promises/tapes.ts";

const all = await remembering("init");
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
    const {deltaStar, untouched, floor} = race(at({seed, r: 3}));
    for (const [i, s] of singularValues(deltaStar).entries()) expect(s).toBeCloseTo(2 / Math.sqrt(2) ** i, 6);
    expect(untouched).toBeCloseTo(4 - 4 / 64, 12);
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
        const {runs, untouched} = race(at({seed, r}));
        const [b, a, both, random] = runs.map(({points}) => points[0]!);
        for (const {loss, delta} of [b!, a!, both!]) {
          expect(loss).toBeCloseTo(untouched, 12);
          expect(Object.is(delta, 0)).toBe(true);
        }
        expect(random!.loss).toBeGreaterThan(1.05 * untouched);
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
  test("has ended because its next loss is not finite, and the sentence says when", () => {
    let gone = 0;
    for (const params of setups) {
      const result = race(params);
      const sentence = w.summary(result, params);
      for (const {name, points} of result.runs) {
        if (points.length > INIT_STEPS) continue;
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
        const called = {"b-zero": "B at zero", "a-zero": "A at zero", "both-random": "both random"}[name as "b-zero"];
        expect(sentence).toContain(`at step ${points.length} with ${called}`);
      }
      expect(sentence.includes("the loss overflows")).toBe(result.runs.some(({points}) => points.length <= INIT_STEPS));
    }
    expect(gone).toBeGreaterThan(5);
  });

  test("is out of range in picture and table from that step on", () => {
    const params = at({rate: "1.0", step: 60});
    const {parts} = show(emptyRoot(), all, params);
    const numbers = [...parts.picture.querySelectorAll(".quantities .number")].map((node) => node.textContent);
    expect(numbers.filter((text) => text === "out of range")).toHaveLength(9);
    expect(w.summary(race(params), params)).toMatch(/^At step 60 no other run is left; /);
    expect(parts.picture.querySelectorAll("circle.now")).toHaveLength(1);
  });
});

test("the picture shows 0 for what is exactly 0 and for nothing else, and marks the factor that made it so", () => {
  for (const params of randomParams("init", all, 60) as InitParams[]) {
    const {runs} = race(params);
    const {parts} = show(emptyRoot(), all, params);
    const rows = [...parts.picture.querySelectorAll(".measured > li")];
    expect(rows).toHaveLength(starts.length);
    rows.forEach((row, i) => {
      const point = runs[i]!.points[params.step];
      if (!point) return;
      const are0 = [point.delta, point.dA, point.dB].map((x) => x === 0);
      expect([...row.querySelectorAll(".number")].map(({textContent}) => textContent === "0")).toEqual(are0);
      expect([...row.querySelectorAll(".length")].map((bar) => Number(bar.getAttribute("width")) === 0)).toEqual(are0);
      const lit = [...row.querySelectorAll("dt")].map((dt) =>
        [...dt.querySelectorAll(".dead")].map((node) => node.textContent).join(),
      );
      expect(lit).toEqual(["", isZero(point.B) ? "Bᵀ" : "", isZero(point.A) ? "A" : ""]);
    });
  }
}, 30_000);

test("a size is printed with three decimals, and never rounded to 0", () => {
  const sizes = [0, 1e-300, 0.0004, 0.0005, 1.23456, 99.9, 123.4, 1e6, 1e7, 1e300].map(shown);
  const [little, large] = ["< 0.001", "> 1,000,000"];
  expect(sizes).toEqual(["0", little, little, "0.001", "1.235", "99.900", "123", "1,000,000", large, large]);
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

describe("the curves", () => {
  const drawn = (params: InitParams) => show(emptyRoot(), all, params).parts.picture;

  test("have room: where the loss halves takes at least an eighth of the chart, and the worst start is in it", () => {
    for (const r of [1, 2, 4, 6]) {
      const picture = drawn(at({r}));
      const [lines] = [[...picture.querySelectorAll(".race .line")].map((line) => line.getAttribute("d")!)];
      const height = Math.abs(Number(picture.querySelector(".race .x line")!.getAttribute("y2")));
      const named = [...picture.querySelectorAll(".race .y text")];
      const place = (loss: string) => Number(named.find((tick) => tick.textContent === loss)!.getAttribute("y"));
      expect(place("2") - place("5")).toBeGreaterThan(height / 8);
      expect(Number(/^M[\d.]+,([\d.]+)/.exec(lines[3]!)![1])).toBeGreaterThan(0);
    }
  });

  test("have names whose leaders do not cross", () => {
    for (const params of randomParams("init", all, 60) as InitParams[]) {
      const leaders = [...drawn(params).querySelectorAll(".race .leader")].map((line) =>
        ["x1", "y1", "y2"].map((name) => Number(line.getAttribute(name))),
      );
      // Those that begin at the right edge; a line that has left the chart earlier is named from there.
      const last = Math.max(...leaders.map(([x]) => x!));
      const sorted = leaders.filter(([x]) => x === last).sort(([, a], [, b]) => a! - b!);
      for (let i = 1; i < sorted.length; i++) expect(sorted[i]![2]!).toBeGreaterThanOrEqual(sorted[i - 1]![2]!);
    }
  });
});
