import {parseHTML} from "linkedom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {loraWidget} from "../../src/figure/element.ts";
import type {Supply} from "../../src/figure/loraWidget.ts";

/** Tells the element whether it is near the viewport. */
let spot: (near: boolean) => void;
let document: Document;
beforeEach(() => {
  const window = parseHTML("<!doctype html><html><body></body></html>");
  document = window.document;
  class IntersectionObserver {
    constructor(hear: (entries: object[]) => void) {
      spot = (isIntersecting) => hear([{isIntersecting}]);
    }
    observe() {}
    disconnect() {}
  }
  const {HTMLElement, customElements, CustomEvent} = window;
  for (const [name, it] of Object.entries({document, HTMLElement, customElements, CustomEvent, IntersectionObserver}))
    vi.stubGlobal(name, it);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const moment = () => new Promise((resolve) => setTimeout(resolve));

/** An element whose widget starts once `start` is called, or fails to; `did` is what becomes of it. */
function made() {
  const did: string[] = [];
  const note = (what: string) => async () => void did.push(what);
  const names = ["announceReady", "sleep", "wake", "end", "reconnect", "play"];
  const set = async (state: object) => void did.push(`set ${JSON.stringify(state)}`);
  const lives = {...Object.fromEntries(names.map((name) => [name, note(name)])), set, params: {r: 4}};
  let settle: [start: (shell: unknown) => void, fail: (error: Error) => void];
  let asked = 0;
  const liveFigure = () => {
    asked++;
    return new Promise((...both) => (settle = both as unknown as typeof settle));
  };
  const figureName = (name: string) => (name === "rnak" ? undefined : name);
  const load = () => Promise.resolve({});
  customElements.define("lora-widget", loraWidget({figureName, load, liveFigure} as unknown as Supply));
  const element = document.createElement("lora-widget");
  element.name = "rank";
  const startFigure = async (_: Element, place: Element, name: string, __: object, {notes}: Supply) => {
    did.push(`start ${name}`, ...(notes ?? []));
    place.append(name);
    return lives;
  };
  return {
    element,
    did,
    asked: () => asked,
    start: () => settle[0]({startFigure}),
    fail: () => settle[1](new Error("Offline")),
  };
}

/** The same in its page. */
function placed() {
  const it = made();
  document.body.append(it.element);
  return it;
}

test("taken away while it starts, it is ended", async () => {
  const {element, did, start} = placed();
  spot(true);
  element.remove();
  await moment();
  start();
  await moment();
  expect(did).toContain("end");
});

test("started by a program far from the viewport, it sleeps before it plays", async () => {
  const {element, did, start} = placed();
  spot(false);
  const played = element.play();
  start();
  await played;
  expect(did).toEqual(["start rank", "sleep", "announceReady", "play"]);
});

test("what did not load is said with a way to reload, told to whoever awaits it, and not asked for again", async () => {
  const {element, asked, fail} = placed();
  const heard: unknown[] = [];
  element.addEventListener("lora-error", ({detail}) => heard.push(detail));
  const reload = vi.fn();
  vi.stubGlobal("location", {reload});
  const played = element.play();
  await moment();
  fail();
  const text = "This figure could not start: Offline.";
  await expect(played).rejects.toThrow(text);
  await expect(element.play()).rejects.toThrow(text);
  expect([asked(), heard, element.dataset.start]).toEqual([1, [{code: "start", text}], "lost"]);
  expect(element.querySelector("[role=alert]")!.textContent).toBe(`${text} Reload`);
  element.querySelector("button")!.click();
  expect(reload).toHaveBeenCalledOnce();
});

test("a state that a page set before the script came is taken at the start, and so are later ones", async () => {
  const {element, did, start} = made();
  // As a browser finds an element whose class comes later: these hide the accessors.
  for (const [name, value] of Object.entries({state: {r: 16}, value: {seed: 3}, summary: "mine"}))
    Object.defineProperty(element, name, {value, writable: true, enumerable: true, configurable: true});
  document.body.append(element);
  expect(element.summary, "no property hides an accessor").toBeUndefined();
  element.state = {r: 17};
  spot(false);
  await moment();
  expect(did, "a state alone starts nothing").toEqual([]);
  spot(true);
  await moment();
  start();
  await element.ready;
  element.state = {r: 18};
  await moment();
  expect(did.filter((what) => what.startsWith("set"))).toEqual(['set {"r":17,"seed":3}', 'set {"r":18}']);
});

test.each(["attribute", "property"])("a state that came as text is refused in words: the %s", async (kind) => {
  const {element, did, start} = placed();
  if (kind === "attribute") element.setAttribute("state", "[object Object]");
  else element.state = "[object Object]" as never;
  spot(true);
  await moment();
  start();
  await element.ready;
  expect(did[1]).toBe(
    'The state “[object Object]” was left out because it came as text. Set the property state to an object, or write each value as an attribute, such as r="8".',
  );
  expect(did.filter((what) => what.startsWith("set"))).toEqual([]);
});

test("another name ends the widget and starts the other one in its place", async () => {
  const {element, did, start} = placed();
  spot(true);
  await moment();
  start();
  const first = await element.ready;
  element.name = "savings";
  const ready = element.ready;
  await moment();
  start();
  expect(await ready).toBe(first);
  expect(did.filter((what) => /start|end/.test(what))).toEqual(["start rank", "end", "start savings"]);
  expect(element.textContent).toBe("savings");
});

test("of two names in a row only the last one starts, for whoever waits for the first too", async () => {
  const {element, did, start} = placed();
  const played = element.play();
  const {ready} = element;
  await moment();
  element.name = "savings";
  await moment();
  start();
  await Promise.all([played, ready]);
  expect(did.filter((what) => what.startsWith("start"))).toEqual(["start savings"]);
  expect(did.at(-1)).toBe("play");
});

test("a later call waits for a file that is being made", async () => {
  const {element, did, start} = placed();
  spot(true);
  await moment();
  start();
  const live = await element.ready;
  let make = (_: string) => {};
  Object.assign(live, {take: () => new Promise<string>((resolve) => (make = resolve))});
  const file = element.exportCSV();
  const later = element.set({r: 2});
  await moment();
  expect(did.filter((what) => what.startsWith("set"))).toEqual([]);
  make("a,b");
  expect(await file).toBe("a,b");
  await later;
  expect(did.at(-1)).toBe('set {"r":2}');
});

test("ready rejects with the reason, and is a new promise for a new name", async () => {
  const {element, start, fail} = placed();
  const {ready} = element;
  spot(true);
  await moment();
  fail();
  await expect(ready).rejects.toThrow("Offline");
  element.name = "rnak";
  await expect(element.ready).rejects.toThrow("There is no widget named “rnak”.");
  element.name = "savings";
  expect(element.querySelectorAll("[role=alert]")).toHaveLength(0);
  await moment();
  start();
  await expect(element.ready).resolves.toHaveProperty("params");
});

test("late, it says so after 5 seconds, and what comes after all starts it", async () => {
  vi.useFakeTimers();
  const {element, asked, did, start} = placed();
  const said = () => element.querySelector("[role=alert]")?.textContent;
  spot(true);
  await vi.advanceTimersByTimeAsync(4900);
  expect(said()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(200);
  expect([said(), element.dataset.start]).toEqual([
    "This figure has not loaded yet, so it does not answer. Reload",
    "lost",
  ]);
  const played = element.play();
  start();
  await vi.advanceTimersByTimeAsync(0);
  await played;
  expect([asked(), said(), element.dataset.start, did.includes("play")]).toEqual([1, undefined, undefined, true]);
});
