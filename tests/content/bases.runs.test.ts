import {createHash} from "node:crypto";
import {describe, expect, test} from "vitest";
import {placeTransformer} from "../../src/engine/kernels/decoder.ts";
import {logitsOf} from "../../src/engine/kernels/logits.ts";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import {sampleWords} from "../../src/engine/network/sampling.ts";
import {languageLoss} from "../../src/engine/network/transformer.ts";
import {pretrain} from "../../src/engine/training/pretraining.ts";
import {baseTasks, drawBatch, SYMBOLS, score} from "../../src/engine/training/tasks.ts";
import {LETTERS} from "../../src/engine/training/words.ts";
import {type BaseModelName, baseModels, readCard} from "../../src/tools/baseModels.ts";
import {baseBytes, baseNamed, createLabKernels} from "../../src/tools/loadBase.ts";
import {labCards} from "./labCards.ts";

const names = Object.keys(baseModels) as BaseModelName[];
const placed = (name: BaseModelName) => placeTransformer(createLabKernels(), baseNamed(name));

describe.each(names)("%s", (name) => {
  const card = readCard(name);
  const {recipe, measure} = baseModels[name];

  test("has a card as the page reads it, with the model's own alphabet", () => {
    expect(labCards[name]).toEqual(card);
    expect(card.tokens).toBe(name === "word-forge" ? LETTERS : SYMBOLS);
    expect(card.tokens).toHaveLength(recipe.sizes.V);
  });

  test("has the weights its card speaks of", () => {
    const bytes = baseBytes(name);
    expect(bytes).toHaveLength(card.file.bytes);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(card.file.sha256);
    expect(baseNamed(name).weights.flat).toHaveLength(card.parameters);
  });

  test("was trained as the script trains: its first losses come again, bit for bit", () => {
    const {steps, B, seed} = recipe;
    expect(card.training).toEqual({steps, batch: B, seed, sequences: steps * B});
    const run = pretrain(createLabKernels(), recipe);
    expect(card.firstLosses.length).toBeGreaterThan(9);
    for (const loss of card.firstLosses) expect(run.next().value?.loss).toBe(loss);
  });

  test("has a curve from its first step to its last, lower in every quarter and lowest at its end", () => {
    const [steps, losses] = [card.curve.map(([step]) => step), card.curve.map(([, loss]) => loss)];
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(recipe.steps);
    expect(losses[0]).toBeLessThan(card.firstLosses[0]);
    const quarters = [10, 20, 30, 40].map((end) => losses.slice(end - 10, end).reduce((a, b) => a + b));
    expect(quarters).toEqual(quarters.toSorted((a, b) => b - a));
    expect(losses.at(-1)).toBeLessThan(1.02 * Math.min(...losses));
  });

  test("does on fresh data what its card says, to the last bit", () => {
    expect(measure(placed(name))).toEqual(card.heldOut);
  });

  test("has on the kernels the loss that the float64 model has", () => {
    const batch = recipe.draw(100, mulberry32(8));
    const due = languageLoss(baseNamed(name), batch);
    expect(Math.abs(placed(name).loss(batch) / due - 1)).toBeLessThan(1e-4);
  });
});

test("the digit machine makes no mistake in its five operations, 400 other inputs each", () => {
  const logits = logitsOf(placed("digit-machine"));
  const answers = Object.entries(baseTasks).map(([operation, task], i) => {
    const batch = drawBatch([task], 400, mulberry32(70 + i));
    return [operation, score(logits(batch.tokens, batch.B), batch).exact];
  });
  expect(Object.fromEntries(answers)).toEqual({copy: 1, reverse: 1, plusOne: 1, minusOne: 1, rotate: 1});
});

test("the digit machine writes the answer by itself, digit by digit", () => {
  const logits = logitsOf(placed("digit-machine"));
  const tokens = Array.from("R204719=", (symbol) => SYMBOLS.indexOf(symbol));
  for (let i = 0; i < 6; i++) {
    const {data, cols} = logits(Int32Array.from(tokens), 1);
    const last = data.subarray(data.length - cols);
    tokens.push(last.indexOf(Math.max(...last)));
  }
  expect(tokens.map((token) => SYMBOLS[token]).join("")).toBe("R204719=917402");
});

test("the word forge has at most 2.02 nats a letter on English it has not seen, more on other lists", () => {
  const {english, ...others} = readCard("word-forge").heldOut;
  expect(english).toBeLessThanOrEqual(2.02);
  expect(Object.keys(others)).toEqual(["names", "french", "spanish"]);
  for (const loss of Object.values(others)) expect(loss).toBeGreaterThan(english + 0.3);
});

test("the word forge writes words of a word's length, nearly all of them once", () => {
  const words = sampleWords(logitsOf(placed("word-forge")), 300, mulberry32(4));
  const letters = words.reduce((sum, word) => sum + word.length, 0) / words.length;
  expect(letters).toBeGreaterThan(6);
  expect(letters).toBeLessThan(9);
  expect(words.filter((word) => /[aeiouy]/.test(word)).length).toBeGreaterThan(290);
  expect(new Set(words).size).toBeGreaterThan(290);
});
