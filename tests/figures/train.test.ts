import {describe, expect, test} from "vitest";
import {scaling} from "../../src/engine/lora/lora.ts";
import {parse} from "../../src/figure/parse.ts";
import {MAX_KEPT} from "../../src/figures/shared/keptRuns.ts";
import {
  controls,
  keptTrainRuns,
  settingsOf,
  TRAIN_STEPS,
  type TrainParams,
  type TrainResult,
  type TrainSettings,
  type TrainSnapshot,
} from "../../src/figures/train/model.ts";
import w from "../../src/figures/train/widget.ts";
import {isAll} from "../third.ts";
import {losses} from "./oracles/descent.ts";
import {singularValues} from "./oracles/exact.ts";
import {deltaOf, floorOf, framesOf, lossOf, spectrumOf, teacherOf} from "./oracles/train.ts";
import {emptyRoot, show} from "./promises/stage.ts";
import {randomParams} from "./promises/states.ts";
import {remembering} from "./promises/tapes.ts";

/** What a lost run’s button sets. */
const safe = {rate: "0.01", alpha: 4} as const;

const at = (raw: Readonly<Record<string, unknown>> = {}): TrainParams =>
  parse(controls, raw, {boundsOf: w.bounds as never}).params;

const all = await remembering("train");
const trained = (params: TrainParams) => all.compute(params) as TrainResult;

const random = randomParams("train", all, 200) as TrainParams[];
const randomRuns = random.map(settingsOf);
const someRuns = randomRuns.slice(0, isAll ? 20 : 5);

const isZero = (delta: readonly (readonly number[])[]) => delta.flat().every((x) => x === 0);

describe("every run", () => {
  test("starts at ΔW = 0 exactly, in both, at one loss; is never below its floor; and LoRA's ΔW has rank r at most", () => {
    for (const run of someRuns) {
      const teacher = teacherOf(run);
      const frames = framesOf(run);
      expect(frames).toHaveLength(TRAIN_STEPS + 1);
      expect(frames[0]!.lora!.loss).toBe(frames[0]!.full!.loss);
      const start = trained({...at(), ...run, step: 0});
      expect(start.lora.floor).toBeCloseTo(floorOf(teacher, run.r), 7);
      expect(start.full.floor).toBeCloseTo(floorOf(teacher, 16), 7);
      for (const who of ["lora", "full"] as const) {
        expect(isZero(deltaOf(frames[0]!, who, run)!)).toBe(true);
        for (const frame of frames)
          expect(frame[who]?.loss ?? 1e9).toBeGreaterThanOrEqual(start[who].floor * (1 - 1e-12));
      }
      for (const step of [1, 40, TRAIN_STEPS]) {
        const delta = deltaOf(frames[step]!, "lora", run);
        if (!delta || frames[step]!.lora!.loss > 1e6) continue;
        const s = singularValues({rows: 16, cols: 16, data: Float64Array.from(delta.flat())});
        // The other route knows a singular value to about √ε of the largest.
        for (const sigma of s.slice(run.r)) expect(sigma).toBeLessThanOrEqual(1e-6 * s[0]!);
      }
    }
  }, 120_000);

  test("moves by the gradient of its loss alone, by the optimizer's own rule", () => {
    for (const raw of [
      {optimizer: "sgd"},
      {optimizer: "sgd", r: 5, alpha: 9, examples: "12", noise: 4, rate: "0.02"},
      {optimizer: "sgd", examples: "48", noise: 2},
    ]) {
      const run = settingsOf(at(raw));
      const teacher = teacherOf(run);
      const frames = framesOf(run, 30);
      for (const step of [0, 1, 7, 29])
        for (const who of ["lora", "full"] as const) {
          const [now, next] = [frames[step]![who]!, frames[step + 1]![who]!];
          const lossWith = (parameters: Float64Array) =>
            lossOf(teacher, deltaOf({[who]: {...now, parameters}}, who, run)!);
          expect(now.loss).toBeCloseTo(lossWith(now.parameters), 9);
          for (const i of [0, 3, 17, 30]) {
            // A difference quotient of a loss that is quadratic in each single number is exact but for rounding.
            const moved = (by: number) => lossWith(now.parameters.map((x, n) => (n === i ? x + by : x)));
            const slope = (moved(0.01) - moved(-0.01)) / 0.02;
            const [due] = losses("sgd", Number(run.rate), [[slope]]);
            expect(now.parameters[i]! - next.parameters[i]!).toBeCloseTo(due!, 9);
          }
        }
    }
  });

  test("of AdamW goes the way of its first step: every number by η against its sign, after the decay", () => {
    const run = settingsOf(at({optimizer: "adamw", rate: "0.02"}));
    const [zero, one] = framesOf(run, 1) as [TrainSnapshot, TrainSnapshot];
    const r16 = run.r * 16;
    // B is 0, so its decay is nothing and A has no gradient: A shrinks by η · 0.01, B moves by η.
    zero.lora!.parameters.forEach((x, n) => {
      const next = one.lora!.parameters[n]!;
      if (n < r16) expect(next).toBeCloseTo(x * (1 - 0.02 * 0.01), 12);
      else expect(Math.abs(next)).toBeCloseTo(0.02, 6);
    });
  });
});

