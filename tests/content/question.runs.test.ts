import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {allocate} from "../../src/engine/network/parameters.ts";
import {forward, mergeAll, type Transformer} from "../../src/engine/network/transformer.ts";
import {batchOf} from "../../src/engine/training/words.ts";
import {STORED_SEEDS} from "../../src/figures/question/controls.ts";
import {wordTokens} from "../../src/figures/question/model.ts";
import {splitOf} from "../../src/tools/baseModels.ts";
import {ONE_MATRIX_ALPHA} from "../../src/tools/forgeRuns.ts";
import {baseNamed, createLabKernels} from "../../src/tools/loadBase.ts";
import {
  measuredLosses,
  questionAdapter,
  readQuestionRuns,
  startCosines,
  trainQuestion,
} from "../../src/tools/sweepQuestion.ts";
import {isAll, oneOf} from "../third.ts";

const stored = readQuestionRuns();
const base = baseNamed("word-forge");
const numbersOf = (text: string) => new Float32Array(new Uint8Array(Buffer.from(text, "base64")).buffer);
const doubt = (loss: number) => Number(Math.exp(loss).toFixed(1));
const told = readFileSync("content/chapters/02-low-rank.mdx", "utf8").replace(/<[^>]+>/g, "");
const letterOf = (token: number) => String.fromCharCode("a".charCodeAt(0) + token - 1);

/** The forge with the 160 of a seed merged into W2. */
function merged(seed: number): Transformer {
  const attached = questionAdapter(seed);
  const {numbers} = stored.runs.find((run) => run.seed === seed)!;
  const flat = Float64Array.from(numbersOf(numbers), (x, i) => (i < stored.inputs ? x : x / ONE_MATRIX_ALPHA));
  return mergeAll({...base, attached: [{...attached, params: allocate(attached.params.layout, flat)}]});
}

const names = batchOf(splitOf("names").heldOut);
const read = new Map<number | undefined, ReturnType<typeof surprisesOf>>();
/** What the base meets in the names that were kept back, or the forge with the 160 of a seed; each is computed once. */
function surprises(seed?: number) {
  const found = read.get(seed) ?? surprisesOf(seed === undefined ? base : merged(seed));
  read.set(seed, found);
  return found;
}

/** At every place of the names that is scored: what comes, its surprise in nats, and what W2 reads there. */
function surprisesOf(model: Transformer) {
  const {logits, blocks} = forward(model, names.tokens, names.B);
  return Array.from(names.targets, (target, n) => {
    const row = logits.data.subarray(n * logits.cols, (n + 1) * logits.cols);
    const nats = Math.log(row.reduce((total, score) => total + Math.exp(score), 0)) - row[target]!;
    const read = blocks.at(-1)!.active.data.subarray(n * stored.inputs, (n + 1) * stored.inputs);
    return {target, nats, read};
  }).filter(({target}) => target >= 0);
}

