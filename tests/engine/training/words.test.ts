import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {log} from "../../../src/engine/linalg/elementary.ts";
import {type Matrix, zeros} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {weightLayout} from "../../../src/engine/network/architecture.ts";
import {IGNORED} from "../../../src/engine/network/layers/crossentropy.ts";
import {allocate} from "../../../src/engine/network/parameters.ts";
import {decodeTokens, sampleWords} from "../../../src/engine/network/sampling.ts";
import {forward, initTransformer, languageLoss} from "../../../src/engine/network/transformer.ts";
import {batchOf, drawWords, encodeWord, heldOut, LETTERS, wordForge} from "../../../src/engine/training/words.ts";

const word = fc.string({unit: fc.constantFrom(...LETTERS.slice(1)), minLength: 1, maxLength: 11});
const list = ["anna", "bea", "cora", "dorothea", "eve"];
const spelled = (tokens: ArrayLike<number>) => Array.from(tokens, (token) => LETTERS[token] ?? "-").join("");

describe("the language", () => {
  test("has the sizes of the word forge", () => {
    expect(wordForge).toEqual({V: 27, T: 12, C: 32, H: 4, L: 2});
    expect(allocate(weightLayout(wordForge)).flat).toHaveLength(26_848);
    expect(allocate(weightLayout({...wordForge, C: 64})).flat).toHaveLength(102_848);
  });

  test("a word is written out: each place predicts the token after it, the mark included, the rest is left out", () => {
    const {tokens, targets} = encodeWord("anna");
    expect(spelled(tokens)).toBe(".anna.......");
    expect(spelled(targets)).toBe("anna.-------");
    expect(targets.slice(5)).toEqual(Array(7).fill(IGNORED));
    expect(spelled(encodeWord("abcdefghijk").targets)).toBe("abcdefghijk.");
  });

  test("every word comes back, each target is the next token, and a word of n letters counts n + 1 places", () => {
    fc.assert(
      fc.property(word, (one) => {
        const {tokens, targets} = encodeWord(one);
        expect([tokens.length, targets.length]).toEqual([wordForge.T, wordForge.T]);
        expect(decodeTokens(tokens)).toBe(one);
        expect(targets.filter((target) => target !== IGNORED)).toHaveLength(one.length + 1);
        for (let i = 0; i <= one.length; i++) expect(targets[i]).toBe(tokens[i + 1] ?? 0);
      }),
    );
  });

  test.each(["", "abcdefghijkl", "Anna", "zoë", "a.b", "a\n"])("%j is no word", (one) => {
    expect(() => encodeWord(one)).toThrow("it must have 1 to 11 letters, all from a to z");
  });

  test("27 is no token, nor is −1", () => {
    expect(() => decodeTokens([0, 27])).toThrow(
      "decodeTokens: the token is 27; it must be a whole number from 0 to 26",
    );
    expect(() => decodeTokens([0, -1])).toThrow("decodeTokens: the token is -1");
  });
});

describe("batches", () => {
  test("hold the words in their order", () => {
    const {tokens, targets, B} = batchOf(list);
    expect(B).toBe(5);
    list.forEach((one, b) => {
      const row = (data: Int32Array) => [...data.subarray(12 * b, 12 * b + 12)];
      expect({tokens: row(tokens), targets: row(targets)}).toEqual(encodeWord(one));
    });
  });

  test("are drawn with return, the same for the same seed, every word as often as any other", () => {
    const batch = drawWords(list, 500, mulberry32(3));
    expect(batch).toEqual(drawWords(list, 500, mulberry32(3)));
    expect(batch).not.toEqual(drawWords(list, 500, mulberry32(4)));
    const seen = new Map(list.map((one) => [one, 0]));
    for (let b = 0; b < 500; b++) {
      const one = decodeTokens(batch.tokens.subarray(12 * b, 12 * b + 12));
      seen.set(one, seen.get(one)! + 1);
    }
    for (const count of seen.values()) expect(Math.abs(count - 100)).toBeLessThan(40);
  });

  test("the first batch of seed 7 is this, forever, and costs one number a word", () => {
    let drawn = 0;
    const random = mulberry32(7);
    const {tokens} = drawWords(list, 3, () => {
      drawn += 1;
      return random();
    });
    expect([spelled(tokens), drawn]).toEqual([".anna........anna........eve........", 3]);
  });

  test("none can be drawn from nothing", () => {
    expect(() => drawWords([], 2, mulberry32(1))).toThrow("drawWords: the list is empty");
  });

  test("a model that knows nothing loses log 27 on each place that counts", () => {
    const model = {sizes: wordForge, weights: allocate(weightLayout(wordForge)), attached: []};
    expect(languageLoss(model, batchOf(list))).toBeCloseTo(log(27), 12);
  });
});

