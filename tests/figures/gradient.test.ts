import {expect, test} from "vitest";
import {frobenius} from "../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../src/engine/linalg/random.ts";
import {allocate} from "../../src/engine/network/parameters.ts";
import {languageLoss} from "../../src/engine/network/transformer.ts";
import {batchOf} from "../../src/engine/training/words.ts";
import {compute, ready} from "../../src/figures/gradient/model.ts";
import {baseNamed} from "../../src/tools/loadBase.ts";

await ready();
const base = baseNamed("word-forge");

test("the mean gradient is what central differences of the mean loss give, in five directions", () => {
  const steps = compute({beside: "own"});
  const tape = Array.from({length: 6}, () => steps.next().value!);
  const lossAt = (direction: Float64Array, by: number) => {
    const weights = allocate(base.weights.layout, base.weights.flat.slice());
    for (const [i, x] of direction.entries()) weights.views["layers.1.Wo"].data[i]! += by * x;
    const losses = tape.map(({names}) => languageLoss({...base, weights}, batchOf([names.word])));
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  };
  const {mean} = tape.at(-1)!.names;
  for (const seed of [1, 2, 3, 4, 5]) {
    const {data} = randn(32, 32, mulberry32(seed));
    const slope = data.reduce((sum, x, i) => sum + x * mean.data[i]!, 0);
    const h = 1e-5;
    expect((lossAt(data, h) - lossAt(data, -h)) / (2 * h)).toBeCloseTo(slope, 6);
  }
  expect(frobenius(mean)).toBeGreaterThan(0.1);
});

test("of 128 own words as much is left as of words with nothing in common, and a step along the names' piece says: end sooner", () => {
  const {names, beside, rises} = [...compute({beside: "own"})].at(-1)!;
  expect(beside.sizeShare * Math.sqrt(128)).toBeCloseTo(1, 1);
  expect(names.sizeShare * Math.sqrt(128)).toBeGreaterThan(2);
  expect(rises![0]!.token).toBe(".");
  expect(rises![0]!.rise).toBeGreaterThan(2 * rises![1]!.rise);
});
