import {beforeAll, describe, expect, test} from "vitest";
import {matmul, matmulTA, subtract} from "../../src/engine/linalg/matrix.ts";
import {qr} from "../../src/engine/linalg/qr.ts";
import {differences, parse} from "../../src/figure/parse.ts";
import {widgetWithModel} from "../../src/figure/runs/withModel.ts";
import {
  brokenOf,
  type CaseNumber,
  CLINIC_STEPS,
  type ClinicSetup,
  cases,
  causes,
  type FaultCause,
  TOO_HIGH_RATE,
} from "../../src/figures/clinic/cases.ts";
import {
  type ClinicParams,
  type ClinicSnapshot,
  clinicBeside,
  compute,
  controls,
  networkOf,
} from "../../src/figures/clinic/model.ts";
import {
  type ClinicRun,
  FIXED_SHARE,
  isFixed,
  lastSnapshot,
  readClinic,
  testOutcome,
} from "../../src/figures/clinic/readings.ts";
import w from "../../src/figures/clinic/widget.ts";
import {aThird} from "../third.ts";
import {clinic, pointAt, untouchedOf} from "./oracles/clinic.ts";
import {losses} from "./oracles/descent.ts";
import {singularValues} from "./oracles/exact.ts";
import {lengthOf, rowsOf} from "./oracles/rows.ts";
import {disagreements} from "./promises/numbers.ts";
import {emptyRoot, show} from "./promises/stage.ts";

const all = await widgetWithModel("clinic");
const at = (raw: Readonly<Record<string, unknown>> = {}): ClinicParams => parse(controls, raw).params;
const numbers = Object.keys(cases) as CaseNumber[];
const seeds = aThird([1, 2, 3, 4, 5, 6, 7, 8, 9]);

const known = new Map<string, ClinicRun>();
/** A run to its end, made once. */
function runOf(setup: ClinicSetup): ClinicRun {
  const key = JSON.stringify(setup);
  const run = known.get(key) ?? {setup, frames: [...compute(setup)]};
  known.set(key, run);
  return run;
}
const testOf = (number: CaseNumber, seed: number): ClinicSetup => ({
  ...brokenOf(number, seed),
  ...cases[number].test.change,
});
const broken = (number: CaseNumber, seed: number, change: Partial<ClinicSetup> = {}) =>
  runOf({...brokenOf(number, seed), ...change});
const result = (params: ClinicParams) =>
  readClinic(
    runOf(brokenOf(params.case, params.seed)).frames,
    params,
    clinicBeside(params).map((setup) => runOf(setup).frames),
  );

/** What a reader would set to mend each case. */
const cures: Readonly<Record<CaseNumber, Readonly<Record<string, unknown>>>> = {
  ...{1: {rate: "0.1"}, 2: {r: 4}, 3: {start: "b"}, 4: {factor: "over"}},
  ...{5: {on: "second"}, 6: {serving: "merged"}, 7: {mode: "eval"}, 8: {base: "same"}},
};
const cured = (number: CaseNumber, seed: number, cure = cures[number]): ClinicParams =>
  at({case: number, seed, guess: `${number}-skip`, diagnosis: `${number}-${cases[number].cause}`, ...cure});

beforeAll(() => expect(new Set(numbers.map((number) => cases[number].cause)).size).toBe(Object.keys(causes).length));

test("the networks: ΔW* has the singular values it says, x·xᵀ is I on average, and y is target·x", () => {
  for (const seed of seeds)
    for (const isDouble of [false, true]) {
      const {layers, target, x, y} = networkOf(seed, isDouble);
      if (!isDouble) {
        const s = singularValues(subtract(target, layers[0]!));
        for (const [i, sigma] of [3, 2.5, 2, 1.5].entries()) expect(s[i]).toBeCloseTo(sigma, 6);
        expect(s[4]).toBeLessThan(1e-6);
      }
      const mean = rowsOf(matmulTA(x, x)).map((row, i) => row.map((value, j) => value / x.rows - (i === j ? 1 : 0)));
      expect(lengthOf(mean)).toBeLessThan(1e-12);
      const asked = rowsOf(x).map((row, n) =>
        rowsOf(target).map((line, i) => line.reduce((sum, d, j) => sum + d * row[j]!, 0) - rowsOf(y)[n]![i]!),
      );
      expect(lengthOf(asked)).toBeLessThan(1e-11);
    }
});