test("η = 0.05 works with both optimizers at every rank: switching breaks nothing", () => {
  for (const optimizer of ["sgd", "adamw"])
    for (let r = 1; r <= 8; r++) {
      const {lora, full} = trained(at({optimizer, r}));
      expect(lora.losses.at(-1)!, `${optimizer}, r = ${r}`).toBeLessThan(lora.floor + 0.01);
      expect(full.losses.at(-1)!).toBeLessThan(0.001);
    }
});

test("with r of at least the rank of ΔW*, LoRA ends where full fine-tuning does", () => {
  for (const planted of [1, 3, 5])
    for (const r of [planted, planted + 1]) {
      const {lora, full} = trained(at({planted, r}));
      expect(Math.abs(lora.losses.at(-1)! - full.losses.at(-1)!)).toBeLessThan(0.002);
      lora.s.slice(0, planted).forEach((sigma, i) => {
        expect(Math.abs(sigma - spectrumOf(planted)[i]!)).toBeLessThan(0.05);
      });
    }
});

describe("kept runs", () => {
  test("go into a link and come back", () => {
    for (let from = 0; from < randomRuns.length; from += MAX_KEPT) {
      const list = randomRuns.slice(from, from + MAX_KEPT);
      const text = keptTrainRuns.write(list);
      expect(text.length).toBeLessThanOrEqual(controls.kept.limit);
      expect(keptTrainRuns.read(text)).toEqual({runs: list});
      expect(encodeURIComponent(text)).toBe(text);
    }
  });

  test.each([
    ["2-4-0.05-adamw-all-0-4", "Run 1 should be settings such as"],
    ["2-4-0.05-adamw-all-0-4-7-1", "Run 1 should be settings such as"],
    ["2-4-0.05-adamw-all-3-4-7", "Run 1 should be settings such as"],
    ["2-4-0.05-adamw-all-0-4-7_9-4-0.05-adamw-all-0-4-7", "Run 2 should be settings such as"],
    ["2-4-0.05-adamw-all-0-4-7_2-4-0.05-adamw-all-0-4-7", "Run 2 repeats run 1."],
    [
      Array.from({length: 9}, (_, i) => `2-4-0.05-sgd-all-0-4-${i + 1}`).join("_"),
      "There are 9 runs here; at most 8 are kept.",
    ],
    ["_", "Run 1 should be settings such as"],
  ])("refuse %s in words", (text, why) => {
    expect(keptTrainRuns.read(text).problem).toContain(why);
  });

  test("are drawn whole, each with its own line, and say what changed", () => {
    const kept = [at({r: 2}), at({r: 4, optimizer: "sgd"})].map((params) => settingsOf(params));
    const params = at({r: 4, optimizer: "sgd", rate: "0.1", step: 80, kept: keptTrainRuns.write(kept)});
    const result = trained(params);
    expect(result.kept.map(({losses}) => losses.length)).toEqual([TRAIN_STEPS + 1, TRAIN_STEPS + 1]);
    expect(result.kept.map(({losses}) => losses)).toEqual(
      kept.map((run) => framesOf(run as TrainSettings).map(({lora}) => lora!.loss)),
    );
    expect(w.summary(result, params)).toMatch(
      / From run 2 to this run, η went from 0\.05 to 0\.1, all else the same: the loss at step 80 went from 0\.\d+ to (0\.\d+|< 0\.001)\.$/,
    );
    const back = at({...kept[1], step: 80, kept: keptTrainRuns.write(kept)});
    expect(w.summary(trained(back), back)).toContain(
      "From run 1 to run 2, r went from 2 to 4 and the optimizer went from AdamW to SGD, all else the same:",
    );
    const {parts} = show(emptyRoot(), all, params);
    const lines = parts.picture.querySelectorAll(".losses .wide .mark-lineY path[class]");
    expect([...lines].map((line) => line.getAttribute("class"))).toEqual(["kept-1", "kept-2", "full", "lora"]);
    expect([...parts.picture.querySelectorAll(".kept li .text")].map((text) => text.textContent)).toEqual([
      "r = 2, α = 4, η = 0.05, AdamW",
      "r = 4, α = 4, η = 0.05, SGD",
    ]);
  });
});

