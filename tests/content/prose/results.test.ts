/** What chapters 5 to 7 say in words about their tables, held to them. */
import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {cell, type Match, paperNumber, paperTable, rowsWhere} from "../../../src/book/paper/paper.ts";
import {questions} from "../../../src/book/quiz/questions.ts";
import {interviewCards} from "../../../src/book/review/interviewCards.ts";
import {isWithinSpread} from "../../../src/figures/shared/withinSpread.ts";

type Numbers = Record<string, number>;
const row = (id: string, match: Match) => {
  const found = rowsWhere(paperTable(id), match);
  expect(found, `${id} ${JSON.stringify(match)}`).toHaveLength(1);
  return found[0] as unknown as Numbers;
};
const measures = (id: string) => paperTable(id).columns.flatMap(({key, better}) => (better ? [key] : []));

const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];
const chapter = (name: string) => readFileSync(`content/chapters/${name}.mdx`, "utf8");

describe("RoBERTa-base on GLUE", () => {
  const tasks = measures("table-2").filter((key) => key !== "avg");
  const of = (method: string, key: string) => {
    const {value, spread} = cell("table-2", {model: "RoBERTa-base", method}, key);
    return {score: value as number, spread};
  };
  const verdicts = tasks.map((key) => {
    const [lora, full] = [of("LoRA", key), of("FT", key)];
    return isWithinSpread(lora, full) ? "tie" : lora.score > full.score ? "better" : "worse";
  });
  const on = (verdict: string) => tasks.filter((_, i) => verdicts[i] === verdict);
  const told = (verdict: string) => words[on(verdict).length]!;

  test("chapter 7 and its opening question say these counts, and nobody counts bare numbers as wins", () => {
    const prose = chapter("07-results");
    expect(prose).toContain(
      `Of the eight LoRA wins ${told("better")}, ties on ${told("tie")}, and loses <Set from="2" glue="qqp">`,
    );
    const asked = JSON.stringify(questions.filter(({id}) => /^q-07-(predict|average)$/.test(id)));
    expect(asked).toContain(`clearly better on ${told("better")}, clearly worse on QQP, and ties on ${told("tie")}`);
    expect(asked).toContain("ties with full fine-tuning on MNLI, MRPC and CoLA, and is clearly worse on QQP");
    for (const text of [prose, asked]) expect(text).not.toMatch(/four (?:of them )?(?:go|to) /);
  });

  test("what a start from MNLI adds shows in RoBERTa-large's two rows only, and there as a tie on RTE", () => {
    const large = (method: string, mark: string) => {
      const {value, spread} = cell("table-2", {model: "RoBERTa-large", method, mark}, "rte");
      return {score: value as number, spread};
    };
    const [started, plain, full] = [large("LoRA", ""), large("LoRA", "†"), large("FT", "*")];
    expect(isWithinSpread(started, plain)).toBe(true);
    expect([isWithinSpread(plain, full), plain.score < full.score]).toEqual([false, true]);
    expect(chapter("07-results")).toMatch(/In a stricter set-up .* loses to full fine-tuning’s/);
  });

  test("a ± of a quoted row comes from another paper: the chapter says so where the table has one", () => {
    const quoted = paperTable("table-2").rows.filter(({mark, sd}) => mark === "*" && sd);
    expect(new Set(quoted.map(({method}) => method))).toEqual(new Set(["AdapterD"]));
    expect(chapter("07-results")).toContain("rows with a * are quoted from other papers");
  });
});

test("the card on full fine-tuning says that the baseline was tuned before any doubt about it", () => {
  const {answer} = interviewCards.find(({id}) => id === "c-full")!.next;
  expect(answer).toMatch(/^The paper says that it tuned the baseline too: according to appendix D\.4/);
  // And that others beat full fine-tuning on MNLI too.
  const mnli = (match: Match) => row("table-4", match).mnliM!;
  for (const match of [
    {method: "BitFit"} as Match,
    {method: "AdapterH", paramsM: 7.1},
    {method: "AdapterH", paramsM: 40.1},
  ])
    expect(mnli(match)).toBeGreaterThan(mnli({method: "FT"}));
  expect(answer).toContain("BitFit and both sizes of adapter layers beat full fine-tuning too");
});

test("no LoRA is called the paper's smallest on GPT-3: Table 6 has one of half the size of Table 4's", () => {
  const smallest = Math.min(
    ...rowsWhere(paperTable("table-4"), {method: "LoRA"}).map(({paramsM}) => paramsM as number),
  );
  expect(smallest).toBe(4.7);
  expect(row("table-6", {dataset: "WikiSQL", weights: "Wq"}).r1).toBeGreaterThan(0);
  const half = 2 * 96 * 12_288;
  expect(2 * half).toBe(paperNumber("params-4p7").value);
  for (const id of ["params-4p7", "reduction-4p7"]) {
    const {meaning} = paperNumber(id);
    expect(meaning, id).toContain("smallest LoRA budget of Table 4");
    expect(meaning, id).not.toMatch(/smallest (?:reported|LoRA budget the paper)/);
  }
  expect(chapter("07-results")).not.toMatch(/smallest LoRA budget/);
});

test("with a ± that is a standard deviation, two runs of one setting are clear of each other about once in six", () => {
  // Their difference has the deviation √2·s and the whiskers reach 2·s, so the share is P(|z| > √2), here summed up.
  const step = 1e-4;
  let inside = 0;
  for (let z = -Math.SQRT2 + step / 2; z < Math.SQRT2; z += step)
    inside += (step * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
  expect(1 / (1 - inside)).toBeCloseTo(6.4, 1);
  expect(chapter("07-results")).toContain("two runs of one setting come out apart about once in six pairs");
});
