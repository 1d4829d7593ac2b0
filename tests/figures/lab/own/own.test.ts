import {deflateRawSync} from "node:zlib";
import {describe, expect, test} from "vitest";
import {MAX_LETTERS} from "../../../../src/engine/training/words.ts";
import {wordsFromLink, wordsToLink} from "../../../../src/figures/lab/own/link.ts";
import {readWords, textOfFile} from "../../../../src/figures/lab/own/readWords.ts";
import {exampleLists} from "../../../../src/figures/lab/own/wordField.ts";
import {MAX_WORDS, stepsFor} from "../../../../src/figures/lab/own/words.ts";
import {MAX_WORD_LENGTH} from "../../../../src/figures/shared/taskNames.ts";

/** n different words, sorted. */
const invented = (n: number): string[] =>
  Array.from(
    {length: n},
    (_, i) =>
      `word${String.fromCharCode(97 + (Math.floor(i / 26) % 26))}${String.fromCharCode(97 + (i % 26))}${"x".repeat(Math.floor(i / 676))}`,
  ).sort();

describe("a reader's text", () => {
  test("is split at spaces, commas, semicolons and lines, lower case, each word once, in order", () => {
    const {words, respelled} = readWords("Lyon, rio;Nantes\n\nRIO\tlyon  oslo");
    expect(words).toEqual(["lyon", "nantes", "oslo", "rio"]);
    expect(respelled).toEqual([]);
  });

  test("loses its accents, and says which", () => {
    const {words, respelled} = readWords("São Kraków Łódź Straße Århus smørrebrød Œuvre ısparta zoë");
    expect(words).toEqual(["arhus", "isparta", "krakow", "lodz", "oeuvre", "sao", "smorrebrod", "strasse", "zoe"]);
    expect(respelled).toContain("São → sao");
    expect(respelled).toHaveLength(9);
    // The same letters, written as a letter and an accent after it.
    expect(readWords("Sa\u0303o").words).toEqual(["sao"]);
  });

  test("loses apostrophes, hyphens, and the signs around a word, without a word about them", () => {
    const read = readWords(`“O'Brien” rock-n’roll (Ann!) well—`);
    expect(read.words).toEqual(["ann", "obrien", "rocknroll", "well"]);
    expect([read.respelled, read.notLetters]).toEqual([[], []]);
  });

  test.each([
    ["antidisestablishmentarianism straßenkehrer", {tooLong: ["antidisestablishmentarianism", "straßenkehrer"]}],
    ["R2D2 a.b 42 Привет 東京 a🙂b x_y", {notLetters: ["R2D2", "a.b", "42", "Привет", "東京", "a🙂b", "x_y"]}],
    ["R2D2 R2D2", {notLetters: ["R2D2"]}],
    ["", {}],
    ["C++ C# F# c 🙂 a+ $x ❤️", {words: ["c"], notLetters: ["C++", "C#", "F#", "🙂", "a+", "$x", "❤️"]}],
    [" ,;\n - ’ … * | →", {}],
  ])("names what it leaves out of %o", (text, due) => {
    expect(readWords(text)).toEqual({words: [], respelled: [], tooLong: [], notLetters: [], ...due});
  });

  test("has as many letters as the machine has places", () => {
    expect(MAX_WORD_LENGTH).toBe(MAX_LETTERS);
  });

  test("of eleven letters is taken, of twelve not; an accent is no letter", () => {
    expect(readWords("mendelevium protactinium élévatrices")).toMatchObject({
      words: ["elevatrices", "mendelevium"],
      tooLong: ["protactinium"],
    });
  });

  test("of more words than are used is sampled, always the same ones, whatever their order", () => {
    const many = invented(800);
    const read = readWords(many.join(" "));
    expect(read.words).toHaveLength(MAX_WORDS);
    expect(read.sampledFrom).toBe(800);
    expect([...read.words].sort()).toEqual(read.words);
    expect(readWords(many.toReversed().join("\n")).words).toEqual(read.words);
    expect(readWords(invented(MAX_WORDS).join(" ")).words).toEqual(invented(MAX_WORDS));
    expect(readWords(invented(MAX_WORDS).join(" ")).sampledFrom).toBeUndefined();
    // From all of the alphabet.
    const places = read.words.map((word) => many.indexOf(word));
    const inThirds = [0, 1, 2].map((n) => places.filter((at) => Math.floor((3 * at) / 800) === n).length);
    for (const count of inThirds) expect(Math.abs(count - MAX_WORDS / 3)).toBeLessThan(2);
  });

  test("may be any text, and takes time in proportion to its length", () => {
    for (const text of ["a".repeat(1e5), "'".repeat(1e5), "é,".repeat(5e4), "\u0301".repeat(1e5), "!a".repeat(5e4)]) {
      const since = performance.now();
      readWords(text);
      expect(performance.now() - since, text.slice(0, 4)).toBeLessThan(1000);
    }
  });
});

