import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {allocate} from "../../../src/engine/network/parameters.ts";
import {forward, type Transformer} from "../../../src/engine/network/transformer.ts";
import {encodeWord, LETTERS, MAX_LETTERS, wordForge} from "../../../src/engine/training/words.ts";
import {parse} from "../../../src/figure/parse.ts";
import {framesOf} from "../../../src/figure/runs/withModel.ts";
import type {ComputingWidget} from "../../../src/figure/widget.ts";
import {bounds, controls, questionRun} from "../../../src/figures/question/controls.ts";
import {compute, type QuestionSnapshot, ready, wordTokens} from "../../../src/figures/question/model.ts";
import {readQuestion} from "../../../src/figures/question/readings.ts";
import {storedQuestions} from "../../../src/figures/question/stored.ts";
import question from "../../../src/figures/question/widget.ts";
import {MAX_WORD_LENGTH} from "../../../src/figures/shared/taskNames.ts";
import {typedWord} from "../../../src/figures/shared/typedWord.ts";
import {baseNamed} from "../../../src/tools/loadBase.ts";
import {emptyRoot, full, nobody} from "../promises/stage.ts";

await ready();
const w = question as ComputingWidget;
const base = baseNamed("word-forge");
const stateOf = (raw: object) => parse(controls, {...raw}, {boundsOf: bounds as never}).params;
const seenAt = (raw: object) => {
  const params = stateOf(raw);
  return readQuestion(framesOf({compute}, questionRun(params)) as unknown as QuestionSnapshot[], params);
};
const words = fc.string({unit: fc.constantFrom(...LETTERS.slice(1)), maxLength: MAX_LETTERS});

/** The forge with b·aᵀ added to W2 of its last layer, once for all words. */
function mergedWith({a, b}: (typeof storedQuestions)[number]): Transformer {
  const weights = allocate(base.weights.layout, base.weights.flat.slice());
  const {data, cols} = weights.views[`layers.${base.sizes.L - 1}.W2` as "head"];
  for (let n = 0; n < data.length; n++) data[n]! += b[Math.floor(n / cols)]! * a[n % cols]!;
  return {...base, weights};
}
const merged = storedQuestions.map(mergedWith);

describe("one question and its answer", () => {
  test("its scores are those of the forge with b·aᵀ merged into W2", () => {
    fc.assert(
      fc.property(words, (word) => {
        const {runs} = framesOf({compute}, {word})[0] as QuestionSnapshot;
        runs.forEach(({scores}, n) => {
          const {logits} = forward(merged[n]!, wordTokens(word), 1);
          const due = Array.from(logits.data);
          for (const [i, score] of scores.flat().entries()) expect(Math.abs(score - due[i]!)).toBeLessThan(1e-6);
        });
      }),
      {numRuns: 12, seed: 4},
    );
  });

  test("a·x is not changed by the adapter itself, and what comes later does not change it", () => {
    const whole = (framesOf({compute}, {word: "emilia"})[0] as QuestionSnapshot).runs;
    const part = (framesOf({compute}, {word: "emi"})[0] as QuestionSnapshot).runs;
    whole.forEach(({loudness, seed}, n) => {
      expect(loudness.slice(0, 4)).toEqual(part[n]!.loudness);
      const x = forward(merged[n]!, wordTokens("emilia"), 1).blocks.at(-1)!.active;
      const {a} = storedQuestions.find((run) => run.seed === seed)!;
      loudness.forEach((value, at) => {
        const due = a.reduce((sum, one, i) => sum + one * x.data[at * x.cols + i]!, 0);
        expect(value).toBeCloseTo(due, 9);
      });
    });
  });

  test("says what the story says of marg, gad and emilia", () => {
    const at = (word: string) => {
      const {run, before, after} = seenAt({word, letter: word.length});
      const here = (rows: readonly (readonly number[])[]) => Math.round(100 * rows[word.length]![0]!);
      return [Number(run.loudness[word.length]!.toFixed(1)), here(before), here(after)];
    };
    expect(at("marg")[0]).toBe(1.8);
    expect(at("gad")[0]).toBe(3.7);
    expect(at("emilia")).toEqual([9.8, 5, 55]);
  });

  test("five seeds end with the same question and the same answer", () => {
    const {cosinesByStep, pushCosines} = seenAt({runs: "five"});
    const ends = (values: readonly number[]) =>
      [Math.min(...values), Math.max(...values)].map((x) => Number(x.toFixed(2)));
    expect(cosinesByStep[0]!).toHaveLength(10);
    expect(ends(cosinesByStep[0]!)[1]).toBe(0.19);
    expect(ends(cosinesByStep.at(-1)!)).toEqual([0.87, 0.91]);
    expect(ends(pushCosines)).toEqual([0.98, 0.99]);
  });
});

