import {parseHTML} from "linkedom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {startSymbols} from "../../../src/book/chapter/symbols.ts";

let document: Document;
let window: ReturnType<typeof parseHTML>;

beforeEach(() => {
  window = parseHTML(`<!doctype html><html><body>
    <section class="symbols"><button data-symbol="A" aria-pressed="false"><i>A</i></button>
      <button data-symbol="B" aria-pressed="false">B</button></section>
    <p id="p">words <span aria-hidden="true"><span data-symbol="A" id="formula"><span id="inner">A</span></span></span>
      <span data-symbol="B">B</span> <svg><text data-symbol="A">A</text></svg></p>
    <div class="equation"><i data-symbol="yt" id="yt">y</i> <i data-symbol="none" id="none">n</i></div>
    <details class="symbol-table"><summary><b class="all">All symbols</b><b class="answer" hidden></b></summary>
      <table><tr data-symbol="yt" data-means="the letter at place t"><th><i>y</i></th></tr></table></details>
  </body></html>`);
  document = window.document as unknown as Document;
  vi.stubGlobal("Element", window.Element);
  startSymbols(document);
});
afterEach(() => void vi.unstubAllGlobals());

const at = (selector: string) => document.querySelector<HTMLElement>(selector)!;
const send = (type: string, target: EventTarget, extra: object = {}) =>
  target.dispatchEvent(Object.assign(new window.Event(type, {bubbles: true}), extra) as unknown as Event);
const lit = () =>
  [...document.querySelectorAll("[data-lit]")].map((one) => `${one.localName} ${one.getAttribute("data-symbol")}`);
const everyA = ["button A", "span A", "text A"];

test("the pointer on a symbol, or inside it, highlights all its occurrences until it leaves", () => {
  send("pointerover", at("#inner"));
  expect(lit()).toEqual(everyA);
  send("pointerover", at("#p"));
  expect(lit()).toEqual([]);
});

test("focus does the same as the pointer", () => {
  send("focusin", at("button[data-symbol=B]"));
  expect(lit()).toEqual(["button B", "span B"]);
  send("focusout", at("button[data-symbol=B]"));
  expect(lit()).toEqual([]);
});

test("a button pins its symbol while the pointer is elsewhere; another button, the same button and Escape end that", () => {
  const [a, b] = [at("button[data-symbol=A]"), at("button[data-symbol=B]")];
  const pressed = () => [a, b].map((one) => one.getAttribute("aria-pressed"));
  send("click", at("button i"));
  send("pointerover", at("#p"));
  expect([lit(), pressed()]).toEqual([everyA, ["true", "false"]]);
  send("pointerover", b);
  expect(lit()).toEqual(["button B", "span B"]);
  send("pointerover", at("#p"));
  expect(lit()).toEqual(everyA);
  send("click", b);
  expect([lit(), pressed()]).toEqual([
    ["button B", "span B"],
    ["false", "true"],
  ]);
  send("click", b);
  expect([lit(), pressed()]).toEqual([[], ["false", "false"]]);
  send("click", a);
  send("keydown", document.body, {key: "Escape"});
  expect([lit(), pressed()]).toEqual([[], ["false", "false"]]);
});

test("symbols elsewhere on the page do not act as buttons", () => {
  send("click", at("#formula"));
  expect(lit()).toEqual([]);
});

test("a symbol of an equation is explained in the first line of the equation's table while it is pointed at", () => {
  const line = () => [".all", ".answer"].map((part) => (at(part).hidden ? "" : at(part).textContent));
  send("pointerover", at("#yt"));
  expect(line()).toEqual(["", "y: the letter at place t"]);
  for (const elsewhere of ["#none", "#p"]) {
    send("pointerover", at(elsewhere));
    expect(line(), elsewhere).toEqual(["All symbols", ""]);
  }
});
