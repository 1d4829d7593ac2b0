import {existsSync, readdirSync, readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {chapterFile} from "../../src/book/chapter/chapters.ts";
import {glossary} from "../../src/book/chapter/glossary.ts";
import {paperNumbers, tables} from "../../src/book/paper/paper.ts";
import {type Question, questions} from "../../src/book/quiz/questions.ts";
import {references} from "../../src/book/works/references.ts";
import {type Known, lintChapter, significantDigits, tagsOf} from "./chapterLint.ts";
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

test.runIf(chapters.length)("a question that points nowhere is found", () => {
  const common = {
    id: "q-x",
    bloom: "apply" as const,
    prompt: "?",
    hints: [],
    cards: true,
    kind: "numeric" as const,
    tolerance: 0,
    why: "w",
  };
  const compute = {fn: "f", args: []};
  const slug = chapterFile(chapters[0]).slug;
  expect(dangling({...common, compute, chapter: "no-such", section: "s"})).toEqual([
    "q-x: there is no chapter no-such",
  ]);
  expect(dangling({...common, compute, chapter: slug, section: "no-such"})).toEqual([
    `q-x: ${chapters[0]} has no section {#no-such}`,
  ]);
});

const sample: Known = {...known, questions: new Set(["q-rank"]), widgets: new Set(["rank", "product"])};
test("the site says of this test what it refuses: results of three digits and more, outside formulas", () => {
  const results: Known = {...known, values: paperValues()};
  const about = (body: string) => lintChapter(`---\nready: false\n---\n${body}\n`, 7, results);
  expect(about("LoRA has 91.7.")).toHaveLength(1);
  expect(about("In $91.7 - 89.5$ points. The file has 35 MB.")).toEqual([]);
  const said = readFileSync("src/pages/about.astro", "utf8").replace(/\s+/g, " ");
  expect(said).toContain("A result of the paper with three or more digits cannot be typed into a chapter’s text");
  expect(said).toContain("The test leaves out formulas, where examples are worked out, and shorter numbers.");
  for (const path of ["src/pages/about.astro", "content/chapters/13-resources.mdx"])
    expect(readFileSync(path, "utf8"), path).not.toMatch(
      /A number of the paper cannot be typed|refuse a number of the paper/,
    );
});

const lint = (body: string, matter = "ready: false") => lintChapter(`---\n${matter}\n---\n${body}\n`, 2, sample);
const words = (n: number) => "word ".repeat(n);

test("a sound chapter has no findings", () => {
  const body = `
## A change of few directions

In 2021 the <Term id="rank">rank</Term> of the update was the question <Cite work="hu2021lora" at="§7.2" />.
A full update has <Num id="attention-matrix-entries" /> entries, since $12288 \\times 12288 = 150{,}994{,}944$.
It scores <Paper id="table-6" row={{dataset: "WikiSQL", weights: "Wq,Wv"}} col="r1" />, on 3 seeds, 100 steps and 512 pixels.
The <Set widget="rank" r={1}>first direction</Set> costs \\$5, <Set figure="2.2" r={1}>as here</Set>.

$$98304 = 4 \\cdot (12288 + 12288)$$

<Widget name="rank" figure="2.1" r={4} />
<Widget name="product" figure="2.2" />
<PaperTable id="table-5" />
<Quiz id="q-rank" />

\`\`\`python
W = zeros(12288, 12288)  # <Cite work="nobody1900x" />
\`\`\`
`;
  expect(lint(body)).toEqual([]);
});

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

test("figures are numbered in order, by chapter", () => {
  expect(lint('<Widget name="rank" figure="2.2" />')).toEqual(['figure="2.2" stands where figure="2.1" is due']);
  expect(lint('<Widget name="rank" figure="2.1" /> <Widget name="product" figure="2.1" />')).toEqual([
    'figure="2.1" stands where figure="2.2" is due',
  ]);
  expect(lint('<Widget name="rank" figure="3.1" />')).toEqual(['figure="3.1" stands where figure="2.1" is due']);
});

test("a chapter that is ready has 900 to 2,400 words besides tags, maths and code", () => {
  expect(lint(words(899), "ready: true")).toEqual(["899 words; a chapter that is ready has 900 to 2,400"]);
  expect(lint(words(2401), "ready: true")).toEqual(["2401 words; a chapter that is ready has 900 to 2,400"]);
  expect(
    lint(
      `${words(1790)} <PaperTable id="table-5" caption="${words(50)}" /> \`${words(30)}\` $a b c d e f$`,
      "ready: true",
    ),
  ).toEqual([]);
  expect(lint(words(10))).toEqual([]);
});

test("a tag ends where its braces and quotes are closed", () => {
  const [tag] = tagsOf('a <Paper id="table-6" row={{weights: "a > b"}} col="r1" /> b > c');
  expect(tag.source).toBe('<Paper id="table-6" row={{weights: "a > b"}} col="r1" />');
  expect(tag.attributes).toEqual({id: "table-6", col: "r1"});
  expect(() => tagsOf('<Paper id="table-6')).toThrow("a tag is never closed");
});

test("zeros that only hold a place are not significant", () => {
  expect(["150,994,944", "73.4", "70.0", "350", "0.01", "10,000", "1,536"].map(significantDigits)).toEqual([
    9, 3, 3, 2, 1, 1, 4,
  ]);
});
