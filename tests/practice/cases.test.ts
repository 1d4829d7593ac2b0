import {describe, expect, test} from "vitest";
import {caseAddress, caseOf, caseSentence, NUMBERS, OWN_SIZES} from "../../src/practice/cases.ts";
import {formFieldsFrom} from "../../src/practice/modelConfig.ts";
import {type LanguagePreset, presetOf} from "../../src/practice/models.ts";
import {everyCase} from "./everyCase.ts";

const rawOf = (address: string) => Object.fromEntries(new URLSearchParams(address));

test("an empty address is the usual case, and the usual case has an empty address", () => {
  const {run, refused} = caseOf({});
  expect(refused).toEqual([]);
  expect(caseAddress(run)).toBe("");
  expect(run).toMatchObject({task: "imitation", base: "bf16", card: 24, cards: 1});
  expect(run.preset.name).toBe("Llama 3.1 8B");
});

test("an address gives the case back that it was made of", () => {
  const all = everyCase();
  expect(all.length).toBeGreaterThan(300);
  for (const [address, run] of all) {
    const back = caseOf(rawOf(address));
    expect(back.refused, address).toEqual([]);
    expect(back.run, address).toEqual(run);
  }
});

test("sizes that a reader types are in the address, and in the model", () => {
  const {run} = caseOf({model: "own", width: "2048", layers: "16"});
  expect(run.preset).toMatchObject({kind: "language", width: 2048, layers: 16, mlp: OWN_SIZES.mlp.value});
  // Without a width of their own queries are as wide as the model.
  expect(run.preset).not.toHaveProperty("queryWidth");
  expect(caseAddress(run)).toBe("model=own&layers=16&width=2048");
  const named = caseOf({model: "own", hub: "me/model-9b", queryWidth: "4096", width: "3584", tied: "1"}).run;
  expect(named.preset).toMatchObject({hub: "me/model-9b", name: "model-9b", queryWidth: 4096, tied: true});
  expect(caseAddress(named)).toBe("model=own&hub=me%2Fmodel-9b&width=3584&queryWidth=4096&tied=1");
  expect(caseOf(rawOf(caseAddress(named))).run).toEqual(named);
});

test.each([
  [{examples: "0"}, "examples", "from 1 to", {examples: NUMBERS.examples.min}],
  [{tokens: "12.5"}, "tokens", "“12.5” is not, so we use 13", {tokens: 13}],
  [{card: "large"}, "card", "“large” is not, so we use 24", {card: 24}],
  [{examples: ""}, "examples", "Examples: it is missing, so we use 10,000", {examples: 10_000}],
  [{task: "poetry"}, "task", "does not know “poetry”, so we use “imitate examples (SFT)”", {task: "imitation"}],
  [{base: "int4"}, "base", "so we use “16 bits”", {base: "bf16"}],
  [{model: "900b"}, "model", "so we use “Llama 3.1 8B”", {}],
  [{model: "sdxl", task: "rl"}, "task", "the task is now “draw a style or a subject”", {task: "images"}],
  [{subject: "law"}, "subject", "so we use “something else”", {subject: "other"}],
  [{model: "flux", base: "nf4"}, "model", "keep the base in 16 bits", {base: "bf16"}],
  [{task: "images"}, "task", "choose SDXL or FLUX.1", {task: "imitation"}],
  [{model: "7b", tokens: "20000"}, "tokens", "made for 4,096 tokens at once", {tokens: 20_000}],
  [{model: "own", width: "4097", heads: "33"}, "width", "4097 is no multiple of 33, so we use 4,125", {}],
  [{model: "own", keyValueWidth: "8192"}, "keyValueWidth", "cannot be wider than the queries", {}],
  [{model: "own", hub: 'me"; import os'}, "hub", "is no name on the hub", {}],
  [{set: "a b"}, "set", "letters, digits", {set: ""}],
  [{micro: "3"}, "micro", "so we use “1”", {micro: 1}],
])("%j is refused with a sentence in its field, in the words of the form", (raw, field, sentence, taken) => {
  const {run, refused} = caseOf(raw);
  expect(refused.find((each) => each.field === field)?.sentence).toContain(sentence);
  expect(run).toMatchObject(taken);
  for (const refusal of refused) expect(refusal.sentence).not.toMatch(/\b(8b|nf4|own|imitation)\b/);
});

test("only examples to imitate have a subject", () => {
  expect(caseAddress(caseOf({subject: "code"}).run)).toBe("subject=code");
  expect(caseOf({subject: "code", task: "rl"})).toMatchObject({run: {subject: "other"}, refused: []});
});

test("a case is said in a sentence", () => {
  const sentence = (raw: Parameters<typeof caseOf>[0]) => caseSentence(caseOf(raw).run);
  expect(sentence({})).toBe(
    "Llama 3.1 8B learns to imitate 10,000 examples of up to 500 tokens, on one GPU of 24 GB, with the base model in 16 bits.",
  );
  expect(sentence({model: "own", tokens: "1", card: "1024"})).toMatch(
    /^Your model learns .* 1 token, on one GPU of 1,024 GB/,
  );
  expect(sentence({model: "sdxl", examples: "20", cards: "2"})).toBe(
    "SDXL base, its UNet learns from 20 images, on 2 GPUs of 24 GB each, with the base model in 16 bits.",
  );
  expect(sentence({subject: "code", base: "nf4"})).toBe(
    "Llama 3.1 8B learns to imitate 10,000 examples of code, of up to 500 tokens each, on one GPU of 24 GB, with the base model in 4 bits.",
  );
});

describe("a config.json", () => {
  const config = {
    _name_or_path: "google/gemma-2-9b-it",
    ...{num_hidden_layers: 42, hidden_size: 3584, num_attention_heads: 16, num_key_value_heads: 8, head_dim: 256},
    ...{intermediate_size: 14_336, vocab_size: 256_000, model_type: "gemma2"},
  };

  test("gives its sizes, with queries as wide as all heads together, and its name", () => {
    const {run, refused} = caseOf(formFieldsFrom(JSON.stringify(config)));
    expect(refused).toEqual([]);
    const {layers, width, queryWidth, keyValueWidth, heads, mlp, vocabulary, tied} = presetOf(
      "gemma-2-9b",
    ) as LanguagePreset;
    const sizes = {layers, width, queryWidth, keyValueWidth, heads, mlp, vocabulary, tied};
    expect(run.preset).toMatchObject({...sizes, hub: "google/gemma-2-9b-it", name: "gemma-2-9b-it"});
  });

  test("without a width of heads has what the heads divide; of a model that reads images it is that of its words", () => {
    const {head_dim: _, num_key_value_heads: __, _name_or_path: ___, ...rest} = config;
    expect(formFieldsFrom(JSON.stringify({text_config: rest}))).toMatchObject({
      queryWidth: "3584",
      keyValueWidth: "3584",
      tied: "0",
    });
    expect(formFieldsFrom(JSON.stringify(rest))).not.toHaveProperty("hub");
  });

  test("that has no such sizes is refused, with the keys that are missing", () => {
    expect(() => formFieldsFrom("{}")).toThrow("it has no num_hidden_layers, hidden_size, ");
    expect(() => formFieldsFrom("no JSON")).toThrow();
  });
});