test("steps are three for ten words, in tens, from 20 to 200", () => {
  expect([20, 50, 66, 84, 100, 105, 113, 200, 500, 5000].map(stepsFor)).toEqual([
    20, 20, 20, 30, 30, 30, 30, 60, 150, 200,
  ]);
});

test("the examples are lists of which nothing is left out", () => {
  for (const [{title, words}, count] of [
    [exampleLists.elements, 113],
    [exampleLists.greeks, 105],
  ] as const) {
    expect(title).toContain(String(count));
    expect(readWords(words)).toMatchObject({respelled: [], tooLong: [], notLetters: []});
    expect(readWords(words).words).toHaveLength(count);
  }
});

describe("words in a link", () => {
  const {words} = readWords(exampleLists.elements.words);

  test("come back, and are short", async () => {
    const link = (await wordsToLink(words))!;
    expect(link).toMatch(/^[\w-]+$/);
    expect(link.length).toBeLessThan(600);
    expect(await wordsFromLink(link)).toEqual(words);
    expect(await wordsToLink(words.toReversed())).toBe(link);
  });

  test("are two hundred at most", async () => {
    expect(await wordsToLink(invented(201))).toBeUndefined();
    expect(await wordsFromLink((await wordsToLink(invented(200)))!)).toHaveLength(200);
  });

  const deflated = (text: string) => deflateRawSync(text).toString("base64url");
  test.each([
    ["nothing", ""],
    ["another alphabet", "a+b/"],
    ["too long", "a".repeat(2001)],
    ["no stream", "abcd"],
    ["a bomb", deflated("Aa".repeat(5e6)).slice(0, 2000)],
    [
      "a large list",
      deflated(
        invented(400)
          .map((word) => `A${word}`)
          .join(""),
      ),
    ],
    ["few words", deflated("AaAbAc")],
    [
      "words out of order",
      deflated(
        invented(30)
          .toReversed()
          .map((word) => `A${word}`)
          .join(""),
      ),
    ],
    ["a word twice", deflated(["word", ...invented(30), "zz", "zz"].map((word) => `A${word}`).join(""))],
    ["a long word", deflated([...invented(30), "z".repeat(12)].map((word) => `A${word}`).join(""))],
  ])("are refused where there is %s", async (_, text) => {
    expect(await wordsFromLink(text)).toBeUndefined();
  });

  test("are refused where the link was cut or changed", async () => {
    const link = (await wordsToLink(words))!;
    for (const cut of [1, 10, 100]) expect(await wordsFromLink(link.slice(0, -cut))).toBeUndefined();
    expect(await wordsFromLink(`${link.slice(0, 40)}A${link.slice(41)}`)).not.toEqual(words);
  });
});

test.each([
  ["a text", new TextEncoder().encode("São Paulo\r\nRio"), {text: "São Paulo\r\nRio"}],
  ["a text that begins with a mark of its order", Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), {text: "a"}],
  ["an empty file", new Uint8Array(), {text: ""}],
  ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47), {problem: "This is no text file."}],
  ["an archive", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), {problem: "This is no text file."}],
  ["Latin-1", Uint8Array.of(0x53, 0xe3, 0x6f), {problem: "This is no text file."}],
  ["a large file", new Uint8Array(100_001).fill(97), {problem: "This file is larger than 100 kB."}],
])("of a file, %s", (_, bytes, due) => {
  expect(textOfFile(bytes)).toEqual(due);
});