describe("each case fails the way its text says, at every seed", () => {
  test("1: the loss leaps, then the run ends where it began; at every smaller η there is, it is mended", () => {
    for (const seed of seeds) {
      const run = broken("1", seed);
      expect(Math.max(...run.frames.map(({trainingLoss}) => trainingLoss))).toBeGreaterThan(1e6);
      const end = lastSnapshot(run);
      expect(Math.abs(end.servedLoss / untouchedOf(run.setup) - 1)).toBeLessThan(0.01);
      // Weight decay has emptied the adapter.
      expect(end.deltaNorm).toBeLessThan(0.1);
      for (const rate of Object.keys(controls.rate.options)
        .map(Number)
        .filter((rate) => rate < TOO_HIGH_RATE))
        expect(lastSnapshot(broken("1", seed, {rate})).servedLoss).toBeLessThan(FIXED_SHARE * 10.75);
    }
  });

  test("2: it ends on ½ Σ σᵢ² beyond the rank, from any start, and never gets below", () => {
    for (const seed of seeds)
      for (const r of [1, 2, 4]) {
        const floor = [9, 6.25, 4, 2.25].slice(r).reduce((sum, square) => sum + square / 2, 0);
        for (const draw of [1, 2]) {
          const run = broken("2", seed, {r, alpha: 2 * r, draw});
          for (const frame of run.frames) expect(frame!.servedLoss).toBeGreaterThan(floor - 1e-9);
          expect(lastSnapshot(run)!.servedLoss).toBeLessThan(floor + 0.15);
        }
      }
  });

  test("3: both gradients and ΔW are exactly 0 and the loss the same at every step and rate", () => {
    for (const seed of seeds)
      for (const rate of [0.05, 0.5]) {
        const {frames} = broken("3", seed, {rate});
        expect(frames).toHaveLength(CLINIC_STEPS + 1);
        for (const frame of frames) {
          expect([frame!.gradientNormA, frame!.gradientNormB, frame!.deltaNorm, frame!.productNorm]).toEqual([
            0, 0, 0, 0,
          ]);
          expect(frame!.trainingLoss).toBe(frames[0]!.trainingLoss);
        }
      }
  });

  test("4: it is trained well; in use ΔW is α times BA, r times what α/r gives, so off by (r − 1)·ΔW·x", () => {
    for (const seed of seeds) {
      const run = broken("4", seed);
      for (const {deltaNorm, productNorm} of run.frames.slice(1)) expect(deltaNorm / productNorm).toBeCloseTo(16, 10);
      const [end, over] = [lastSnapshot(run), lastSnapshot(broken("4", seed, {factor: "over"}))];
      expect(end.trainingLoss).toBeLessThan(1e-3);
      expect(over.deltaNorm / over.productNorm).toBeCloseTo(2, 10);
      expect(over.servedLoss).toBe(over.trainingLoss);
      expect(Math.abs(end.servedLoss / (49 * 10.75) - 1)).toBeLessThan(0.01);
    }
  });

  test("5: no ΔW of W₁ reaches what lies outside the columns of W₂, at any rank; W₂ does", () => {
    for (const seed of seeds) {
      const {layers, target} = networkOf(seed, true);
      const [W1, W2] = layers as [(typeof layers)[number], (typeof layers)[number]];
      const missing = subtract(target, matmul(W2, W1));
      const inside = matmulTA(qr(W2).q, missing);
      const floor = (lengthOf(rowsOf(missing)) ** 2 - lengthOf(rowsOf(inside)) ** 2) / 2;
      expect(floor).toBeGreaterThan(FIXED_SHARE * untouchedOf(brokenOf("5", seed)));
      for (const r of [2, 4]) {
        const run = broken("5", seed, {r, alpha: 2 * r});
        for (const frame of run.frames) expect(frame!.servedLoss).toBeGreaterThan(floor - 1e-9);
        const end = lastSnapshot(run)!;
        expect(end.servedLoss).toBeLessThan(1.02 * floor);
        expect(end.gradientNormA + end.gradientNormB).toBeLessThan(0.25);
      }
      expect(lastSnapshot(broken("5", seed, {on: "second"}))!.servedLoss).toBeLessThan(FIXED_SHARE * floor);
    }
  });

  test("6: ΔW acts twice, so a perfect ΔW is served as badly as the base; either half alone is right", () => {
    for (const seed of seeds) {
      const [twice, beside, merged] = (["twice", "adapter", "merged"] as const).map((serving) =>
        lastSnapshot(broken("6", seed, {serving})),
      ) as [ClinicSnapshot, ClinicSnapshot, ClinicSnapshot];
      expect(Math.abs(twice.servedLoss / 10.75 - 1)).toBeLessThan(0.01);
      expect(twice.trainingLoss).toBeLessThan(1e-3);
      expect(twice.callDifference).toBe(0);
      expect(beside.servedLoss).toBe(beside.trainingLoss);
      expect(Math.abs(merged.servedLoss - beside.servedLoss)).toBeLessThan(1e-12);
    }
  });

  test("7: two calls differ; their loss is, on average, the one in eval mode plus ½·p/(1 − p)·‖ΔW‖²", () => {
    let [sum, expected] = [0, 0];
    for (const seed of seeds) {
      const [noisy, still] = [broken("7", seed), broken("7", seed, {mode: "eval"})];
      for (let step = 40; step <= CLINIC_STEPS; step++) {
        const frame = noisy.frames[step]!;
        expect(frame.callDifference).toBeGreaterThan(0.1);
        expect(still.frames[step]!.callDifference).toBe(0);
        expect(still.frames[step]!.A).toEqual(frame.A);
        sum += frame.servedLoss;
        expected += still.frames[step]!.servedLoss + (frame.deltaNorm ** 2 * 0.1) / 0.9 / 2;
      }
    }
    expect(Math.abs(sum / expected - 1)).toBeLessThan(0.05);
  });

  test("8: the served loss is half the square of what the base has changed; two calls agree", () => {
    for (const seed of seeds) {
      const {layers, changedFirst} = networkOf(seed, false);
      const end = lastSnapshot(broken("8", seed));
      expect(end.servedLoss).toBeCloseTo(lengthOf(rowsOf(subtract(changedFirst, layers[0]!))) ** 2 / 2, 2);
      expect(end.callDifference).toBe(0);
      expect(lastSnapshot(broken("8", seed, {base: "same"})).servedLoss).toBe(end.trainingLoss);
    }
  });
});

