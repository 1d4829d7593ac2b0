import {existsSync, readdirSync, readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {chapterFile} from "../../src/book/chapter/chapters.ts";
import {type Question, questions} from "../../src/book/quiz/questions.ts";
import {lintChapter} from "./chapterLint.ts";
import {paperValues} from "./paperValues.ts";

const CHAPTERS = "content/chapters";
const values = paperValues();
const chapters = existsSync(CHAPTERS) ? readdirSync(CHAPTERS).filter((name) => name.endsWith(".mdx")) : [];

describe.runIf(chapters.length)("chapters", () => {
  test.each(chapters)("%s", (name) => {
    expect(lintChapter(readFileSync(`${CHAPTERS}/${name}`, "utf8"), chapterFile(name).order, values)).toEqual([]);
  });
});

/** What a question points at and its chapter lacks: the chapter itself, the section it belongs to. */
function dangling(asked: Question): string[] {
  const {id, chapter, section} = asked;
  const file = chapters.find((name) => chapterFile(name).slug === chapter);
  if (!file) return [`${id}: there is no chapter ${chapter}`];
  const text = readFileSync(`${CHAPTERS}/${file}`, "utf8");
  return text.includes(`{#${section}}`) ? [] : [`${id}: ${file} has no section {#${section}}`];
}

test("questions point at chapters and sections that are there", () => {
  expect(questions.flatMap(dangling)).toEqual([]);
});

test.each([
  ["The matrix has 150,994,944 entries.", "150,994,944", '<Num id="attention-matrix-entries" />'],
  ["The matrix has 150994944, no less.", "150994944", '<Num id="attention-matrix-entries" />'],
  ["It is 1,536 times smaller.", "1,536", '<Num id="per-matrix-1536" />'],
  ["At batch 1 it took 1,449.4 ms.", "1,449.4", '<Paper id="table-1" … col="latencyMs" />'],
  ["<Sidenote>It scored 68.8% there.</Sidenote>", "68.8", '<Paper id="table-6" … col="r1" />'],
])("refuses the bare number in: %s", (body, written, component) => {
  // So short a text is refused for its length, too.
  expect(lintChapter(body, 2, values)).toEqual([
    `${written} is a number of the paper: print it by ${component}, or show in $…$ how it comes about`,
    expect.stringContaining("words; a chapter has 900"),
  ]);
});
