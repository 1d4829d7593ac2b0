import {parseHTML} from "linkedom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {startSets} from "../../../src/components/figure/set.ts";

let document: Document;
let window: ReturnType<typeof parseHTML>;
const calls: unknown[] = [];
/** Calls the observer of the link. */
let inView: (entries: {isIntersecting: boolean}[]) => void;

type Box = {top: number; bottom: number; height: number};
/** Gives a figure of the page its `set` and a position. */
function place(selector: string, box: Box) {
  const figure = document.querySelector(selector) as HTMLElement & {set?: unknown};
  figure.set = (params: unknown) => Promise.resolve(calls.push([selector, params]));
  figure.getBoundingClientRect = () => box as DOMRect;
  figure.scrollIntoView = (options) => void calls.push(options);
}

beforeEach(() => {
  calls.length = 0;
  window = parseHTML(`<!doctype html><html><body>
    <lora-widget name="rank" figure="2.1"></lora-widget><lora-widget name="product"></lora-widget>
    <a class="set" href="/widgets/rank/?r=1" data-figure="2.1" data-params='{"r":1,"source":"noise"}'><em>words</em></a>
    <a class="set" href="/widgets/product/" data-widget="product" data-params='{"r":2}'>words</a>
    <a class="set" href="/widgets/rank/" data-figure="9.9" data-params='{"r":2}'>words</a>
    <a href="/elsewhere/">words</a>
  </body></html>`);
  document = window.document as unknown as Document;
  vi.stubGlobal("Element", window.Element);
  vi.stubGlobal("innerHeight", 800);
  vi.stubGlobal("matchMedia", () => ({matches: false}));
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(seen: typeof inView) {
        inView = seen;
      }
      observe() {}
      disconnect() {}
    },
  );
  place('[figure="2.1"]', {top: 100, bottom: 500, height: 400});
  place('[name="product"]', {top: 1500, bottom: 1900, height: 400});
  startSets(document);
});
afterEach(() => void vi.unstubAllGlobals());

/** Clicks, and returns whether the link was followed. */
function click(selector: string, extra: object = {}): boolean {
  const event = Object.assign(new window.Event("click", {bubbles: true, cancelable: true}), {button: 0, ...extra});
  return document.querySelector(selector)!.dispatchEvent(event as unknown as Event);
}

test("a click anywhere in the link sets its figure, and does not scroll when the figure is visible", () => {
  expect(click("a em")).toBe(false);
  expect(calls).toEqual([['[figure="2.1"]', {r: 1, source: "noise"}]]);
});

test("a link can name a widget, and scrolls to it; at once under reduced motion", () => {
  click("[data-widget]");
  vi.stubGlobal("matchMedia", () => ({matches: true}));
  click("[data-widget]");
  const moved = ['[name="product"]', {r: 2}];
  expect(calls).toEqual([moved, {block: "start", behavior: "smooth"}, moved, {block: "start", behavior: "instant"}]);
});

test("a button leads back while the link is out of view, and only then", () => {
  const link = document.querySelector("[data-widget]") as HTMLElement;
  link.scrollIntoView = (options) => void calls.push(options);
  link.focus = () => void calls.push("focus");
  const back = () => document.querySelector<HTMLElement>(".return");
  click("[data-figure]");
  expect(back()).toBeNull();
  click("[data-widget]");
  expect(link.nextSibling).toBe(back());
  inView([{isIntersecting: true}]);
  expect(back()?.textContent).toBe("Back to the text");
  inView([{isIntersecting: false}]);
  inView([{isIntersecting: true}]);
  expect(back()).toBeNull();
  click("[data-widget]");
  click("[data-widget]");
  expect(document.querySelectorAll(".return")).toHaveLength(1);
  click(".return");
  expect(calls.slice(-2)).toEqual([{block: "center", behavior: "smooth"}, "focus"]);
  expect(back()).toBeNull();
});

test.each([
  ["wholly above", {top: -500, bottom: -100, height: 400}, true],
  ["a strip at the lower edge", {top: 700, bottom: 1100, height: 400}, true],
  ["more than half in view", {top: -150, bottom: 250, height: 400}, false],
  ["taller than the screen and filling it", {top: -200, bottom: 1400, height: 1600}, false],
  ["taller than the screen, its head at the foot of it", {top: 600, bottom: 2200, height: 1600}, true],
])("a figure that is %s is scrolled to, or not: %j %s", (_, box, scrolls) => {
  place('[figure="2.1"]', box);
  click("[data-figure]");
  expect(calls).toHaveLength(scrolls ? 2 : 1);
});

test("it stays a link when the figure is not on the page, or the reader opens it elsewhere", () => {
  expect(click('[data-figure="9.9"]')).toBe(true);
  expect(click("a:not(.set)")).toBe(true);
  for (const extra of [{ctrlKey: true}, {metaKey: true}, {shiftKey: true}, {button: 1}])
    expect(click("[data-figure]", extra)).toBe(true);
  expect(calls).toEqual([]);
});

test("it stays a link while the element is not defined", () => {
  (document.querySelector('[figure="2.1"]') as {set?: unknown}).set = undefined;
  expect(click("[data-figure]")).toBe(true);
});
