import {describe, expect, test} from "vitest";
import memory from "../../content/paper/memory.json" with {type: "json"};
import numbers from "../../content/paper/numbers.json" with {type: "json"};
import {parse} from "../../src/figure/parse.ts";
import {FigureState} from "../../src/figure/state/figureState.ts";
import {bounds, type CostParams, compute, controls, totalMemory} from "../../src/figures/cost/model.ts";
import face from "../../src/figures/cost/widget.ts";

const w = {...face, compute};

const at = (raw: Readonly<Record<string, unknown>> = {}): CostParams => parse(controls, raw, {boundsOf: bounds}).params;
const of = (raw: Readonly<Record<string, unknown>> = {}) => compute(at(raw));
const models = Object.keys(controls.model.options);
const near = (ours: number, theirs: number, share: number) =>
  expect(Math.abs(ours / theirs - 1), `${ours} for ${theirs}`).toBeLessThan(share);

describe("the paper's sizes", () => {
  test("are those of numbers.json, and no others", () => {
    for (const [id, entry] of Object.entries(memory))
      expect(
        numbers.find((one) => one.id === id),
        id,
      ).toMatchObject(entry);
  });

  test("GPT-3, r = 4 on Wq and Wv: 18,874,368 parameters, 37,748,736 bytes, 36 MiB, roughly the printed 35 MB", () => {
    const {chosen} = of();
    expect(chosen).toMatchObject({trained: 18_874_368, checkpoint: 37_748_736});
    expect(chosen!.checkpoint / 2 ** 20).toBe(36);
    near(chosen!.checkpoint, memory["ckpt-35mb"].value * 1e6, 0.08);
  });

  test("100 tasks: near 353.5 GB against 35 TB", () => {
    const {full, chosen} = of({tasks: 100});
    near(chosen!.storage, Number(numbers.find(({id}) => id === "hundred-models-exact")!.value) * 1e9, 0.005);
    near(chosen!.storage, 353.5e9, 0.005);
    near(full.storage, memory["hundred-models-ft"].value * 1e12, 0.005);
    near(full.checkpoint, memory["ckpt-350gb"].value * 1e9, 0.005);
    expect(chosen!.storage - chosen!.base).toBe(100 * 37_748_736);
  });

  test("full fine-tuning with Adam is 8 bytes a parameter, 1.4 TB and not the printed 1.2; LoRA near the printed 350 GB", () => {
    const {full, chosen, parameters} = of();
    expect(full.memory.total / parameters).toBe(8);
    expect((full.memory.total / 1e12).toFixed(1)).toBe("1.4");
    near(chosen!.memory.total, memory["vram-lora"].value * 1e9, 0.005);
  });
});

describe("what is said", () => {
  const said = (raw: Readonly<Record<string, unknown>>) => w.summary(of(raw), at(raw));

  test("that rounded weights are part of the saving, where some are", () => {
    for (const precision of ["int8", "nf4"])
      expect(said({precision})).toContain("full fine-tuning keeps 16 bits, so part of the saving comes from rounding");
    expect(said({precision: "mixed"})).not.toContain("rounding");
  });

  test("a chosen model fixes its size in silence, though the form still sends the one before", () => {
    const state = new FigureState(w, at());
    const {params, notes} = state.take({...at(), model: "llama2-7b"});
    expect(params).toMatchObject({d: 4096, layers: 32});
    expect(notes).toEqual([]);
    // So a phrase that sets this model is marked where it is shown.
    expect(state.foresee({model: "gpt3"}, at())).toMatchObject({d: 12_288});
    // Who asks for another size is told.
    expect(state.take({d: 640}).notes).toEqual(["d should be 4,096 here; 640 is not, so 4,096 is shown."]);
  });
});

describe("controls", () => {
  test("name every model of the engine, each with a size of its own", () => {
    expect(new Set(models.map((model) => of({model, d: 640, layers: 7}).parameters)).size).toBe(models.length);
  });

  test("a named model keeps its width and layers; a custom one takes them, in steps of a head", () => {
    const {params, notes} = parse(controls, {model: "llama2-7b", d: 640, layers: 7}, {boundsOf: bounds});
    expect(params).toMatchObject({d: 4096, layers: 32});
    expect(notes).toHaveLength(2);
    expect(at({model: "custom", d: 650, layers: 7})).toMatchObject({d: 640, layers: 7});
  });

  test("r ends at the narrowest matrix it meets, which grouped keys make narrower than the model", () => {
    expect(at({model: "llama2-70b", matrices: "q", r: 99_999}).r).toBe(8192);
    expect(at({model: "llama2-70b", matrices: "qv", r: 99_999}).r).toBe(1024);
    expect(at({model: "gpt2-medium", matrices: "all", r: 99_999}).r).toBe(1024);
  });

  test("BitFit has nothing to train in Llama, and the sentence says so", () => {
    const params = at({model: "llama2-7b", method: "bitfit"});
    expect(compute(params).chosen).toBeUndefined();
    expect(w.summary(compute(params), params)).toContain("has no biases, so BitFit has nothing to train.");
  });

  test("what full fine-tuning moves stays in 16 bits, whatever is frozen", () => {
    for (const precision of ["int8", "nf4"]) {
      const {full, chosen} = of({precision});
      expect(full).toEqual(of({precision: "bf16"}).full);
      expect(chosen!.memory.weights).toBeLessThan(0.6 * full.memory.weights);
    }
  });

  test("the challenge needs both: rounded weights alone leave no room for 512 tokens on a card of 40 GB", () => {
    const met = (raw: Readonly<Record<string, unknown>>) => w.challenge.met(of(raw), at(raw));
    expect(met({model: "llama2-70b", precision: "nf4"})).toBe(false);
    expect(met({model: "llama2-70b", tokens: 1})).toBe(false);
    expect(met({model: "llama2-70b", precision: "nf4", tokens: 128})).toBe(true);
    expect(met({model: "roberta-base"})).toBe(false);
  });
});

describe("what chapters and questions say of activations", () => {
  const linked = {model: "llama2-7b", method: "lora", batch: 16, tokens: 4096};
  const {full, chosen} = of(linked);
  const saved = 1 - chosen!.activations / full.activations;

  test("LoRA keeps about a fifth less of them, and they are still by far the larger part", () => {
    expect(Math.round(5 * saved)).toBe(1);
    expect(chosen!.activations).toBeGreaterThan(10 * chosen!.memory.total);
  });

  test("the two sizes of chapter 1, with one short text and with sixteen long ones", () => {
    const gigabytes = (raw: Readonly<Record<string, unknown>>) => {
      const {full, chosen} = of({...linked, ...raw});
      return [full, chosen!].map((cost) => Math.round(totalMemory(cost) / 1e9));
    };
    expect([gigabytes({batch: 1, tokens: 512}), gigabytes({})]).toEqual([
      [57, 16],
      [393, 290],
    ]);
  });

  test("stored scores would be four fifths of all", () => {
    const stored = of({...linked, scores: "stored"}).full.activations;
    expect(Math.round(5 * (1 - full.activations / stored))).toBe(4);
  });

  test("rank 1 changes next to nothing, and fewer matrices less than a fifth", () => {
    const at = (raw: Readonly<Record<string, unknown>>) => of({...linked, ...raw}).chosen!.activations;
    expect(at({r: 64}) / at({r: 1})).toBeLessThan(1.005);
    expect(1 - at({matrices: "q"}) / at({matrices: "all"})).toBeLessThan(0.2);
  });
});
