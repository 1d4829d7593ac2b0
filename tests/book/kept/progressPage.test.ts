import {parseHTML} from "linkedom";
import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import {lineCount, programsIn, withLineNumbers} from "../../../src/book/kept/loadBackup.ts";
import {startProgressPage} from "../../../src/book/kept/progressPage.ts";
import {openStore} from "../../../src/book/kept/store.ts";
import {storageOf} from "../../fuzz/storage.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const draft = (id: string, value = "") => ({kind: "draft", id, value}) as const;

/** The progress page of a device that keeps these items. */
function opened(items: Record<string, string>) {
  const {window, document} = parseHTML(`<!doctype html><body><div class="own-data"><div class="needs-script">
    <p class="own-state"></p><div class="keeping"></div><div class="erase-read"></div><button class="save"></button>
    <label class="load"><input type="file"></label><div class="loaded"><div class="said"></div><div class="shown"></div></div>
    <div class="erase-all"></div><div class="own-lists"></div></div>
    <template><ul><li data-id="q-code" data-program data-from="Chapter 12">Question: f</li>
    <li data-id="q-written" data-from="Chapter 12">Question: why</li></ul></template></div></body>`);
  vi.stubGlobal("window", window);
  const storage = storageOf({"lora-live:v1:keep": "yes", ...items});
  startProgressPage(
    document as unknown as Document,
    openStore(() => storage),
  );
  const lists = document.querySelector(".own-lists")!;
  const press = (name: RegExp) =>
    [...document.querySelectorAll("button")].find(({textContent}) => name.test(textContent!))!.onclick!(
      new window.Event("click") as never,
    );
  return {window, document: document as unknown as Document, lists, press, storage};
}

const manyWords = Object.fromEntries(
  Array.from({length: 40}, (_, i) => [`lora-live:v1:words:w-${i}`, JSON.stringify("x".repeat(10_000))]),
);
const manyAnswers = Object.fromEntries(
  Array.from({length: 2000}, (_, i) => [`lora-live:v1:answer:a-${i}`, '{"given":"1","right":true}']),
);

describe("a page that keeps more than anybody writes", () => {
  test("writes the beginnings of long texts, and one whole when asked", () => {
    const {lists, press} = opened(manyWords);
    expect(lists.querySelectorAll("li")).toHaveLength(40);
    expect(lists.textContent!.length).toBeLessThan(40 * 400);
    press(/^Show all 10,000 characters$/);
    expect(lists.textContent!.length).toBeGreaterThan(10_000);
    expect(lists.textContent!.length).toBeLessThan(10_000 + 40 * 400);
  });

  test("writes fifty entries of a kind at a time", () => {
    const {lists, press} = opened(manyAnswers);
    expect(lists.querySelectorAll("li")).toHaveLength(50);
    expect(lists.querySelectorAll("*").length).toBeLessThan(400);
    press(/^Show 50 more \(1,950 are not shown\)$/);
    expect(lists.querySelectorAll("li")).toHaveLength(100);
  });

  test("offers to erase all before the lists are made", () => {
    const {document} = opened(manyWords);
    const [all, list] = [".erase-all button", ".own-items"].map((one) => document.querySelector(one)!);
    expect(all!.textContent).toBe("Erase it all");
    expect(all!.compareDocumentPosition(list!) & 4).toBe(4);
  });

  test("is drawn once after the many events of another window", () => {
    const {window, document, storage} = opened({});
    storage.setItem("lora-live:v1:words:low-rank", '"New."');
    const list = document.querySelector(".own-lists")!;
    const drawn = vi.spyOn(list, "replaceChildren");
    for (let i = 0; i < 1000; i++) window.dispatchEvent(new window.Event("storage"));
    vi.runAllTimers();
    expect(drawn).toHaveBeenCalledTimes(1);
    expect(list.textContent).toContain("New.");
  });
});

describe("programs of a saved file", () => {
  test("are the drafts for programs, and those nobody knows", () => {
    const {content} = opened({}).document.querySelector("template")!;
    const words = {kind: "words", id: "q-code", value: ""} as const;
    const drafts = [draft("q-code"), draft("q-written"), draft("q-gone"), words];
    expect(programsIn(content, drafts).map(({id}) => id)).toEqual(["q-code", "q-gone"]);
  });

  test("have numbered lines, and nothing in them hides", () => {
    expect(withLineNumbers("f()\n\n\tg()")).toBe("1  f()\n2  \n3  \tg()");
    expect(
      withLineNumbers(`${"\n".repeat(10)}g()`)
        .split("\n")
        .at(-1),
    ).toBe("11  g()");
    // What JavaScript ends a line with, and signs that turn the order of others round or have no width.
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
