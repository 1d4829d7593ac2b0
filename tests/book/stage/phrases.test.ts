import {parseHTML} from "linkedom";
import {expect, test, vi} from "vitest";
import {type Figure, markPhrases, setQuietly, startPhraseMarks} from "../../../src/book/stage/phrases.ts";

const window = parseHTML(`<!doctype html><html><body>
  <lora-widget name="rank" figure="2.1"></lora-widget><lora-widget name="rank" figure="2.3"></lora-widget>
  <a class="set" data-figure="2.1" data-params='{"r":1}' aria-current="true">one</a>
  <a class="set" data-figure="2.1" data-params='{"r":2,"source":"sunset"}'>two</a>
  <a class="set" data-widget="rank" data-params='{"r":2}'>two of the first</a>
  <a class="set" data-figure="2.3" data-params='{"r":2}'>two of the other</a>
  <a class="set" data-figure="2.1" data-params='{"rate":"0.1"}'>a choice</a>
  <p class="quiz-see"><a class="set" data-figure="2.1" data-params='{"r":3}'>an answer</a></p>
  <a class="set" data-figure="2.1" data-params='{"r":3}'>three</a>
  <a class="set" data-figure="2.1" data-params='{"r":3}'>three again</a>
</body></html>`);
const document = window.document as unknown as Document;
const [first] = document.querySelectorAll<Figure>("lora-widget");
const marked = () => [...document.querySelectorAll("[aria-current=true]")].map(({textContent}) => textContent);
const hold = (state: object | undefined) => Object.assign(first!, {state});

test("a phrase is marked while every value it names is the figure's", () => {
  hold({r: 2, source: "blobs", rate: "0.2"});
  markPhrases(first!);
  expect(marked()).toEqual(["two of the first"]);
  hold({r: 2, source: "sunset", rate: "0.1"});
  markPhrases(first!);
  expect(marked()).toEqual(["two", "two of the first", "a choice"]);
  hold({r: 1, source: "sunset", rate: 0.1});
  markPhrases(first!);
  expect(marked()).toEqual(["one"]);
});

test("of phrases for one state the first is marked, or the one that set it; a link of a quiz is marked besides", async () => {
  hold({r: 3});
  markPhrases(first!);
  expect(marked()).toEqual(["an answer", "three"]);
  first!.set = async () => {};
  await setQuietly(first!, [...document.querySelectorAll<HTMLElement>("a.set")].at(-1)!);
  expect(marked()).toEqual(["an answer", "three again"]);
  hold({r: 1});
  markPhrases(first!);
});

test("before a figure answers, the marks of the build stay", () => {
  hold(undefined);
  markPhrases(first!);
  expect(marked()).toEqual(["one"]);
});

test("the marks follow a figure whoever moves it", () => {
  vi.stubGlobal("Element", window.Element);
  startPhraseMarks(document);
  for (const type of ["lora-change", "lora-ready"]) {
    hold({r: 2, source: "sunset"});
    first!.dispatchEvent(new window.Event(type, {bubbles: true}) as unknown as Event);
    expect(marked(), type).toEqual(["two", "two of the first"]);
    hold({r: 1});
    markPhrases(first!);
  }
  vi.unstubAllGlobals();
});

test("what scrolling sets is not spoken, and is marked at once", async () => {
  const calls: unknown[] = [];
  first!.set = async (...all) => {
    calls.push(all);
    hold({r: 2, source: "sunset"});
  };
  await setQuietly(first!, document.querySelectorAll<HTMLElement>("a.set")[1]!);
  expect(calls).toEqual([[{r: 2, source: "sunset"}, {}, {isQuiet: true}]]);
  expect(marked()).toContain("two");
});
