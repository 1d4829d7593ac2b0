/** A figure that answers, in a document without a browser: what a hand on a slider makes of it. */
import {parseHTML} from "linkedom";
import {beforeEach, expect, test, vi} from "vitest";
import {isComplete} from "../../../src/figure/complete.ts";
import {live} from "../../../src/figure/live/liveFigure.ts";
import type {PageContext} from "../../../src/figure/place.ts";
import type {AnyWidget, Complete} from "../../../src/figure/widget.ts";
import {load} from "../../../src/figures/registry.ts";

let document: Document;
beforeEach(() => {
  const {
    document: made,
    HTMLElement,
    HTMLInputElement,
    CustomEvent,
    Event,
  } = parseHTML("<!doctype html><html><body></body></html>");
  document = made;
  // As much of the platform's forms as sliders need. linkedom has no `elements` and no FormData.
  const slidersOf = (form: Element) => [...form.querySelectorAll<HTMLInputElement>("input:not([type=radio])")];
  Object.defineProperty(HTMLElement.prototype, "elements", {
    configurable: true,
    get(this: Element) {
      return {namedItem: (name: string) => slidersOf(this).find((slider) => slider.name === name) ?? null};
    },
  });
  class FormData {
    readonly #form: Element;
    constructor(form: Element) {
      this.#form = form;
    }
    [Symbol.iterator]() {
      return slidersOf(this.#form)
        .map(({name, value}) => [name, value])
        .values();
    }
  }
  const matchMedia = () => ({matches: false});
  const requestAnimationFrame = () => 0;
  class ResizeObserver {
    observe() {}
  }
  vi.useFakeTimers({toFake: ["setTimeout"], shouldAdvanceTime: true});
  for (const [name, it] of Object.entries({
    document,
    HTMLInputElement,
    RadioNodeList: Set,
    FormData,
    matchMedia,
    requestAnimationFrame,
    ResizeObserver,
    CustomEvent,
    Event,
  }))
    vi.stubGlobal(name, it);
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

test.each(["input", "change"])(
  "a slider's %s alone moves the state, the picture and the sentence at once",
  async (type) => {
    const host = document.body.appendChild(document.createElement("div"));
    const figure = await live(host, host, "rank", await load("rank"), {home: "/", addressed: false} as PageContext);
    const seen = () => [".sentence", ".picture"].map((part) => host.querySelector(part)!.innerHTML);
    const before = seen();

    const slider = host.querySelector<HTMLInputElement>("input[name=r]")!;
    slider.value = "3";
    slider.dispatchEvent(new Event(type, {bubbles: true}));
    expect(figure.params.r).toBe(3);
    seen().forEach((part, i) => {
      expect(part).not.toBe(before[i]);
    });
  },
);

/** A widget whose rest, what only its full size shows, does not come before `send` is called. */
async function withRestHeld() {
  const {summary, readouts, table, ...face} = (await load("growth")) as Complete;
  const rest = {summary, readouts, table};
  let send = () => {};
  const sent = new Promise<void>((resolve) => {
    send = resolve;
  });
  const w = {
    ...face,
    full: () => sent.then(() => ({default: rest})),
  } as unknown as AnyWidget;
  return {w, send};
}

test("a card has only its short sentence at first, and everything that paper shows once a change has settled", async () => {
  const host = document.body.appendChild(document.createElement("div"));
  host.dataset.size = "card";
  const {w, send} = await withRestHeld();
  const figure = await live(host, host, "growth", w, {
    home: "/",
    addressed: false,
  } as PageContext);
  const says = () => host.querySelector(".says")!.textContent!;
  expect(figure.summary).toBe(says());
  expect([isComplete(w), host.querySelector(".sentence")!.textContent]).toEqual([false, ""]);

  await figure.set({r: "7"});
  expect(figure.summary).toBe(says());
  expect(says()).toContain("7");
  send();
  await vi.waitFor(() => expect(host.querySelector(".sentence")!.textContent).toContain("7"), {timeout: 20_000});
  expect(figure.summary).toBe(host.querySelector(".sentence")!.textContent);
  expect(host.querySelectorAll(".readouts > div").length).toBeGreaterThan(1);
  expect(host.querySelector(".stated")!.textContent).toContain("r=7");
});
