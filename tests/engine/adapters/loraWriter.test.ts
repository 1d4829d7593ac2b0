import fc from "fast-check";
import {expect, test} from "vitest";
import {writeLoras} from "../../../src/engine/adapters/loraWriter.ts";
import {writeAdapter} from "../../../src/engine/adapters/peftWriter.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {trainedLora} from "../fixture.ts";

test("new LoRAs are written in the same bytes as writeAdapter writes them", () => {
  const name = fc.stringMatching(/^[a-z0-9_-]{1,4}(\.[a-z0-9_-]{1,4}){0,3}$/);
  const lora = fc
    .tuple(fc.integer({min: 1, max: 4}), fc.constantFrom(2, 8, 3.5), fc.integer())
    .map(([r, alpha, seed]) => trainedLora(5, 4, r, alpha, mulberry32(seed)));
  const adapter = fc.dictionary(name, lora, {minKeys: 1, maxKeys: 5, noNullPrototype: true});
  fc.assert(
    fc.property(adapter, fc.boolean(), (loras, use_rslora) => {
      const modules = new Map(Object.entries(loras));
      const options = {use_rslora, base_model_name_or_path: "word-forge"};
      expect(writeLoras(modules, options)).toEqual(writeAdapter({modules}, options));
    }),
    {seed: 43, numRuns: 50},
  );
});

test("a module that is more than a linear LoRA is refused by name", () => {
  const lora = trainedLora(4, 3, 2, 8, mulberry32(1));
  const vector = new Float64Array(4);
  const more = {
    ...{magnitude: {magnitude: vector}, bias: {bias: vector}, transposed: {transposed: true}},
    ...{
      convolution: {kind: "convolution"},
      embedding: {kind: "embedding"},
      expert: {expert: {of: "x", index: 0, count: 2}},
    },
  };
  for (const [name, extra] of Object.entries(more))
    expect(() => writeLoras(new Map([[name, {...lora, ...extra}]]))).toThrow(
      `peft: ${name} is more than a linear LoRA; writeAdapter can write it`,
    );
  expect(writeLoras(new Map([["q", {...lora, kind: "linear", transposed: false}]])).config).toContain('"q"');
  const due = "peft: there is no module to write; expected a Map with at least one LoRA by its name";
  for (const none of [new Map(), {}, undefined, [lora]]) expect(() => writeLoras(none as never)).toThrow(due);
});