test("every run follows from its A and B, and each step from the one before, by formulas of the test’s own", () => {
  for (const number of numbers)
    for (const setup of [brokenOf(number, 7), testOf(number, 7)]) {
      const run = runOf(setup);
      for (const step of [0, 1, 3, 20, CLINIC_STEPS]) {
        const frame = run.frames[step]!;
        const due = pointAt(run, step);
        for (const name of [
          "trainingLoss",
          "servedLoss",
          "deltaNorm",
          "gradientNormA",
          "gradientNormB",
          "callDifference",
        ] as const)
          expect(Math.abs(frame[name] - due[name])).toBeLessThanOrEqual(1e-9 * Math.max(1, due[name]));
        const next = run.frames[step + 1];
        if (!next) continue;
        const slopes = run.frames.slice(0, step + 1).map((_, at) => pointAt(run, at).slopes);
        for (const name of ["A", "B"] as const) {
          const steps = losses(
            "adam",
            setup.rate,
            slopes.map((one) => one[name].flat()),
          );
          const moved = rowsOf(next[name]).flat();
          rowsOf(frame[name])
            .flat()
            .forEach((x, n) => {
              // Adam divides rounding by a gradient that may be as small.
              if (slopes.some((one) => Math.abs(one[name].flat()[n]!) < 1e-6)) return;
              expect(moved[n]).toBeCloseTo(x * (1 - 0.01 * setup.rate) - steps[n]!, 6);
            });
        }
      }
    }
});

test("the test comes out as the case needs it, at every seed", () => {
  const due = {1: "same", 2: "same", 3: "same", 4: "lower", 5: "same", 6: "lower", 7: "higher", 8: "higher"};
  for (const number of numbers)
    for (const seed of seeds)
      expect(testOutcome(result(at({case: number, seed, guess: `${number}-skip`}))), `${number}, ${seed}`).toBe(
        due[number],
      );
});

test("the control of each case mends it, at every seed; left alone it mends nothing", () => {
  for (const number of numbers)
    for (const seed of seeds) {
      const params = cured(number, seed);
      expect(isFixed(result(params)), `${number}, ${seed}`).toBe(true);
      expect(w.challenge.met(result(params), params)).toBe(true);
      const alone = cured(number, seed, {});
      expect(result(alone).changed).toBeUndefined();
      expect(w.challenge.met(result(alone), alone)).toBe(false);
    }
});

