import {parseHTML} from "linkedom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {startSymbols} from "../../../src/book/chapter/symbols.ts";

let document: Document;
let window: ReturnType<typeof parseHTML>;

beforeEach(() => {
  window = parseHTML(`<!doctype html><html><body>
    <p id="p">words</p>
    <div class="equation"><i data-symbol="yt" id="yt">y</i> <i data-symbol="none" id="none">n</i></div>
    <details class="symbol-table"><summary><b class="all">All symbols</b><b class="meaning" hidden></b></summary>
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

test("a symbol of an equation is explained in the first line of the equation's table while it is pointed at", () => {
  const line = () => [".all", ".meaning"].map((part) => (at(part).hidden ? "" : at(part).textContent));
  send("pointerover", at("#yt"));
  expect(line()).toEqual(["", "y: the letter at place t"]);
  for (const elsewhere of ["#none", "#p"]) {
    send("pointerover", at(elsewhere));
    expect(line(), elsewhere).toEqual(["All symbols", ""]);
  }
});
