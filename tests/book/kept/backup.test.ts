import {expect, test} from "vitest";
import {backupOf, changesText, compareBackup, firstProblems, MAX_ENTRIES} from "../../../src/book/kept/backup.ts";
import type {KeptEntry} from "../../../src/book/kept/entries.ts";
import {countedAll, valueText} from "../../../src/book/kept/kindNames.ts";
import {openStore, type Store} from "../../../src/book/kept/store.ts";
import {questions} from "../../../src/book/quiz/questions.ts";
import {interviewCards} from "../../../src/book/review/interviewCards.ts";
import {storageOf} from "../../fuzz/storage.ts";

const answer = {given: "768", right: true};
const words = (id: string, value: string) => ({kind: "words", id, value});
const backup = (...items: unknown[]) => JSON.stringify({loraLive: 1, items});
const newStore = () => openStore(() => storageOf());

/** Loads what is new, and what differs as well unless `over` is false. Returns the problems. */
function load(store: Store, text: string, over = true): readonly string[] {
  const {added, changed, problems} = compareBackup(store, text);
  store.setAll(over ? [...added, ...changed] : added);
  return problems;
}

test("a saved backup has a stable order, and loads on another device", () => {
  const store = newStore();
  store.set("words", "low-rank", "zwölf “Blöcke”");
  store.set("answer", "q-b", answer);
  store.set("answer", "q-a", {given: "2", right: false});
  store.set("review", "c-alpha", {on: 20_783, gap: 7});
  const text = backupOf(store);
  const ids = JSON.parse(text).items.map(({kind, id}: {kind: string; id: string}) => `${kind} ${id}`);
  expect(ids).toEqual(["answer q-a", "answer q-b", "review c-alpha", "words low-rank"]);
  const storage = storageOf({"lora-live:v1:keep": "yes"});
  expect(
    load(
      openStore(() => storage),
      text,
    ),
  ).toEqual([]);
  expect(backupOf(openStore(() => storage))).toBe(text);
});

test("without consent a loaded backup lasts as long as the page", () => {
  const storage = storageOf();
  const store = openStore(() => storage);
  expect(load(store, backup({kind: "chapter", id: "low-rank", value: "visited"}))).toEqual([]);
  expect([store.get("chapter", "low-rank"), storage.length]).toEqual(["visited", 0]);
});

test.each([
  ["not json", /not JSON/],
  ["[]", /no entries/],
  ["null", /no entries/],
  ['{"loraLive":2,"all":{}}', /version 2/],
  ['{"__proto__":{"loraLive":1,"items":[]}}', /no entries/],
  ['{"loraLive":2,"items":[]}', /version 2; this page reads version 1/],
  [
    backup(...Array.from({length: 20_000}, (_, i) => ({kind: "answer", id: `q-${i}`, value: answer}))),
    /larger than anything/,
  ],
  [
    backup(words("low-rank", "w".repeat(10_001))),
    /^Entry 1 \(words, low-rank\) is not one that this site keeps, or too long; it was left out\.$/,
  ],
])("a text that is no backup is refused in a sentence and changes nothing: %.30s", (text, sentence) => {
  const store = newStore();
  store.set("words", "low-rank", "mine");
  const problems = load(store, text);
  expect([problems.length, store.entries()]).toEqual([1, [words("low-rank", "mine")]]);
  expect(problems[0]).toMatch(sentence);
});

test("sound entries are loaded and the others are named", () => {
  const store = newStore();
  const items = [
    {kind: "answer", id: "q-a", value: answer},
    {kind: "answer", id: "q-b", value: {given: "1"}},
    {kind: "answer", id: 7, value: answer},
    {kind: "__proto__", id: "q-c", value: answer},
    {kind: "answer", id: "__proto__", value: answer},
    null,
    {kind: "words", id: "low-rank"},
  ];
  const problems = load(store, backup(...items));
  expect(problems.map((one) => one.slice(0, 8))).toEqual([2, 3, 4, 5, 6, 7].map((n) => `Entry ${n} `));
  expect(store.entries()).toEqual([items[0]]);
});

