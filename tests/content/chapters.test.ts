import {existsSync, readdirSync, readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {chapterFile} from "../../src/book/chapter/chapters.ts";
import {glossary} from "../../src/book/chapter/glossary.ts";
import {paperNumbers, tables} from "../../src/book/paper/paper.ts";
import {type Question, questions} from "../../src/book/quiz/questions.ts";
import {references} from "../../src/book/works/references.ts";
import {type Known, lintChapter} from "./chapterLint.ts";
import {paperValues} from "./paperValues.ts";

const CHAPTERS = "content/chapters";
const REGISTRY = "src/figures/registry.ts";

const ids = (items: readonly {id: string}[]) => new Set(items.map(({id}) => id));

function widgetNames(): Set<string> {
  const registry = existsSync(REGISTRY) ? readFileSync(REGISTRY, "utf8") : "";
  return new Set([...registry.matchAll(/^\s*"?([a-z][a-z0-9-]*)"?:/gm)].map(([, name]) => name));
}

const known: Known = {
  works: ids(references),
  terms: ids(glossary),
  tables: ids(tables),
  numbers: ids(paperNumbers),
  questions: ids(questions),
  widgets: widgetNames(),
  values: paperValues(),
};

const chapters = existsSync(CHAPTERS) ? readdirSync(CHAPTERS).filter((name) => name.endsWith(".mdx")) : [];

describe.runIf(chapters.length)("chapters", () => {
  test.each(chapters)("%s", (name) => {
    expect(lintChapter(readFileSync(`${CHAPTERS}/${name}`, "utf8"), chapterFile(name).order, known)).toEqual([]);
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

const sample: Known = {...known, questions: new Set(["q-rank"]), widgets: new Set(["rank", "product"])};

const lint = (body: string, matter = "ready: false") => lintChapter(`---\n${matter}\n---\n${body}\n`, 2, sample);

test.each([
  ['<Cite work="nobody2021" />', '<Cite work="nobody2021"> is not in content/references.json'],
  ['<Work id="nobody2021">Read it.</Work>', '<Work id="nobody2021"> is not in content/references.json'],
  ["<Cite work={key} />", '<Cite work=""> is not in content/references.json'],
  ['<Term id="rnak">rank</Term>', '<Term id="rnak"> is not in content/glossary.json'],
  ['<Paper id="table-19" row={{r: 1}} col="r1" />', '<Paper id="table-19"> is not in content/paper/table-*.json'],
  ['<PaperTable id="tabel-6" />', '<PaperTable id="tabel-6"> is not in content/paper/table-*.json'],
  ['<Num id="ckpt" />', '<Num id="ckpt"> is not in content/paper/numbers.json'],
  ['<Quiz id="q-none" />', '<Quiz id="q-none"> is not in content/questions'],
  ['<Widget name="rnak" />', '<Widget name="rnak"> is not in src/figures/registry.ts'],
  ['<Set widget="rnak" r={1}>one</Set>', '<Set widget="rnak"> is not in src/figures/registry.ts'],
  ['<Set figure="2.4" r={1}>one</Set>', '<Set figure="2.4">: the chapter has no such figure'],
])("refuses %s", (body, finding) => {
  expect(lint(body)).toEqual([finding]);
});

test.each([
  ["The matrix has 150,994,944 entries.", "150,994,944", '<Num id="attention-matrix-entries" />'],
  ["The matrix has 150994944, no less.", "150994944", '<Num id="attention-matrix-entries" />'],
  ["It is 1,536 times smaller.", "1,536", '<Num id="per-matrix-1536" />'],
  ["At batch 1 it took 1,449.4 ms.", "1,449.4", '<Paper id="table-1" … col="latencyMs" />'],
  ["<Sidenote>It scored 68.8% there.</Sidenote>", "68.8", '<Paper id="table-6" … col="r1" />'],
])("refuses the bare number in: %s", (body, written, component) => {
  expect(lint(body)).toEqual([
    `${written} is a number of the paper: print it by ${component}, or show in $…$ how it comes about`,
  ]);
});
