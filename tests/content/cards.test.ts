import {readdirSync} from "node:fs";
import {describe, expect, test} from "vitest";
import data from "../../content/cards.json" with {type: "json"};
import {chapterFile} from "../../src/book/chapter/chapters.ts";
import {settle} from "../../src/book/figure/states.ts";
import {cell, type Match} from "../../src/book/paper/paper.ts";
import {
  cardGroups,
  filled,
  type InterviewCard,
  interviewCardSchema,
  interviewCards,
  worksOf,
} from "../../src/book/review/interviewCards.ts";
import {isWithinSpread} from "../../src/figures/shared/withinSpread.ts";
import {inline} from "../../src/site/marks/inline.ts";
import {type Known, lintChapter} from "./chapterLint.ts";
import {paperValues} from "./paperValues.ts";

const card = (id: string): InterviewCard => interviewCards.find((one) => one.id === id)!;
const textsOf = ({
  question,
  line,
  paragraph,
  next,
}: Pick<InterviewCard, "question" | "line" | "paragraph" | "next">) => [
  question,
  line,
  paragraph,
  next.question,
  next.answer,
];
const wordsIn = (text: string) => text.replace(/\$[^$]*\$/g, "x").split(/\s+/).length;
const slugs = readdirSync("content/chapters").map((name) => chapterFile(name).slug);

/** The numbers of the paper that a text types instead of naming. */
const typed = (text: string) => {
  const nothing = new Set<string>();
  const known: Known = {
    ...{works: nothing, terms: nothing, tables: nothing, numbers: nothing, questions: nothing, widgets: nothing},
    values: paperValues(),
  };
  return lintChapter(`---\nready: false\n---\n${text}\n`, 11, known);
};

