import {describe, expect, test} from "vitest";
import {type Decoder, placeTransformer} from "../../../src/engine/kernels/decoder.ts";
import {createHeap} from "../../../src/engine/kernels/heap.ts";
import {mulberry32, normal} from "../../../src/engine/linalg/random.ts";
import {type AttachmentPlan, attach} from "../../../src/engine/lora/attach.ts";
import {TARGETS, type Target} from "../../../src/engine/network/architecture.ts";
import {allocate, type Tensors} from "../../../src/engine/network/parameters.ts";
import {type Batch, forward, languageLoss, type Transformer} from "../../../src/engine/network/transformer.ts";
import {initTransformer} from "../../../src/engine/network/untrained.ts";
import {digitMachine} from "../../../src/engine/training/tasks.ts";
import {isAll, oneOf} from "../../third.ts";
import {largestDifference} from "../fixture.ts";
import {modelOf, network} from "../network.ts";
import {paths} from "./paths.ts";

const loras: Target[][] = [["Wq", "Wv"], ["Wk"], ["Wo"], ["W1"], ["W2"], ["Wv", "W2"], [...TARGETS]];
const plans: Record<string, AttachmentPlan | undefined> = {
  "all weights": undefined,
  ...Object.fromEntries(loras.map((targets) => [targets.join(" "), {targets, r: 3, alpha: 6}])),
  bottlenecks: {width: 3},
  prefix: {vectors: 5},
};
/** One of each kind, for what takes large batches. */
const kinds = isAll ? Object.keys(plans) : ["all weights", ...oneOf(["Wv W2", "bottlenecks", "prefix"])];

/** A model with an attachment as after some training, and a batch in which some places are ignored. */
function drawn(plan: string, sizes: Transformer["sizes"], B: number): {model: Transformer; batch: Batch} {
  const random = mulberry32(41);
  const base = initTransformer(sizes, random);
  const attached = plans[plan] ? [attach(sizes, plans[plan], random)] : [];
  for (const {params} of attached) for (let i = 0; i < params.flat.length; i++) params.flat[i] += normal(random) / 8;
  const draw = (least: number) =>
    Int32Array.from({length: B * sizes.T}, () => least + Math.floor(random() * (sizes.V - least)));
  return {model: {...base, attached}, batch: {tokens: draw(0), targets: draw(-1), B}};
}

const largestOf = (data: Float64Array) => data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/**
 * Every entry is within float32 rounding of the reference, relative to the largest entry of its matrix, or of all
 * matrices, since a small gradient can be a difference of large ones.
 */
function expectClose(ours: Float32Array, reference: Float64Array, all = reference): void {
  const largest = largestOf(reference);
  expect(largest).toBeGreaterThan(0);
  expect(ours.length).toBe(reference.length);
  expect(largestDifference(ours, reference)).toBeLessThanOrEqual(3e-6 * largest + 2 ** -24 * largestOf(all));
}

function expectReference(decoder: Decoder, model: Transformer, batch: Batch): void {
  expectClose(decoder.logits(batch.tokens, batch.B).data, forward(model, batch.tokens, batch.B).logits.data);
  const params: Tensors = model.attached[0]?.params ?? model.weights;
  const due = allocate(params.layout);
  const to = model.attached.length > 0 ? {attached: [due]} : {weights: due as Transformer["weights"]};
  const loss = languageLoss(model, batch, to);
  const got = decoder.lossAndGradients(batch);
  expect(Math.abs(got.loss / loss - 1)).toBeLessThan(1e-6);
  expect(Math.abs(decoder.loss(batch) / loss - 1)).toBeLessThan(1e-6);
  expect(got.grads.layout).toEqual(params.layout);
  for (const [name] of params.layout) expectClose(got.grads.views[name].data, due.views[name].data, due.flat);
}

