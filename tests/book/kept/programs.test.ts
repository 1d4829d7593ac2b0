import {parseHTML} from "linkedom";
import {describe, expect, test} from "vitest";
import {lineCount, programsIn, withLineNumbers} from "../../../src/book/kept/backup.ts";

const draft = (id: string, value = "") => ({kind: "draft", id, value}) as const;

describe("programs of a saved file", () => {
  test("are the drafts for programs, and those nobody knows", () => {
    const {document} = parseHTML('<ul><li data-id="q-code" data-program></li><li data-id="q-written"></li></ul>');
    const words = {kind: "words", id: "q-code", value: ""} as const;
    const drafts = [draft("q-code"), draft("q-written"), draft("q-gone"), words];
    expect(programsIn(document as unknown as Document, drafts).map(({id}) => id)).toEqual(["q-code", "q-gone"]);
  });

  test("have numbered lines, and nothing in them hides", () => {
    expect(withLineNumbers("f()\n\n\tg()")).toBe("1  f()\n2  \n3  \tg()");
    expect(
      withLineNumbers(`${"\n".repeat(10)}g()`)
        .split("\n")
        .at(-1),
    ).toBe("11  g()");
    // What may end a line, and signs that turn the order of others round or have no width.
    expect(withLineNumbers("// a\u2028b\rc\r\nd")).toBe("1  // a\n2  b\n3  c\n4  d");
    expect(withLineNumbers("/*\u202e*/\u200b\u0000")).toBe("1  /*⟨U+202E⟩*/⟨U+200B⟩⟨U+0000⟩");
    // A name in JavaScript that nobody sees, and spaces that are none.
    expect(withLineNumbers("const {a, \u3164} = b;\u00a0\u2800\ufe0f")).toBe(
      "1  const {a, ⟨U+3164⟩} = b;⟨U+00A0⟩⟨U+2800⟩⟨U+FE0F⟩",
    );
  });

  test("are measured in lines", () => {
    expect(lineCount("f()")).toBe("1 line");
    expect(lineCount(`f()${"\n".repeat(61)}g()`)).toBe("62 lines, 60 of them empty");
  });
});
