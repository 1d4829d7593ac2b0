import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {type BaseName, makings, readCard, weightsFile} from "../../src/build/bases.ts";
import {readBase} from "../../src/engine/base.ts";
import {fromBase64} from "../../src/engine/base64.ts";
import {placeTransformer} from "../../src/engine/kernels/decoder.ts";
import {createHeap} from "../../src/engine/kernels/heap.ts";
import {createKernels} from "../../src/engine/kernels/kernels.ts";
import {logitsOf} from "../../src/engine/kernels/logits.ts";
import {pretrain} from "../../src/engine/pretraining.ts";
import {mulberry32} from "../../src/engine/random.ts";
import {baseTasks, drawBatch, SYMBOLS, score} from "../../src/engine/tasks.ts";

const names = Object.keys(makings) as BaseName[];
const bytesOf = (name: BaseName) => fromBase64(JSON.parse(readFileSync(weightsFile(name), "utf8")).base64);
const placed = (name: BaseName) =>
  placeTransformer(createKernels(createHeap(64e6)), readBase(bytesOf(name), makings[name].recipe.sizes));

describe.each(names)("%s", (name) => {
  const card = readCard(name);
  const {recipe, measure} = makings[name];

  test("has the weights its card speaks of", () => {
    const bytes = bytesOf(name);
    expect(bytes).toHaveLength(card.file.bytes);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(card.file.sha256);
    expect(readBase(bytes, recipe.sizes).weights.flat).toHaveLength(card.parameters);
  });

  test("was trained as the script trains: its first losses come again, bit for bit", () => {
    const {steps, B, seed} = recipe;
    expect(card.training).toEqual({steps, batch: B, seed, sequences: steps * B});
    const run = pretrain(createKernels(createHeap(64e6)), recipe);
    expect(card.firstLosses.length).toBeGreaterThan(9);
    for (const loss of card.firstLosses) expect(run.next().value?.loss).toBe(loss);
  });

  test("has a curve from its first step to its last, down all the way but for noise", () => {
    const [steps, losses] = [card.curve.map(([step]) => step), card.curve.map(([, loss]) => loss)];
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(recipe.steps);
    expect(losses[0]).toBeLessThan(card.firstLosses[0]);
    expect(losses.at(-1)).toBe(Math.min(...losses));
  });

  test("does on fresh data what its card says, to the last bit", () => {
    expect(measure(placed(name))).toEqual(card.heldOut);
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
