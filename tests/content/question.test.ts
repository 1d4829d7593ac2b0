import {describe, expect, test} from "vitest";
import {allocate} from "../../src/engine/network/parameters.ts";
import {forward, mergeAll} from "../../src/engine/network/transformer.ts";
import {batchOf} from "../../src/engine/training/words.ts";
import {splitOf} from "../../src/make/scripts/baseModels.ts";
import {baseNamed, freshKernels} from "../../src/make/scripts/loadBase.ts";
import {measures, readQuestions, startCosines, trainQuestion} from "../../src/make/scripts/sweepQuestion.ts";
import {ALPHA, oneQuestion} from "../../src/widgets/question/adapter.ts";
import {SEEDS} from "../../src/widgets/question/controls.ts";
import {aThird} from "../third.ts";

const stored = readQuestions();
const base = baseNamed("word-forge");
const numbersOf = (text: string) => new Float32Array(new Uint8Array(Buffer.from(text, "base64")).buffer);
const doubt = (loss: number) => Number(Math.exp(loss).toFixed(1));

describe("the stored questions", () => {
  test("have 160 parameters each, and the numbers that the story prints", () => {
    expect(stored.runs.map(({seed}) => seed)).toEqual([...SEEDS]);
    for (const {numbers} of stored.runs) expect(numbersOf(numbers)).toHaveLength(160);
    expect(doubt(stored.base)).toBe(15.1);
    expect(new Set(stored.runs.map(({loss}) => doubt(loss)))).toEqual(new Set([10.3]));
    const losses = stored.runs.map(({loss}) => Number(loss.toFixed(3)));
    expect([Math.min(...losses), Math.max(...losses)]).toEqual([2.331, 2.335]);
  });

  test.each(aThird(SEEDS))("come again, to the bit: seed %i", (seed) => {
    const {loss, numbers} = trainQuestion(freshKernels(), base, seed);
    const kept = stored.runs.find((run) => run.seed === seed)!;
    expect(loss).toBe(kept.loss);
    expect(numbers).toEqual(numbersOf(kept.numbers));
  });

  test("are measured against the base and full fine-tuning, which come again", () => {
    const {base: before, full} = measures(freshKernels(), base);
    expect([before, full]).toEqual([stored.base, stored.full]);
    expect(startCosines(base)).toEqual(stored.start);
  });

  test("make names' replies positive on average, and the loss that is stored, merged into W2 in float64", () => {
    const names = batchOf(splitOf("names").heldOut);
    for (const {seed, loss, numbers} of stored.runs.slice(0, 2)) {
      const attached = oneQuestion(base.sizes, seed);
      const flat = Float64Array.from(numbersOf(numbers), (x, i) => (i < stored.inputs ? x : x / ALPHA));
      const merged = mergeAll({...base, attached: [{...attached, params: allocate(attached.params.layout, flat)}]});
      const {logits, blocks} = forward(merged, names.tokens, names.B);
      let [sum, places, replies] = [0, 0, 0];
      names.targets.forEach((target, n) => {
        if (target < 0) return;
        const row = logits.data.subarray(n * logits.cols, (n + 1) * logits.cols);
        sum += Math.log(row.reduce((total, score) => total + Math.exp(score), 0)) - row[target]!;
        for (let i = 0; i < stored.inputs; i++)
          replies += flat[i]! * blocks.at(-1)!.active.data[n * stored.inputs + i]!;
        places++;
      });
      expect(replies).toBeGreaterThan(0);
      expect(sum / places).toBeCloseTo(loss, 4);
    }
  });

  test("reply as the text says: a name seldom ends after a faint reply, and mostly after a loud one", () => {
    const names = batchOf(splitOf("names").heldOut);
    const {blocks} = forward(base, names.tokens, names.B);
    const x = blocks.at(-1)!.active;
    const a = numbersOf(stored.runs.find(({seed}) => seed === 7)!.numbers).subarray(0, stored.inputs);
    const heard = Array.from(names.targets, (target, n) => {
      const reply = a.reduce((sum, one, i) => sum + one * x.data[n * x.cols + i]!, 0);
      return {reply, isEnd: target === 0, isSeen: target >= 0};
    }).filter(({isSeen}) => isSeen);
    const share = (low: number, high: number) => {
      const there = heard.filter(({reply}) => reply >= low && reply < high);
      return Math.round((100 * there.filter(({isEnd}) => isEnd).length) / there.length);
    };
    expect([share(-9, 4), share(4, 8), share(8, 99)]).toEqual([3, 24, 79]);
  });
});
