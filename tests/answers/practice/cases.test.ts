import {expect, test} from "vitest";
import {addressOf, caseOf, NUMBERS, OWN} from "../../../src/answers/practice/cases.ts";
import {said} from "../../../src/answers/practice/said.ts";
import {everyCase} from "./everyCase.ts";

const rawOf = (address: string) => Object.fromEntries(new URLSearchParams(address));

test("an empty address is the usual case, and the usual case has an empty address", () => {
  const {one, refused} = caseOf({});
  expect(refused).toEqual([]);
  expect(addressOf(one)).toBe("");
  expect(one).toMatchObject({task: "imitation", base: "bf16", card: 24, cards: 1});
  expect(one.preset.name).toBe("Llama 3.1 8B");
});

test("an address gives the case back that it was made of", () => {
  const all = everyCase();
  expect(all.length).toBeGreaterThan(300);
  for (const [address, one] of all) {
    const back = caseOf(rawOf(address));
    expect(back.refused, address).toEqual([]);
    expect(back.one, address).toEqual(one);
  }
});

test("sizes that a reader types are in the address, and in the model", () => {
  const {one} = caseOf({model: "own", width: "2048", layers: "16"});
  expect(one.preset).toMatchObject({kind: "language", width: 2048, layers: 16, mlp: OWN.mlp.value});
  expect(addressOf(one)).toBe("model=own&layers=16&width=2048");
});

test.each([
  [{examples: "0"}, "from 1 to", {examples: NUMBERS.examples.least}],
  [{tokens: "12.5"}, "“12.5” is not, so we use 13", {tokens: 13}],
  [{card: "large"}, "“large” is not, so we use 24", {card: 24}],
  [{task: "poetry"}, "It knows imitation", {task: "imitation"}],
  [{base: "int4"}, "bf16, int8, nf4", {base: "bf16"}],
  [{model: "900b"}, "so we use 8b", {}],
  [{model: "sdxl", task: "rl"}, "the task is now images", {task: "images"}],
  [{task: "images"}, "choose SDXL or FLUX.1", {task: "imitation"}],
])("%j is refused with a sentence", (raw, sentence, taken) => {
  const {one, refused} = caseOf(raw);
  expect(refused.join(" ")).toContain(sentence);
  expect(one).toMatchObject(taken);
});

test("a case is said in a sentence", () => {
  const sentence = (raw: Parameters<typeof caseOf>[0]) => said(caseOf(raw).one);
  expect(sentence({})).toBe(
    "Llama 3.1 8B learns to imitate 10,000 examples of up to 500 tokens, on one GPU of 24 GB, with the base model in 16 bits.",
  );
  expect(sentence({model: "sdxl", examples: "20", cards: "2", base: "nf4"})).toBe(
    "SDXL base, its UNet learns from 20 images, on 2 GPUs of 24 GB each, with the base model in 4 bits.",
  );
});