describe("held-out words", () => {
  const words = Array.from({length: 50}, (_, i) => `word${i}`);

  test("and those for training are all the words, once; a fifth is held out", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({min: 3, max: 50}), (seed, n) => {
        const split = heldOut(words.slice(0, n), seed);
        expect(split.heldOut).toHaveLength(Math.round(n / 5));
        expect([...split.training, ...split.heldOut].sort()).toEqual(words.slice(0, n).sort());
        expect(heldOut(words.slice(0, n), seed)).toEqual(split);
      }),
    );
  });

  test("depend on the seed, come in random order, and every word is held out by some seed", () => {
    const splits = Array.from({length: 60}, (_, seed) => heldOut(words, seed));
    expect(splits[1]).not.toEqual(splits[2]);
    expect(splits[1].training).not.toEqual(splits[1].training.toSorted());
    expect(new Set(splits.flatMap((split) => split.heldOut)).size).toBe(50);
  });

  test("another share can be asked for, if it leaves both lists a word", () => {
    expect(heldOut(words, 1, 0.04).heldOut).toHaveLength(2);
    expect(() => heldOut(["a", "b"], 1)).toThrow("holds out 0 of 2 words");
    expect(() => heldOut(words, 1, 1)).toThrow("a share of 1 holds out 50 of 50 words");
  });
});

/** Scores that depend on a sequence's last token alone: row i of `scores` after token i. */
const markov = (scores: readonly (readonly number[])[]) => (tokens: Int32Array, B: number) => {
  const t = tokens.length / B;
  expect([Number.isInteger(t), tokens.length <= 11 * B]).toEqual([true, true]);
  const logits = zeros(tokens.length, 27);
  tokens.forEach((token, row) => {
    logits.data.set(scores[token], 27 * row);
  });
  return logits;
};
const scoresOf = (of: (token: number, next: number) => number) =>
  Array.from({length: 27}, (_, token) => Array.from({length: 27}, (_, next) => of(token, next)));
const random27 = (seed: number, spread: number) => {
  const random = mulberry32(seed);
  return scoresOf(() => spread * (random() - 0.5));
};

