import {parseHTML} from "linkedom";
import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import {startSets} from "../../../src/book/figure/set.ts";
import * as docking from "../../../src/book/stage/dock.ts";

vi.mock("../../../src/book/stage/dock.ts");
const dock = vi.mocked(docking.dock);

let document: Document;
let window: ReturnType<typeof parseHTML>;
const calls: unknown[] = [];
/** Calls the observer of the link. */
let inView: (entries: {isIntersecting: boolean}[]) => void;
let isWide = true;

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
  isWide = true;
  dock.mockReset().mockReturnValue(false);
  window = parseHTML(`<!doctype html><html><body>
    <section class="stage"><lora-widget name="rank" figure="2.1"></lora-widget>
      <a class="set" href="/widgets/rank/?r=1" data-figure="2.1" data-params='{"r":1,"source":"noise"}'><em>words</em></a>
    </section>
    <lora-widget name="product"></lora-widget>
    <a class="set" href="/widgets/product/" data-widget="product" data-params='{"r":2}'>words</a>
    <a class="set" href="/widgets/rank/" data-figure="9.9" data-params='{"r":2}'>words</a>
    <a href="/elsewhere/">words</a>
  </body></html>`);
  document = window.document as unknown as Document;
  vi.stubGlobal("Element", window.Element);
  vi.stubGlobal("CustomEvent", window.CustomEvent);
  vi.stubGlobal("innerHeight", 800);
  vi.stubGlobal("matchMedia", (query: string) => ({matches: /min-width/.test(query) && isWide}));
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
  for (const link of document.querySelectorAll<HTMLElement>("a.set")) link.focus = () => {};
  place('[figure="2.1"]', {top: 1500, bottom: 1900, height: 400});
  place('[name="product"]', {top: 1500, bottom: 1900, height: 400});
  startSets(document);
});
afterEach(() => void vi.unstubAllGlobals());

/** Clicks, and returns whether the link was followed. */
function click(selector: string, extra: object = {}): boolean {
  const event = Object.assign(new window.Event("click", {bubbles: true, cancelable: true}), {button: 0, ...extra});
  return document.querySelector(selector)!.dispatchEvent(event as unknown as Event);
}
const settled = async () => {
  await vi.dynamicImportSettled();
  await new Promise((resolve) => setTimeout(resolve));
};

test("a click anywhere in the link sets its figure; beside its text it is in view, and nothing moves", async () => {
  expect(click("a em")).toBe(false);
  await settled();
  expect(calls).toEqual([['[figure="2.1"]', {r: 1, source: "noise"}]]);
  expect(dock).not.toHaveBeenCalled();
});

test("on a narrow window the figure docks, and nothing else moves", async () => {
  isWide = false;
  dock.mockReturnValue(true);
  click("a em");
  await settled();
  expect(calls).toHaveLength(1);
  const link = document.querySelector("[data-figure]");
  expect(dock).toHaveBeenCalledExactlyOnceWith(document.querySelector('[figure="2.1"]'), link);
});

test("the press is told to whoever follows the reader, with its figure", async () => {
  const told: unknown[] = [];
  document.addEventListener("phrase", (event) => told.push((event as CustomEvent<{figure: unknown}>).detail.figure));
  click("[data-widget]");
  expect(told).toEqual([document.querySelector('[name="product"]')]);
  // What the press goes on to do needs the window above.
  await settled();
});

describe("where nothing can be pinned, the page goes to the figure", () => {
  test("smoothly; at once under reduced motion", async () => {
    click("[data-widget]");
    await settled();
    vi.stubGlobal("matchMedia", () => ({matches: true}));
    click("[data-widget]");
    await settled();
    const moved = ['[name="product"]', {r: 2}];
    expect(calls).toEqual([moved, {block: "start", behavior: "smooth"}, moved, {block: "start", behavior: "instant"}]);
  });

  test("and a button leads back while the link is out of view, and only then", async () => {
    const link = document.querySelector("[data-widget]") as HTMLElement;
    link.scrollIntoView = (options) => void calls.push(options);
    link.focus = () => void calls.push("focus");
    const back = () => document.querySelector<HTMLElement>(".return");
    click("[data-widget]");
    await settled();
    expect(link.nextSibling).toBe(back());
    inView([{isIntersecting: true}]);
    expect(back()?.textContent).toBe("Back to the text");
    inView([{isIntersecting: false}]);
    inView([{isIntersecting: true}]);
    expect(back()).toBeNull();
    click("[data-widget]");
    click("[data-widget]");
    await settled();
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
  ])("if it is %s: %j %s", async (_, box, scrolls) => {
    place('[name="product"]', box);
    click("[data-widget]");
    await settled();
    expect(calls).toHaveLength(scrolls ? 2 : 1);
  });
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