describe("a diagnosis", () => {
  test("of a rank that is too small names what no run gets below, not where this one ended", () => {
    for (const seed of seeds) {
      const params = at({case: "2", seed, guess: "2-skip", diagnosis: "2-rank"});
      expect(w.summary!(result(params), params)).toContain(
        "no ΔW of rank 2 gets below a loss of 3.125, from any start",
      );
    }
  });

  test("that is wrong is told apart by something that is so at every seed", () => {
    for (const seed of seeds)
      for (const number of numbers) {
        const run = broken(number, seed);
        const isCause = (...some: FaultCause[]) => some.includes(cases[number].cause);
        const untouched = untouchedOf(run.setup);
        const most = Math.max(...run.frames.map((frame) => frame.trainingLoss));
        expect(most > 1.05 * untouched).toBe(isCause("rate"));
        expect(run.frames[0]!.gradientNormB > 0).toBe(!isCause("zero"));
        expect(lastSnapshot(run).callDifference > 0).toBe(isCause("dropout"));
        expect(run.setup.factor === "alone").toBe(isCause("factor"));
        if (run.setup.factor === "over") expect(run.setup.alpha).not.toBe(run.setup.alpha / run.setup.r);
        expect(run.setup.on !== "layer").toBe(isCause("matrix"));
        const ends = lastSnapshot(run).trainingLoss;
        if (!isCause("dropout")) expect(ends > FIXED_SHARE * untouched).toBe(!isCause("factor", "twice", "base"));
        const tested = lastSnapshot(runOf(testOf(number, seed))).servedLoss;
        if (isCause("twice")) expect(tested).toBeLessThan(FIXED_SHARE * untouched);
        if (isCause("base")) expect(tested).toBeGreaterThan(untouched);
      }
  });

  test("of an η too high says what would be so at every seed: at the η of case 1 each case's own run climbs", () => {
    for (const number of numbers.filter((one) => cases[one].cause !== "rate"))
      for (const seed of seeds) {
        // Where A = B = 0 nothing moves at any η: the run that is meant has a start.
        const {frames, setup} = broken(number, seed, {rate: TOO_HIGH_RATE, ...(number === "3" ? {start: "b"} : {})});
        const most = Math.max(...frames.map((frame) => frame.trainingLoss));
        expect(most, `${number}, ${seed}`).toBeGreaterThan(1.05 * untouchedOf(setup));
      }
  });

  test("all 64 say numbers that are so, in one or two sentences, before the last step too", () => {
    for (const number of numbers)
      for (const diagnosis of Object.keys(causes))
        for (const step of [3, CLINIC_STEPS]) {
          const told = {guess: `${number}-lower`, diagnosis: `${number}-${diagnosis}`};
          const params = at({case: number, step, ...told, ...cures[number]});
          const found = result(params);
          const sentence = w.summary(found, params);
          const claims = clinic(params, found);
          expect(disagreements(sentence, claims.summary), `${number} ${diagnosis}`).toEqual([]);
          expect(sentence.match(/[.!?](?= |$)/g), sentence).toHaveLength(2);
          expect(sentence).not.toMatch(/undefined|NaN|Infinity|— /);
          expect(found.changed !== undefined).toBe(diagnosis === cases[number].cause);
        }
  });

  test("of another case, or before the test is predicted, says nothing", () => {
    for (const raw of [
      {case: "2", guess: "1-lower", diagnosis: "2-rank", r: 4},
      {case: "2", diagnosis: "2-rank", r: 4},
      {case: "2", guess: "2-lower", diagnosis: "1-rank", r: 4},
    ]) {
      const params = at(raw);
      expect(result(params).changed).toBeUndefined();
      expect(w.summary(result(params), params)).not.toContain("raise r");
    }
  });
});

test("before the reader commits, no cause stands in the picture, the sentence, the table or the address", () => {
  for (const number of numbers)
    for (const guess of ["", `${number}-lower`]) {
      const params = at({case: number, guess});
      const root = emptyRoot();
      const {parts, result: found} = show(root, all, params);
      const seen = parts.picture.cloneNode(true) as Element;
      // The choice among all the causes is no answer.
      for (const bar of seen.querySelectorAll(".diagnosing .presses")) bar.remove();
      const text = `${seen.outerHTML} ${w.summary(found, params)} ${JSON.stringify(w.table(found, params))}`;
      for (const cause of Object.values(causes)) expect(text).not.toContain(cause);
      expect(parts.picture.querySelector(".diagnosing") === null).toBe(guess === "");
      expect(Object.keys(differences(controls, params)).filter((name) => !["case", "guess"].includes(name))).toEqual(
        [],
      );
    }
});