describe("a run that diverges", () => {
  const params = at({optimizer: "sgd", rate: "0.5", r: 1});

  test("is cut off where it leaves the range of numbers, said in words, and left with one press", () => {
    const result = trained(params);
    const {divergedAt, losses: before} = result.lora;
    expect(before).toHaveLength(divergedAt!);
    expect(w.summary(result, params)).toContain(
      `LoRA's loss overflowed at step ${divergedAt}: the step η·α/r = 2 was too large; lower η.`,
    );
    const {parts} = show(emptyRoot(), all, params);
    expect(parts.picture.querySelector(".rescue")!.hasAttribute("hidden")).toBe(false);
    const {parts: fine} = show(emptyRoot(), all, at());
    expect(fine.picture.querySelector(".rescue")!.hasAttribute("hidden")).toBe(true);
  });

  test("works again with the settings that the button sets, whatever else is set", () => {
    for (const run of someRuns) {
      const [start, ...rest] = framesOf({...run, ...safe});
      for (const {lora, full} of rest) {
        expect(lora!.loss).toBeLessThan(2 * start!.lora!.loss);
        expect(full!.loss).toBeLessThan(2 * start!.full!.loss);
      }
    }
  }, 60_000);
});

test("the trace: the printed terms are entries of B and A, and what they make times α/r is the entry of ΔW", () => {
  const params = at({r: 3, alpha: 7, row: 5, column: 11, step: 40});
  const result = trained(params);
  const {parts} = show(emptyRoot(), all, params);
  const entry = parts.picture.querySelector(".sumline")!.textContent!;
  const [, factor, product, delta, due] =
    /= ([\d.]+) × (−?[\d.]+) ≈ (−?[\d.]+); the planted entry is ΔW\*\[5,11\] = (−?[\d.]+)\.$/
      .exec(entry)!
      .map((text) => Number(text.replace("−", "-")));
  const n = 4 * 16 + 10;
  expect(factor).toBeCloseTo(scaling({...result.lora, alpha: 7, r: 3}), 2);
  expect(Math.abs(delta! - result.lora.delta.data[n]!)).toBeLessThan(0.0055);
  expect(Math.abs(product! - (result.lora.delta.data[n]! * 3) / 7)).toBeLessThan(0.0001);
  expect(Math.abs(due! - result.deltaStar.data[n]!)).toBeLessThan(0.0051);
  expect(parts.picture.querySelectorAll(".wide .trace .outline")).toHaveLength(5);
});