test("comparing tells what is new, what differs and what is the same, and changes nothing", () => {
  const store = newStore();
  store.set("words", "low-rank", "mine");
  store.set("answer", "q-a", answer);
  const before = backupOf(store);
  const changes = compareBackup(
    store,
    backup(
      words("low-rank", "another"),
      words("formulas", "new"),
      {kind: "answer", id: "q-a", value: {right: true, given: "768", more: 1}},
      {kind: "score", id: "q-a", value: 1},
    ),
  );
  expect(changes).toMatchObject({
    added: [words("formulas", "new")],
    changed: [words("low-rank", "another")],
    same: 1,
    problems: [expect.any(String)],
  });
  expect(backupOf(store)).toBe(before);
  expect(changesText(changes)).toBe(
    "The file was read. New here: 1 text. Different here: 1 text. 1 entry is the same here.",
  );
});

test("loading adds without replacing, unless the reader allows it", () => {
  const store = newStore();
  store.set("words", "low-rank", "mine");
  const text = backup(words("low-rank", "another"), words("formulas", "new"));
  expect(load(store, text, false)).toEqual([]);
  expect([store.get("words", "low-rank"), store.get("words", "formulas")]).toEqual(["mine", "new"]);
  load(store, text);
  expect(store.get("words", "low-rank")).toBe("another");
});

test("of two entries with one id the last one counts", () => {
  const {added} = compareBackup(newStore(), backup(words("formulas", "a"), words("formulas", "b")));
  expect(added).toEqual([words("formulas", "b")]);
});

test("this site's questions, cards and chapters fit into the limit", () => {
  // An answer, a prediction, a draft and a grade of each, and far more chapters than there are.
  expect(4 * (questions.length + interviewCards.length) + 100).toBeLessThan(MAX_ENTRIES);
});

test("entries are counted by kind, chapters first", () => {
  const all = ["answer", "chapter", "words", "answer"].map((kind) => ({kind, id: "a", value: "x"}) as KeptEntry);
  expect(countedAll(all)).toBe("1 chapter mark, 2 answers and 1 text");
  expect(countedAll([])).toBe("nothing");
});

test.each([
  [{kind: "answer", id: "a", value: answer}, "768 (right)"],
  [{kind: "answer", id: "a", value: {given: "\u202e7", right: false}}, "⟨U+202E⟩7 (not right yet)"],
  [{kind: "prediction", id: "a", value: {given: "The checkerboard"}}, "The checkerboard"],
  [{kind: "prediction", id: "a", value: {given: "skipped"}}, "skipped"],
  [
    {kind: "prediction", id: "a", value: {given: "lowrank 3 25"}},
    "a low-rank change to attention, 1,000 trained parameters, 25% added time",
  ],
  [{kind: "prediction", id: "a", value: {given: "constructor 9 25"}}, "constructor, 25% added time"],
  [{kind: "words", id: "a", value: "a blend"}, "a blend"],
] as const)("a value is written for the reader: %j", (entry, text) => expect(valueText(entry)).toBe(text));

test("what a file brings cannot turn the words of the page round", () => {
  const [problem] = load(newStore(), backup({kind: "answer", id: "\u202ea", value: answer}));
  expect(problem).toContain("Entry 1 (answer, ⟨U+202E⟩a) is");
});

test("four problems are shown, and the others counted", () => {
  const problems = ["a", "b", "c", "d", "e", "f"];
  expect(firstProblems(problems.slice(0, 4))).toEqual(["a", "b", "c", "d"]);
  expect(firstProblems(problems.slice(0, 5)).at(-1)).toBe("1 more entry could not be read; it was left out.");
  expect(firstProblems(problems).at(-1)).toBe("2 more entries could not be read; they were left out.");
});