for (const {path, heap, kernels} of paths()) {
  describe(path, () => {
    const start = heap.mark();
    const place = (model: Transformer) => {
      heap.release(start);
      return placeTransformer(kernels, model);
    };

    test.each(Object.keys(plans))("loss, logits and every gradient are the float64 reference's: %s", (plan) => {
      for (const sizes of [digitMachine, {V: 7, T: 19, C: 10, H: 2, L: 2}, {V: 5, T: 2, C: 4, H: 1, L: 1}]) {
        const {model, batch} = drawn(plan, sizes, 3);
        expectReference(place(model), model, batch);
      }
    });

    test("a batch that is too large for one part is split into several, with a smaller last one", () => {
      for (const plan of kinds) {
        const {model, batch} = drawn(plan, digitMachine, 45);
        expectReference(place(model), model, batch);
      }
    });

    test("what stands after a sequence's last target is not computed, and a sequence without any target counts for nothing", () => {
      for (const plan of kinds) {
        const {model, batch} = drawn(plan, digitMachine, 45);
        const {T} = digitMachine;
        const lengths = Array.from({length: 45}, (_, b) => (b * 5) % (T + 1));
        const targets = batch.targets.map((target, n) =>
          n % T < lengths[Math.floor(n / T)] ? Math.max(target, 0) : -1,
        );
        const cut = {...batch, targets};
        const rows: number[] = [];
        const counting: typeof kernels = {
          ...kernels,
          multiply(a, b, c, product) {
            if (c.cols === digitMachine.V && c.rows !== digitMachine.C) rows.push(c.rows);
            kernels.multiply(a, b, c, product);
          },
        };
        heap.release(start);
        const decoder = placeTransformer(counting, model);
        expectReference(decoder, model, cut);
        rows.length = 0;
        const {loss, grads} = decoder.lossAndGradients(cut);
        const P = plan === "prefix" ? 5 : 0;
        const due = lengths.reduce((sum, length) => sum + Math.max(length, 1) + P, 0);
        expect(rows.reduce((sum, count) => sum + count)).toBe(due);
        const kept = grads.flat.slice();
        // Other tokens there change no bit.
        const tokens = batch.tokens.map((token, n) => (n % T < lengths[Math.floor(n / T)] ? token : (token + 1) % 7));
        const other = decoder.lossAndGradients({...cut, tokens});
        expect(other.loss).toBe(loss);
        expect(other.grads.flat).toEqual(kept);
      }
    });

    test("shorter sequences and other batches have their own arrays, which are used again", () => {
      for (const plan of ["Wq Wv", "bottlenecks", "prefix"]) {
        const {model, batch} = drawn(plan, digitMachine, 2);
        const decoder = place(model);
        const cut = {tokens: batch.tokens.slice(0, 12), targets: batch.targets.slice(0, 12), B: 3};
        expectReference(decoder, model, batch);
        expectReference(decoder, model, cut);
        const filled = heap.mark();
        expectReference(decoder, model, batch);
        expectReference(decoder, model, cut);
        expect(heap.mark()).toBe(filled);
      }
    });

    test("the next pass uses the present `params`; the given model does not change", () => {
      const {model, batch} = drawn("Wv W2", digitMachine, 2);
      const [before, weights] = [model.attached[0].params.flat.slice(), model.weights.flat.slice()];
      const decoder = place(model);
      const first = decoder.loss(batch);
      decoder.params.flat.fill(0);
      expect(Math.abs(decoder.loss(batch) / languageLoss({...model, attached: []}, batch) - 1)).toBeLessThan(1e-6);
      decoder.params.flat.set(before);
      expect(decoder.loss(batch)).toBe(first);
      expect(model.attached[0].params.flat).toEqual(before);
      expect(model.weights.flat).toEqual(weights);
    });

    test("errors are those of the reference", () => {
      const {model, batch} = drawn("all weights", digitMachine, 2);
      const decoder = place(model);
      expect(() => decoder.logits(Int32Array.of(1, 2, 3), 2)).toThrow("3 tokens do not make 2 sequences");
      expect(() => decoder.logits(Int32Array.of(18), 1)).toThrow("embedding: token 18 at place 0");
      expect(() => decoder.logits(new Int32Array(14), 1)).toThrow("the model knows 13 positions");
      const none = {...batch, targets: batch.targets.map(() => -1)};
      expect(() => decoder.loss(none)).toThrow("every target is −1");
      expect(() => decoder.loss({...batch, targets: Int32Array.of(0)})).toThrow("1 targets for 26 rows");
    });
  });
}

test("two attachments and a full heap throw", () => {
  const [{kernels}] = paths();
  const model = modelOf(network.runs[1]);
  const twice = {...model, attached: [...model.attached, ...model.attached]};
  expect(() => placeTransformer(kernels, twice)).toThrow("2 attachments; the kernels take one");
  const {model: larger} = drawn("Wk", digitMachine, 1);
  expect(() => placeTransformer({...kernels, heap: createHeap(1)}, larger)).toThrow("are free. Release what");
});
