import {describe, expect, test} from "vitest";
import {answerOf} from "../../src/components/computedText.ts";
import {inline} from "../../src/components/inline.ts";
import {type Question, questions} from "../../src/components/questions.ts";
import {settle} from "../../src/components/states.ts";
import {isNear} from "../../src/components/typedNumber.ts";
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

test("there are questions of both kinds", () => {
  expect(numeric.length).toBeGreaterThan(3);
  expect(questions.length - numeric.length).toBeGreaterThan(3);
});

test.each(questions.map((q) => [q.id, q] as const))(
  "%s: every text can be set, and every state can be shown",
  async (id, q) => {
    for (const text of textsOf(q)) expect(inline(text)).not.toMatch(/\*\*|`/);
    const states = [...mistakesOf(q), ...(q.kind === "choice" ? q.options : [])];
    for (const {state} of states) if (state) await settle(id, state);
  },
);

test.each(questions.map((q) => [q.id, q] as const))("%s: every mistake can be seen in a figure", (_, q) => {
  expect(
    mistakesOf(q)
      .filter(({state}) => !state)
      .map(({why}) => why),
  ).toEqual([]);
});

describe.each(numeric.map((q) => [q.id, q] as const))("%s", (_, q) => {
  const answer = answerOf(q.compute);

  test("the engine's answer is a number, and the explanation says it", () => {
    expect(Number.isFinite(answer)).toBe(true);
    const near = Math.max(q.tolerance, 1e-9 * Math.abs(answer));
    expect(numbersIn(q.why).some((said) => Math.abs(said - answer) <= near)).toBe(true);
  });

  test("no common mistake is within the tolerance of the answer or of another one", () => {
    const values = [answer, ...(q.wrong ?? []).map(mistaken)];
    const confused = values.flatMap((a, i) => values.slice(i + 1).filter((b) => isNear(b, a, 2 * q.tolerance)));
    expect(confused).toEqual([]);
  });
});

test("options of a question differ: an answer is kept by its text", () => {
  for (const q of questions) {
    if (q.kind === "choice") expect(new Set(q.options.map(({text}) => text)).size, q.id).toBe(q.options.length);
  }
});
