import {parseHTML} from "linkedom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {startCopyLinks} from "../../../src/site/marks/copyLinks.ts";

let root: Document;
let ends: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  const {document, Element, Event} = parseHTML(
    `<body><a href="#one" aria-label="Link to One"></a><a href="#two" aria-label="Link to Two"></a></body>`,
  );
  root = document as unknown as Document;
  vi.stubGlobal("Element", Element);
  vi.stubGlobal("Event", Event);
  ends = [];
  vi.stubGlobal("navigator", {clipboard: {writeText: () => new Promise<void>((end) => ends.push(end))}});
  startCopyLinks(root);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const links = () => [...root.querySelectorAll("a")];
const press = async (link: Element, isAtOnce = true) => {
  link.dispatchEvent(new Event("click", {bubbles: true}));
  if (isAtOnce) await arrive();
};
/** The oldest copy under way is done. */
const arrive = async () => {
  ends.shift()!();
  await vi.advanceTimersByTimeAsync(0);
};
const said = () => root.querySelector("[role=status]")!.textContent;
const marked = () => links().map((link) => link.hasAttribute("data-copied"));

test("what is said of one link goes by itself", async () => {
  await press(links()[0]!);
  expect([said(), marked()]).toEqual(["The link is copied.", [true, false]]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([said(), marked()]).toEqual(["", [false, false]]);
});

test("the first of two links pressed in a row does not end what is said of the second", async () => {
  await press(links()[0]!);
  await vi.advanceTimersByTimeAsync(3000);
  await press(links()[1]!);
  await vi.advanceTimersByTimeAsync(3000);
  expect([said(), marked()]).toEqual(["The link is copied.", [false, true]]);
});

test("two copies under way at once: the mark of the first goes when the second arrives", async () => {
  await press(links()[0]!, false);
  await press(links()[1]!, false);
  await arrive();
  await arrive();
  expect([said(), marked()]).toEqual(["The link is copied.", [false, true]]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([said(), marked()]).toEqual(["", [false, false]]);
});
