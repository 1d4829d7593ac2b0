/** One rank and one scale: exact where the scales allow it, and otherwise the error that is said. */
import {expect, test} from "vitest";
import type {FloatDtype} from "../../../../src/engine/adapters/dtype.ts";
import {readTensor} from "../../../../src/engine/adapters/inspect/container.ts";
import type {OpenedAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import {planOf} from "../../../../src/engine/adapters/inspect/plan.ts";
import type {TakeOptions} from "../../../../src/engine/adapters/inspect/takeHome.ts";
import {reopened, taken} from "./fixture.ts";
import {configOf, openedOf, type Tensors, wave} from "./made.ts";

const NAMES = ["h.0.q", "h.1.q", "h.0.v", "h.1.v"];
const own = (ranks: readonly number[], dtype: FloatDtype = "F32"): Tensors =>
  Object.fromEntries(
    NAMES.flatMap((name, m) => [
      [`base_model.model.${name}.lora_A.weight`, [[ranks[m]!, 7], (i: number) => wave(i + m), dtype] as const],
      [
        `base_model.model.${name}.lora_B.weight`,
        [[9, ranks[m]!], (i: number) => 0.1 * wave(i + 50 * m), dtype] as const,
      ],
    ]),
  );

async function written(adapter: OpenedAdapter, options: Partial<TakeOptions> = {}) {
  const files = await taken(adapter, {kind: "none"}, {as: "PEFT", oneRank: true, ...options});
  const {adapter: again, config, model} = await reopened(files);
  return {...files, config: JSON.parse(config!), model, again};
}

/** scale·B·A of a module, entry by entry. */
async function delta({container}: OpenedAdapter, name: string, scale: number): Promise<number[]> {
  const [A, B] = await Promise.all(
    ["A", "B"].map((half) => readTensor(container, `base_model.model.${name}.lora_${half}.weight`)),
  );
  const [r, k] = A!.shape as [number, number];
  return Array.from({length: 9 * k}, (_, at) => {
    let sum = 0;
    for (let l = 0; l < r; l++) sum += B!.data[Math.floor(at / k) * r + l]! * A!.data[l * k + (at % k)]!;
    return scale * sum;
  });
}

const root = (values: readonly number[]) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));

/** ‖ΔW − ΔW′‖ / ‖ΔW‖, from the entries. */
async function errorOf(before: OpenedAdapter, after: OpenedAdapter, scales: readonly number[], scale: number) {
  const [lost, whole]: number[][] = [[], []];
  for (const [m, name] of NAMES.entries()) {
    const [due, is] = [await delta(before, name, scales[m]!), await delta(after, name, scale)];
    lost!.push(...due.map((x, i) => x - is[i]!));
    whole!.push(...due);
  }
  return root(lost!) / root(whole!);
}

test("ranks that differ at one scale: B is untouched, α is s · R, and nothing is lost in any format", async () => {
  for (const dtype of ["F32", "F16", "BF16"] as const) {
    const adapter = await openedOf(
      own([4, 2, 4, 3], dtype),
      configOf({
        r: 4,
        lora_alpha: 6,
        rank_pattern: {"h.1.q": 2, "h.1.v": 3},
        alpha_pattern: {"h.1.q": 3, "h.1.v": 4.5},
      }),
    );
    const {config, again, rounding, notes} = await written(adapter);
    expect(config).toMatchObject({r: 4, lora_alpha: 6, rank_pattern: {}, alpha_pattern: {}});
    expect([...again.pairs.values()].map(({r}) => r)).toEqual([4, 4, 4, 4]);
    expect(await errorOf(adapter, again, [1.5, 1.5, 1.5, 1.5], 1.5)).toBe(0);
    expect(rounding).toBe(0);
    expect(notes[0]).toContain("r = 4, lora_alpha = 6, no patterns, no rsLoRA; every number is exact");
  }
});

test("rsLoRA becomes an α of its own", async () => {
  const adapter = await openedOf(own([4, 4, 4, 4]), configOf({r: 4, lora_alpha: 6, use_rslora: true}));
  const {config, again} = await written(adapter);
  expect(config).toMatchObject({r: 4, lora_alpha: 12, use_rslora: false});
  expect(await errorOf(adapter, again, [3, 3, 3, 3], 3)).toBe(0);
});

test.each(["F32", "F16", "BF16"] as const)(
  "scales that differ in %s: the commonest one, and its error is said",
  async (dtype) => {
    const alpha_pattern = {"h.0.v": 12, "h.1.v": 16};
    const scales = [2, 2, 3, 4];
    const adapter = await openedOf(own([4, 4, 4, 4], dtype), configOf({r: 4, lora_alpha: 8, alpha_pattern}));
    const {config, again, rounding, notes} = await written(adapter);
    // 2 and 4 differ by a power of two; only the module at 3 is rounded.
    expect(config.lora_alpha).toBe(8);
    const due = await errorOf(adapter, again, scales, 2);
    expect(rounding).toBeCloseTo(due, 9);
    expect(rounding).toBeGreaterThan(0);
    expect(rounding).toBeLessThan({F32: 1e-7, F16: 3e-4, BF16: 3e-3}[dtype]);
    expect(notes[0]).toContain("B of 1 of 4 modules was multiplied and rounded once");
  },
);

test("the plan has the size of the file, to the byte", async () => {
  const adapter = await openedOf(
    {...own([4, 2, 4, 3]), "base_model.model.head.weight": [[9, 9], wave]},
    configOf({r: 4, lora_alpha: 4, rank_pattern: {"h.1.q": 2, "h.1.v": 3}, modules_to_save: ["head"], bias: "none"}),
  );
  for (const pairsOnly of [false, true]) {
    const plan = planOf(adapter, {kind: "none"}, {as: "PEFT", oneRank: true, pairsOnly});
    const {model, config} = await written(adapter, {pairsOnly});
    expect(plan.bytes).toBe(model.length);
    expect(new Set(plan.ranks)).toEqual(new Set([4]));
    expect(config.modules_to_save).toEqual(pairsOnly ? null : ["head"]);
    expect([...plan.tensors.keys()].some((name) => name.includes("head"))).toBe(!pairsOnly);
  }
});

test("α = 0 everywhere leaves no scale to write", async () => {
  const adapter = await openedOf(own([4, 4, 4, 4]), configOf({r: 4, lora_alpha: 0}));
  await expect(written(adapter)).rejects.toThrow("α is 0 in every module, so no scale is left to write");
});
