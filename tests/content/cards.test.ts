import {readdirSync} from "node:fs";
import {describe, expect, test} from "vitest";
import data from "../../content/cards.json" with {type: "json"};
import {chapterFile} from "../../src/book/chapter/chapters.ts";
import {resolveState} from "../../src/book/figure/states.ts";
import {
  cardGroups,
  fillCard,
  type InterviewCard,
  interviewCardSchema,
  interviewCards,
  worksOf,
} from "../../src/book/review/interviewCards.ts";
import {inline} from "../../src/site/marks/inline.ts";
import {bareNumbers} from "./chapterLint.ts";
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

const values = paperValues();
/** The numbers of the paper that a text types instead of naming. */
const typed = (text: string) => bareNumbers(text.replace(/\$[^$]*\$/g, " "), values);

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
    if (one.see) await resolveState(id, one.see);
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
    expect(fillCard({...base, values}).line).toBe("70.4%");
    expect(fillCard({...base, values: {a: {...values.a, spread: true as const}}}).line).toBe("0.5");
    expect(fillCard({...base, values: {a: {num: "ckpt-350gb"}}}).line).toBe("350\u2009GB");
  });

  test("have to be there, and to be named", () => {
    expect(() => fillCard(base)).toThrow("c-x names {{a}}");
    expect(() => fillCard({...base, values: {...values, b: values.a}})).toThrow("no text of c-x names b");
    expect(() => fillCard({...base, line: "{{constructor}}", values})).toThrow("names {{constructor}}");
    expect(() => fillCard({...base, values: {a: {...values.a, row: {weights: "Wx"}}}})).toThrow("0 rows have");
  });

  test("one typed in is found", () => {
    expect(typed("W_q alone has 70.4% there.")).toHaveLength(1);
    expect(typed("W_q alone has {{q}} there, at rank 8.")).toEqual([]);
  });
});
