import {describe, expect, test} from "vitest";
import {answerOf} from "../../src/book/figure/computedText.ts";
import {resolveState} from "../../src/book/figure/states.ts";
import {cell, type Match} from "../../src/book/paper/paper.ts";
import {type Question, questions} from "../../src/book/quiz/questions.ts";
import {isWithinTolerance} from "../../src/book/quiz/quiz.ts";
import {inline} from "../../src/site/marks/inline.ts";
import {mistakesOf, textsOf} from "./mistakes.ts";

type Numeric = Extract<Question, {kind: "numeric"}>;
const numeric = questions.filter((q): q is Numeric => q.kind === "numeric");
const mistaken = (wrong: NonNullable<Numeric["wrong"]>[number]) =>
  "value" in wrong ? wrong.value : answerOf(wrong.compute);

/** The numbers of a text, formulas included: "98{,}304", "34/39", "0.87", "−2". */
const numbersIn = (text: string): number[] =>
  (
    text
      .replaceAll("{,}", ",")
      .replaceAll("−", "-")
      .match(/-?\d[\d,]*(?:\.\d+)?/g) ?? []
  ).map((one) => Number(one.replace(/,/g, "")));

test.each(questions.map((q) => [q.id, q] as const))(
  "%s: every text can be set, and every state can be shown",
  async (id, q) => {
    for (const text of textsOf(q)) expect(inline(text)).not.toMatch(/\*\*|`/);
    const states = [...mistakesOf(q), ...(q.kind === "choice" ? q.options : [])];
    for (const {state} of states) if (state) await resolveState(id, state);
  },
);

describe.each(numeric.map((q) => [q.id, q] as const))("%s", (_, q) => {
  const answer = answerOf(q.compute);

  test("the engine's answer is a number, and the explanation says it", () => {
    expect(Number.isFinite(answer)).toBe(true);
    const near = Math.max(q.tolerance, 1e-9 * Math.abs(answer));
    expect(numbersIn(q.why).some((said) => Math.abs(said - answer) <= near)).toBe(true);
  });

  test("no common mistake is within the tolerance of the answer or of another one", () => {
    const values = [answer, ...(q.wrong ?? []).map(mistaken)];
    const confused = values.flatMap((a, i) =>
      values.slice(i + 1).filter((b) => isWithinTolerance(b, a, 2 * q.tolerance)),
    );
    expect(confused).toEqual([]);
  });
});

test("a question that asks how many numbers or parameters says so: their name may be typed, and no size in bytes", () => {
  for (const q of numeric) {
    const [, asked] = /How many (numbers|parameters)\b/.exec(q.prompt) ?? [];
    if (asked) expect(q.counts, q.id).toBe(asked);
    if (q.counts) expect(q.prompt, q.id).toContain(q.counts);
    expect(q.counts && q.unit, q.id).toBeUndefined();
  }
});

test("no right option can be guessed from where it stands", () => {
  const places = questions.flatMap((q) =>
    q.kind === "choice" ? [{chapter: q.id.slice(0, 4), at: q.options.findIndex(({correct}) => correct)}] : [],
  );
  const most = (some: typeof places) =>
    Math.max(...[0, 1, 2, 3].map((at) => some.filter((one) => one.at === at).length));
  expect(most(places)).toBeLessThan(places.length / 2.5);
  for (const each of new Set(places.map(({chapter}) => chapter))) {
    const some = places.filter(({chapter}) => chapter === each);
    if (some.length > 3) expect(most(some), each).toBeLessThanOrEqual(some.length / 2);
  }
});

test("options of a question differ: an answer is kept by its text", () => {
  for (const q of questions) {
    if (q.kind === "choice") expect(new Set(q.options.map(({text}) => text)).size, q.id).toBe(q.options.length);
  }
});

describe("questions for the review and the deck", () => {
  const alone = questions.filter(({cards}) => cards);
  /** Words for what stands in a chapter beside its question and nowhere else. */
  const POINTER =
    /\b(?:figures? \d|the (?:figure|picture|note)|(?:table|figure|section|chapter) (?:above|below)|this (?:section|chapter|table|figure))\b/i;

  test("point at nothing that is not there", () => {
    /** All that both show; only the review has the reasons against wrong answers too, with links to their figures. */
    const shown = (q: Question) => [
      q.prompt,
      ...q.hints,
      ...(q.kind === "choice" ? q.options.flatMap(({text, why, correct}) => (correct ? [text, why] : [text])) : []),
      ...(q.kind === "numeric" ? [q.why] : []),
    ];
    const pointing = alone.flatMap((q) =>
      shown(q)
        .filter((text) => POINTER.test(text))
        .map((text) => `${q.id}: ${text}`),
    );
    expect(pointing).toEqual([]);
  });

  test("bring the numbers of the tables that they ask about, as these have them", () => {
    const asked = (id: string) => numbersIn(alone.find((q) => q.id === id)!.prompt);
    const cells = (id: string, match: Match, ...cols: string[]) =>
      cols.map((col) => cell(id, match, col).value as number);
    const [four, six] = ["table-4", "table-6"];
    const due: Readonly<Record<string, number[]>> = {
      "q-05-counterexample": ["Wq", "Wk", "Wv", "Wo", "Wq,Wk", "Wq,Wv", "Wq,Wk,Wv,Wo"].flatMap((weights) =>
        cells("table-5", {weights}, "wikisql"),
      ),
      "q-05-more-rank": [
        ...cells(six!, {dataset: "WikiSQL", weights: "Wq"}, "r1", "r4", "r64"),
        ...cells(six!, {dataset: "WikiSQL", weights: "Wq,Wv"}, "r1"),
      ],
      "q-05-defend": ["Wv", "Wo", "Wq,Wv", "Wq,Wk,Wv,Wo"].flatMap((weights) =>
        cells("table-5", {weights}, "wikisql", "multinli"),
      ),
      "q-07-adapters": [
        {method: "LoRA", paramsM: 4.7},
        {method: "AdapterH", paramsM: 40.1},
      ].flatMap((match) => cells(four!, match, "paramsM", "wikisql", "mnliM", "samsumR1")),
      "q-07-budgets": [
        "r_v=2",
        "r_q=r_k=r_v=r_o=4",
        "r_q=r_k=r_v=r_o=64",
        "l_p=32, l_i=8",
        "l_p=256, l_i=8",
        "l_p=512, l_i=8",
        "l_p=2, l_i=2",
        "l_p=8, l_i=8",
        "l_p=64, l_i=0",
      ].flatMap((hyperparameters) => cells("table-15", {hyperparameters}, "wikisql", "paramsM")),
      "q-07-average": ["mnli", "sst2", "mrpc", "cola", "qnli", "qqp", "rte", "stsb"].map((task) => {
        const [ft, lora] = ["FT", "LoRA"].map((method) => cells("table-2", {model: "RoBERTa-base", method}, task)[0]!);
        return Number((lora! - ft!).toFixed(1));
      }),
      "q-07-few": ["n100", "n1k", "n10k"].flatMap((col) =>
        ["LoRA", "Fine-Tune"].flatMap((method) => cells("table-16", {method: `GPT-3 (${method})`}, col)),
      ),
      "q-08-hedge": ["ΔWq", "Wq", "Random"].flatMap((directionsOf) =>
        cells("table-7", {rank: 4, directionsOf}, "normDeltaWq", "projNorm"),
      ),
      "q-12-amplification": ["ΔWq", "Wq", "Random"].flatMap((directionsOf) =>
        cells("table-7", {rank: 4, directionsOf}, "normDeltaWq", "normWq", "projNorm"),
      ),
    };
    for (const [id, numbers] of Object.entries(due)) expect(asked(id), id).toEqual(expect.arrayContaining(numbers));
  });
});