describe("words the model writes", () => {
  test("follow its scores from letter to letter until the mark", () => {
    const next: Readonly<Record<number, number>> = {0: 12, 12: 15, 15: 18, 18: 1, 1: 0};
    const model = markov(scoresOf((token, to) => (next[token] === to ? 60 : 0)));
    expect(sampleWords(model, 3, mulberry32(1))).toEqual(["lora", "lora", "lora"]);
    const endless = markov(scoresOf((_, to) => (to === 26 ? 60 : 0)));
    expect(sampleWords(endless, 1, mulberry32(1))).toEqual(["zzzzzzzzzzz"]);
    expect(sampleWords(markov(scoresOf((_, to) => (to === 0 ? 60 : 0))), 2, mulberry32(1))).toEqual(["", ""]);
    expect(sampleWords(endless, 0, mulberry32(1))).toEqual([]);
  });

  test("begin with each letter as often as its probability says, at any temperature", () => {
    const N = 5000;
    for (const temperature of [0.5, 1, 2]) {
      const scores = random27(5, 4);
      const weights = scores[0].map((score) => Math.exp(score / temperature));
      const total = weights.reduce((a, b) => a + b);
      let drawn = -1;
      // The first number of word i is the middle of the i-th of N equal steps, so every count is right within 1.
      const stratified = () => (Math.floor(++drawn / 11) + 0.5) / N;
      const words = sampleWords(markov(scores), N, stratified, temperature);
      const counts = new Map<string, number>();
      for (const one of words) counts.set(one.slice(0, 1), (counts.get(one.slice(0, 1)) ?? 0) + 1);
      weights.forEach((weight, token) => {
        const count = counts.get(token === 0 ? "" : LETTERS[token]) ?? 0;
        expect(Math.abs(count - (N * weight) / total)).toBeLessThanOrEqual(1);
      });
    }
  });

  test("go on with each letter as often as its probability says, given the letter before", () => {
    const scores = random27(6, 3);
    const words = sampleWords(markov(scores), 6000, mulberry32(8));
    const pairs = words.flatMap((one) => Array.from(one, (letter, i) => [letter, one[i + 1] ?? (i < 10 ? "." : "")]));
    const after = pairs.filter(([letter, next]) => letter === "e" && next !== "");
    const weights = scores[LETTERS.indexOf("e")].map(Math.exp);
    const total = weights.reduce((a, b) => a + b);
    expect(after.length).toBeGreaterThan(1000);
    // Pearson's χ² with 26 degrees of freedom is above 54.05 once in a thousand seeds.
    const chi = weights.map((weight, token) => {
      const due = (after.length * weight) / total;
      return (after.filter(([, next]) => next === LETTERS[token]).length - due) ** 2 / due;
    });
    expect(chi.reduce((a, b) => a + b)).toBeLessThan(54.05);
  });

  test("are the same for the same seed, and the first of many are those of few", () => {
    const model = markov(random27(9, 5));
    fc.assert(
      fc.property(fc.integer(), fc.integer({min: 1, max: 6}), (seed, n) => {
        const words = sampleWords(model, 8, mulberry32(seed));
        expect(sampleWords(model, n, mulberry32(seed))).toEqual(words.slice(0, n));
      }),
      {numRuns: 30},
    );
  });

  test("cost 11 numbers each, however long they are", () => {
    for (const model of [markov(random27(9, 5)), markov(scoresOf((_, to) => (to === 0 ? 60 : 0)))]) {
      let drawn = 0;
      sampleWords(model, 4, () => {
        drawn += 1;
        return 0.3;
      });
      expect(drawn).toBe(44);
    }
  });

  test("change little when the model does", () => {
    const [before, noise] = [random27(10, 5), random27(11, 1)];
    const moved = (by: number) => markov(before.map((row, i) => row.map((score, j) => score + by * noise[i][j])));
    const words = (by: number) => sampleWords(moved(by), 200, mulberry32(12));
    const original = words(0);
    const kept = (by: number) => words(by).filter((one, i) => one === original[i]).length;
    expect(kept(1e-9)).toBe(200);
    expect(kept(0.01)).toBeGreaterThan(180);
    expect(kept(1)).toBeLessThan(kept(0.1));
  });

  test("are the likeliest at a temperature near 0, and numbers at both ends of [0, 1) do no harm", () => {
    const scores = random27(13, 1);
    const likeliest = scores.map((row) => row.indexOf(Math.max(...row)));
    const letters: number[] = [];
    for (let token = likeliest[0]; token !== 0 && letters.length < 11; token = likeliest[token]) letters.push(token);
    const expected = letters.map((token) => LETTERS[token]).join("");
    expect(sampleWords(markov(scores), 2, mulberry32(2), 1e-300)).toEqual([expected, expected]);
    expect(sampleWords(markov(scores), 1, () => 0)).toEqual([""]);
    // Among these models are some whose probabilities add up to less than the largest number below 1.
    for (let seed = 1; seed <= 30; seed++) {
      const withoutZ = random27(seed, 5).map((row) => row.map((score, next) => (next === 26 ? -1e4 : score)));
      expect(sampleWords(markov(withoutZ), 1, () => 1 - 2 ** -53)).toEqual(["yyyyyyyyyyy"]);
    }
  });

  test("come from a transformer too: as one that reads the whole sequence at every step would write them", () => {
    const model = initTransformer(wordForge, mulberry32(14));
    const whole = (tokens: Int32Array, B: number): Matrix => {
      const t = tokens.length / B;
      const padded = new Int32Array(12 * B);
      for (let b = 0; b < B; b++) padded.set(tokens.subarray(b * t, b * t + t), 12 * b);
      const {data} = forward(model, padded, B).logits;
      const rows = Array.from({length: B}, (_, b) => [...data.subarray(27 * 12 * b, 27 * (12 * b + t))]);
      return {rows: B * t, cols: 27, data: Float64Array.from(rows.flat())};
    };
    const words = sampleWords((tokens, B) => forward(model, tokens, B).logits, 12, mulberry32(15), 0.7);
    expect(words).toEqual(sampleWords(whole, 12, mulberry32(15), 0.7));
    expect(new Set(words).size).toBeGreaterThan(8);
  });

  test("are refused to a wrong temperature, wrong shapes and scores that are no numbers", () => {
    const flat = markov(scoresOf(() => 0));
    for (const temperature of [0, -1, Number.NaN])
      expect(() => sampleWords(flat, 1, mulberry32(1), temperature)).toThrow(
        `sampleWords: the temperature is ${temperature}; it must be above 0`,
      );
    expect(() => sampleWords(() => zeros(1, 27), 2, mulberry32(1))).toThrow(
      "sampleWords: logits (1×27); they must be (2×27)",
    );
    expect(() => sampleWords(() => zeros(2, 18), 2, mulberry32(1))).toThrow("(2×18); they must be (2×27)");
    const broken = markov(scoresOf((_, to) => (to === 3 ? Number.NaN : 0)));
    expect(() => sampleWords(broken, 1, mulberry32(1))).toThrow("sampleWords: logits: entry [0, 3]");
  });
});
