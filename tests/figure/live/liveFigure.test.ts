/** A figure that answers, in a document without a browser: what a hand on a slider makes of it. */
import {parseHTML} from "linkedom";
import {beforeEach, expect, test, vi} from "vitest";
import {startFigure} from "../../../src/figure/live/liveFigure.ts";
import type {PageContext} from "../../../src/figure/pageContext.ts";
import {loadWidget} from "../../../src/figures/registry.ts";

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
    const figure = await startFigure(host, host, "rank", await loadWidget("rank"), {
      home: "/",
      isAddressed: false,
    } as PageContext);
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

test("once a change has settled, a card has everything that paper shows", async () => {
  const host = document.body.appendChild(document.createElement("div"));
  host.dataset.size = "card";
  const figure = await startFigure(host, host, "growth", await loadWidget("growth"), {
    home: "/",
    isAddressed: false,
  } as PageContext);
  figure.set({r: "7"});
  expect(host.querySelector(".says")!.textContent).toContain("7");
  expect(figure.summary).toBe(host.querySelector(".sentence")!.textContent);
  expect(host.querySelectorAll(".readouts > div").length).toBeGreaterThan(1);
  await vi.waitFor(() => expect(host.querySelector(".stated")!.textContent).toContain("r=7"), {timeout: 20_000});
});
