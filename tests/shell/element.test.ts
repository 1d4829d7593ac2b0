import {parseHTML} from "linkedom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {loraWidget, type Supply} from "../../src/shell/element.ts";

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
  vi.unstubAllGlobals();
});

const moment = () => new Promise((resolve) => setTimeout(resolve));

/** An element whose widget starts once `start` is called, or fails to; `did` is what becomes of it. */
function placed() {
  const did: string[] = [];
  const note = (what: string) => async () => void did.push(what);
  const names = ["began", "sleep", "wake", "end", "back", "play"];
  const lives = {...Object.fromEntries(names.map((name) => [name, note(name)])), params: {r: 4}};
  let settle: [start: (shell: unknown) => void, fail: (error: Error) => void];
  const shell = () => new Promise((...both) => (settle = both as unknown as typeof settle));
  const supply = {load: async () => ({}), shell} as unknown as Supply;
  customElements.define("lora-widget", loraWidget(supply));
  const element = document.createElement("lora-widget");
  element.name = "rank";
  document.body.append(element);
  return {element, did, start: () => settle[0]({live: async () => lives}), fail: () => settle[1](new Error("Offline"))};
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
  expect(did).toEqual(["sleep", "began", "play"]);
});

test("tried again it says once what went wrong, and nothing of it once it runs", async () => {
  const {element, start, fail} = placed();
  for (let i = 0; i < 2; i++) {
    const played = element.play();
    await moment();
    fail();
    await expect(played).rejects.toThrow("Offline");
  }
  expect(element.querySelectorAll("[role=alert]")).toHaveLength(1);
  const played = element.play();
  await moment();
  start();
  await played;
  expect(element.querySelectorAll("[role=alert]")).toHaveLength(0);
});