describe("the stored questions", () => {
  test("have 160 parameters each, and the numbers that the story prints", () => {
    expect(stored.runs.map(({seed}) => seed)).toEqual([...STORED_SEEDS]);
    for (const {numbers} of stored.runs) expect(numbersOf(numbers)).toHaveLength(160);
    expect(doubt(stored.base)).toBe(15.1);
    expect(new Set(stored.runs.map(({loss}) => doubt(loss)))).toEqual(new Set([10.3]));
    const losses = stored.runs.map(({loss}) => Number(loss.toFixed(3)));
    expect([Math.min(...losses), Math.max(...losses)]).toEqual([2.331, 2.335]);
  });

  const [seven, ...others] = STORED_SEEDS;
  test.each(oneOf([seven, "full fine-tuning", ...others]))("come again, to the bit: %s", (run) => {
    if (typeof run === "string") {
      const {base: before, full} = measuredLosses(createLabKernels(), base);
      return expect([before, full]).toEqual([stored.base, stored.full]);
    }
    const {loss, numbers, path} = trainQuestion(createLabKernels(), base, run);
    expect(path).toHaveLength(stored.path.length);
    const kept = stored.runs.find(({seed}) => seed === run)!;
    expect(loss).toBe(kept.loss);
    expect(numbers).toEqual(numbersOf(kept.numbers));
  });

  test("have at their starts the cosines that are stored", () => {
    expect(startCosines()).toEqual(stored.start);
  });

  // Each reads all names that were kept back.
  const readings: readonly (readonly [name: string, check: () => void])[] = [
    [
      "make names' replies positive on average, and the loss that is stored, merged into W2 in float64",
      () => {
        for (const {seed, loss, numbers} of isAll ? stored.runs : stored.runs.slice(0, 1)) {
          const a = numbersOf(numbers).subarray(0, stored.inputs);
          const all = surprises(seed);
          const replies = all.map(({read}) => a.reduce((sum, one, i) => sum + one * read[i]!, 0));
          expect(replies.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0);
          expect(all.reduce((sum, {nats}) => sum + nats, 0) / all.length).toBeCloseTo(loss, 4);
        }
      },
    ],
    [
      "are as loud as the text says: a name seldom ends where they are soft, and mostly where they are loud",
      () => {
        const {blocks} = forward(base, names.tokens, names.B);
        const x = blocks.at(-1)!.active;
        const a = numbersOf(stored.runs.find(({seed}) => seed === 7)!.numbers).subarray(0, stored.inputs);
        const heard = Array.from(names.targets, (target, n) => {
          const reply = a.reduce((sum, one, i) => sum + one * x.data[n * x.cols + i]!, 0);
          return {reply, isEnd: target === 0, isSeen: target >= 0, last: letterOf(names.tokens[n]!)};
        }).filter(({isSeen}) => isSeen);
        const share = (low: number, high: number) => {
          const there = heard.filter(({reply}) => reply >= low && reply < high);
          return Math.round((100 * there.filter(({isEnd}) => isEnd).length) / there.length);
        };
        expect([share(-9, 4), share(4, 8), share(8, 99)]).toEqual([3, 24, 79]);
        expect(told).toContain("is above 8 the name ends 79 times in 100, and where it is below 4 only 3");
        // One question hears one kind of ending.
        const missed = (isHeard: boolean) => {
          const ends = heard.filter(({isEnd, last}) => isEnd && "ae".includes(last) === isHeard);
          return ends.filter(({reply}) => reply < 4).length / ends.length;
        };
        expect(missed(true)).toBeLessThan(0.02);
        expect(missed(false)).toBeCloseTo(1 / 3, 1);
        expect(told).toContain(
          "At the last letter of names that end in *a* or *e*, $a \\cdot \\sx$ is almost always above 4.",
        );
        expect(told).toContain("as it is for a third of the names with other endings");
      },
    ],
    [
      "gain three quarters of what they gain where a name ends",
      () => {
        const [before, after] = [surprises(), surprises(7)];
        const gains = before.map((one, i) => ({isEnd: one.target === 0, gain: one.nats - after[i]!.nats}));
        const total = (all: typeof gains) => all.reduce((sum, {gain}) => sum + gain, 0);
        expect(total(gains.filter(({isEnd}) => isEnd)) / total(gains)).toBeCloseTo(0.76, 2);
        expect(told).toContain("Three quarters of the gain comes from the ends of names");
      },
    ],
  ];
  test.each(oneOf(readings))("%s", (_, check) => check());

  test.each([
    ["gad", 0, [4, 20]],
    ["marg", 5, [48, 43]],
    ["m", 1, [32, 46]],
  ] as const)("after %s the chance of token %i moves as the text says", (word, token, due) => {
    const chances = [base, merged(7)].map((model) => {
      const {data, cols} = forward(model, wordTokens(word), 1).logits;
      const row = data.slice(word.length * cols, (word.length + 1) * cols).map(Math.exp);
      return Math.round((100 * row[token]!) / row.reduce((sum, one) => sum + one, 0));
    });
    expect(chances).toEqual(due);
    expect(told).toContain("gave the end of the word one chance in twenty-five; now the end is the likeliest choice");
    expect(told).toContain("and an *e* is still the likeliest");
    expect(told).toContain("and there the push went to *a*");
  });
});