describe("letters that come from anywhere", () => {
  test("become the engine's tokens, as many as it takes", () => {
    expect(MAX_WORD_LENGTH).toBe(MAX_LETTERS);
    const word = LETTERS.slice(1, 1 + MAX_LETTERS);
    expect([...wordTokens(word)]).toEqual(encodeWord(word).tokens);
    expect([...wordTokens("xyz")]).toEqual(encodeWord("xyz").tokens.slice(0, 4));
    expect(wordForge.T).toBe(MAX_WORD_LENGTH + 1);
  });

  test.each([
    ["Emilia", "emilia", ""],
    ["", "", ""],
    ["zoë7", "zo", "ë, 7"],
    ["jürgen müller", "jrgenmller", "ü, spaces"],
    ["אבג", "", "א, ב, ג"],
    ["😀a", "a", "😀"],
    ["a".repeat(60), "a".repeat(MAX_LETTERS), "11 letters"],
  ])("“%s” is read as “%s”", (text, word, named) => {
    const read = typedWord(text);
    expect(read.word).toBe(word);
    if (named) expect(read.note).toContain(named);
    else expect(read.note).toBeUndefined();
  });

  test("whatever is typed, the forge can read what is left of it", () => {
    fc.assert(
      fc.property(fc.string({unit: "grapheme", maxLength: 80}), (text) => {
        const {word} = typedWord(text);
        expect(parse(controls, {word}, {boundsOf: bounds as never}).notes).toEqual([]);
      }),
      {seed: 8},
    );
  });

  test("an address with others is refused in words, and a place behind the word is its end", () => {
    const {params, notes} = parse(controls, {word: "Ärger", letter: 9}, {boundsOf: bounds as never});
    expect(params).toMatchObject({word: "emilia", letter: 6});
    expect(notes.join(" ")).toContain("a to z");
    expect(notes).toHaveLength(2);
  });
});

test("typed letters become the state, cleaned, with the last of them chosen", () => {
  const root = emptyRoot();
  const told: unknown[] = [];
  const params = stateOf({});
  w.draw(root, seenAt({}), params, {set: (values) => told.push(values), say: (text) => told.push(text)}, full);
  const field = root.querySelector("input")!;
  field.value = "Zoë";
  field.dispatchEvent(new (root.ownerDocument.defaultView as unknown as {Event: typeof Event}).Event("input"));
  expect(told).toEqual([{word: "zo", letter: 2}, expect.stringContaining("ë")]);
  expect(field.value).toBe("zo");
});

test("the letter that the sentence names has a row and its chances, after every letter of any word", () => {
  const root = emptyRoot();
  const shows = (word: string) =>
    Array.from({length: word.length + 1}, (_, letter) => stateOf({word, letter})).every((params) => {
      const result = seenAt(params);
      const named = /“(.)” as the next/.exec(w.says!(result, params))?.[1] ?? "end";
      return (["card", "slide"] as const).every((size) => {
        w.draw(root, result, params, nobody, {...full, size});
        return [...root.querySelectorAll(".next-letters .row")].some(
          (row) => row.querySelector(".name")!.textContent === named && row.querySelector(".said")!.textContent,
        );
      });
    });
  for (const name of ["sophie", "oliver", "luna", "max", "peter"]) expect(shows(name), name).toBe(true);
  fc.assert(fc.property(words, shows), {numRuns: 20, seed: 5});
});
