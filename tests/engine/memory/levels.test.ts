import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {placeTransformer} from "../../../src/engine/kernels/decoder.ts";
import {logitsOf} from "../../../src/engine/kernels/logits.ts";
import {add, frobenius, subtract} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {deltaWeight} from "../../../src/engine/lora/lora.ts";
import {attachLoftq} from "../../../src/engine/lora/variants/loftq.ts";
import {LEVEL_BLOCK, quantizeLayers, roundLevels, toLevels} from "../../../src/engine/memory/levels.ts";
import {TARGETS} from "../../../src/engine/network/architecture.ts";
import type {Transformer} from "../../../src/engine/network/transformer.ts";
import {adapt} from "../../../src/engine/training/adaptation.ts";
import {baseTasks, drawBatch, newTasks, score, type Task} from "../../../src/engine/training/tasks.ts";
import {baseNamed, createLabKernels} from "../../../src/tools/loadBase.ts";

describe("roundLevels", () => {
  test("two bits are four levels: −m, −m/3, m/3 and m", () => {
    const {values, codes, scales} = roundLevels(Float64Array.of(-3, -2.1, -1.9, -0.1, 0, 0.1, 1.9, 2.1, 3), 2);
    expect([...codes]).toEqual([0, 0, 1, 1, 2, 2, 2, 3, 3]);
    expect(values.map((x) => Math.round(1e12 * x) / 1e12)).toEqual(Float64Array.of(-3, -3, -1, -1, 1, 1, 1, 3, 3));
    expect([...scales]).toEqual([3]);
  });

  test("every number becomes the nearest of its block's levels, and the largest is exact", () => {
    const numbers = fc.array(fc.double({min: -1e3, max: 1e3, noNaN: true}), {minLength: 1, maxLength: 150});
    fc.assert(
      fc.property(numbers, fc.integer({min: 1, max: 8}), (list, bits) => {
        const x = Float64Array.from(list);
        const {values, scales} = roundLevels(x, bits);
        expect(scales).toHaveLength(Math.ceil(x.length / LEVEL_BLOCK));
        const levels = Array.from({length: 2 ** bits}, (_, code) => (2 * code) / (2 ** bits - 1) - 1);
        x.forEach((value, i) => {
          const start = i - (i % LEVEL_BLOCK);
          const m = Math.max(...Array.from(x.subarray(start, start + LEVEL_BLOCK), Math.abs));
          const error = Math.min(...levels.map((level) => Math.abs(level * m - value)));
          if (Math.abs(Math.abs(values[i] - value) - error) > 1e-12 * m) expect.fail(`${value} became ${values[i]}`);
          if (Math.abs(value) === m) expect(values[i]).toBe(value);
        });
      }),
      {seed: 4, numRuns: 100},
    );
  });

  test("zeros stay zeros; a wrong number of bits and a NaN throw", () => {
    expect(roundLevels(new Float64Array(3), 2).values).toEqual(new Float64Array(3));
    for (const bits of [0, 9, 1.5]) expect(() => roundLevels(new Float64Array(1), bits)).toThrow("from 1 to 8");
    expect(() => roundLevels(Float64Array.of(1, Number.NaN), 2)).toThrow("value 1 (counted from 0) is NaN");
  });
});

describe("a base of 2 bits", () => {
  const base = baseNamed("digit-machine");
  const quantize = toLevels(2);
  const coarse = quantizeLayers(base, quantize);
  const exact = (model: Transformer, task: Task) => {
    const batch = drawBatch([task], 200, mulberry32(6));
    return score(logitsOf(placeTransformer(createLabKernels(), model))(batch.tokens, batch.B), batch).exact;
  };

  test("has rounded matrices in its layers and nothing else changed, and has lost its skills", () => {
    for (const [name] of base.weights.layout) {
      const [was, is] = [base.weights.views[name], coarse.weights.views[name]];
      const isRounded = TARGETS.some((target) => name.endsWith(`.${target}`));
      expect(is.data).toEqual(isRounded ? quantize(was).data : was.data);
    }
    for (const task of Object.values(baseTasks)) {
      expect(exact(base, task)).toBe(1);
      expect(exact(coarse, task)).toBeLessThan(0.1);
    }
  });

  test("learns a new task with an adapter all the same", () => {
    const draw = (B: number, random: () => number) => drawBatch([newTasks.reversePlusOne], B, random);
    const run = adapt(createLabKernels(), coarse, {targets: ["Wq", "Wv"], r: 4, alpha: 8}, draw, 7);
    for (const _ of run.snapshots);
    const batch = drawBatch([newTasks.reversePlusOne], 200, mulberry32(6));
    expect(score(logitsOf(run.decoder)(batch.tokens, batch.B), batch).exact).toBeGreaterThan(0.9);
  });

  test("LoftQ's start is nearer to the original weights than B = 0, and the more so the larger r is", () => {
    const distance = (r: number) => {
      const attachment = attachLoftq(base, {targets: ["Wq", "W1"], r, alpha: 3}, quantize, mulberry32(1));
      return attachment.view(attachment.params).flatMap(({loras = {}}, l) =>
        Object.entries(loras).map(([target, lora]) => {
          const name = `layers.${l}.${target}` as "layers.0.Wq";
          const [W0, Q] = [base.weights.views[name], coarse.weights.views[name]];
          return frobenius(subtract(W0, add(Q, deltaWeight(lora)))) / frobenius(subtract(W0, Q));
        }),
      );
    };
    const [low, high, full] = [distance(2), distance(8), distance(40)];
    expect(low).toHaveLength(4);
    low.forEach((share, i) => {
      expect(share).toBeLessThan(1);
      expect(high[i]).toBeLessThan(share);
      expect(full[i]).toBeLessThan(1e-12);
    });
  });
});