describe.each(interviewCards.map((one) => [one.id, one] as const))("%s", (id, one) => {
  test("every text can be set and has no place left open", () => {
    for (const text of textsOf(one)) expect(inline(text)).not.toMatch(/\{\{|\}\}|\*\*|`/);
  });

  test("no number of the paper is typed", () => {
    expect(textsOf(data.cards.find((card) => card.id === id)!).flatMap(typed)).toEqual([]);
  });

  test("a line is a line, a paragraph is one", () => {
    expect(wordsIn(one.line)).toBeLessThanOrEqual(45);
    expect(wordsIn(one.paragraph)).toBeGreaterThanOrEqual(50);
    expect(wordsIn(one.paragraph)).toBeLessThanOrEqual(150);
    expect(wordsIn(one.next.answer)).toBeLessThanOrEqual(90);
  });

  test("its chapter, its works and its figure are there", async () => {
    if (one.see) await settle(id, one.see);
    expect(slugs).toContain(one.chapter);
    for (const {url} of worksOf(one)) expect(url).toMatch(/^https:/);
  });
});

test("no group is empty, and what an interviewer asks of the paper is there", () => {
  for (const group of cardGroups) expect(interviewCards.filter((one) => one.group === group).length).toBeGreaterThan(2);
  const owed = "plain-words zero-start alpha latency query-value subspace adapters memory qlora serving rank silent";
  for (const id of owed.split(" ")) expect(card(`c-${id}`), id).toBeDefined();
});

describe("numbers in the texts", () => {
  const base = interviewCardSchema.parse({
    ...{id: "c-x", group: "evidence", chapter: "results", bloom: "apply", paper: "§1"},
    ...{question: "?", line: "{{a}}", paragraph: "p", next: {question: "?", answer: "a"}},
  });
  const values = {a: {table: "table-5", row: {weights: "Wq"}, col: "wikisql"}};

  test("are the data's, with unit and digits; a spread is in points", () => {
    expect(filled({...base, values}).line).toBe("70.4%");
    expect(filled({...base, values: {a: {...values.a, spread: true as const}}}).line).toBe("0.5");
    expect(filled({...base, values: {a: {num: "ckpt-350gb"}}}).line).toBe("350\u2009GB");
  });

  test("have to be there, and to be named", () => {
    expect(() => filled(base)).toThrow("c-x names {{a}}");
    expect(() => filled({...base, values: {...values, b: values.a}})).toThrow("no text of c-x names b");
    expect(() => filled({...base, line: "{{constructor}}", values})).toThrow("names {{constructor}}");
    expect(() => filled({...base, values: {a: {...values.a, row: {weights: "Wx"}}}})).toThrow("0 rows have");
  });

  test("one typed in is found", () => {
    expect(typed("W_q alone has 70.4% there.")).toHaveLength(1);
    expect(typed("W_q alone has {{q}} there, at rank 8.")).toEqual([]);
  });
});

describe("what the answers claim of the tables is so", () => {
  const value = (table: string, row: Record<string, string | number>, col: string) =>
    cell(table, row, col).value as number;
  const isWithin = (table: string, one: Match, other: Match, col: string, otherCol = col) => {
    const [a, b] = [cell(table, one, col), cell(table, other, otherCol)];
    return isWithinSpread({score: a.value as number, spread: a.spread}, {score: b.value as number, spread: b.spread});
  };

  test("table 5: ties, the best single matrix, and spreading alone", () => {
    const wikisql = (weights: string) => value("table-5", {weights}, "wikisql");
    const multinli = (weights: string) => value("table-5", {weights}, "multinli");
    const [pair, all] = ["Wq,Wv", "Wq,Wk,Wv,Wo"];
    expect(wikisql(all)).toBe(wikisql(pair));
    for (const one of ["Wq", "Wk", "Wv", "Wo", "Wq,Wk", pair]) expect(multinli(all)).toBeGreaterThan(multinli(one));
    for (const one of ["Wq", "Wk", "Wv"]) expect(wikisql("Wo")).toBeGreaterThan(wikisql(one));
    for (const one of ["Wq", "Wk", "Wv"]) expect(multinli("Wo")).toBeGreaterThan(multinli(one));
    expect(wikisql("Wq,Wk")).toBeLessThan(wikisql("Wo"));
    expect(isWithin("table-5", {weights: pair}, {weights: "Wq"}, "wikisql")).toBe(false);
    expect(isWithin("table-5", {weights: "Wo"}, {weights: "Wv"}, "wikisql")).toBe(true);
  });

  test("table 6: level for the pair, not for W_q alone", () => {
    const row = (weights: string) => ({dataset: "WikiSQL", weights});
    expect(isWithin("table-6", row("Wq,Wv"), row("Wq,Wv"), "r1", "r64")).toBe(true);
    expect(isWithin("table-6", row("Wq"), row("Wq"), "r1", "r4")).toBe(false);
  });

  test("table 4: which gaps exceed the spread", () => {
    const lora = {method: "LoRA", paramsM: 4.7};
    for (const col of ["wikisql", "mnliM"])
      expect(isWithin("table-4", lora, {method: "AdapterH", paramsM: 40.1}, col)).toBe(true);
    for (const paramsM of [4.7, 37.7])
      expect(isWithin("table-4", {...lora, paramsM}, {method: "FT"}, "wikisql")).toBe(true);
    expect(isWithin("table-4", lora, {method: "FT"}, "mnliM")).toBe(false);
    expect(isWithin("table-4", lora, {method: "AdapterH", paramsM: 40.1}, "samsumR1")).toBe(false);
    expect(value("table-4", lora, "samsumR1")).toBeGreaterThan(
      value("table-4", {method: "AdapterH", paramsM: 40.1}, "samsumR1"),
    );
  });

  test("table 2: RTE makes the average; full fine-tuning is ahead on four of the other seven", () => {
    const at = (method: string, col: string) => value("table-2", {model: "RoBERTa-base", method}, col);
    const others = ["mnli", "sst2", "mrpc", "cola", "qnli", "qqp", "stsb"];
    expect(others.filter((task) => at("FT", task) > at("LoRA", task))).toHaveLength(4);
    expect((at("LoRA", "rte") - at("FT", "rte")) / 8).toBeGreaterThan(0.9 * (at("LoRA", "avg") - at("FT", "avg")));
  });

  test("table 16: ahead at a hundred examples and with all, level between, one prefix method near chance", () => {
    const at = (method: string, col: string) => value("table-16", {method: `GPT-3 (${method})`}, col);
    const level = ["n100", "n1k", "n10k", "n392k"].filter((col) =>
      isWithin("table-16", {method: "GPT-3 (LoRA)"}, {method: "GPT-3 (Fine-Tune)"}, col),
    );
    expect(level).toEqual(["n1k", "n10k"]);
    for (const col of ["n100", "n392k"]) expect(at("LoRA", col)).toBeGreaterThan(at("Fine-Tune", col));
    expect(at("PrefixEmbed", "n100")).toBeLessThan(40);
  });

  test("table 7: more of W_q than chance, far less than its strongest directions", () => {
    const at = (directionsOf: string) => value("table-7", {rank: 4, directionsOf}, "projNorm");
    expect(at("ΔWq") / at("Random")).toBeGreaterThan(10);
    expect(at("Wq") / at("ΔWq")).toBeGreaterThan(10);
  });
});
