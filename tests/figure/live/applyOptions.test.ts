import {parseHTML} from "linkedom";
import {expect, test} from "vitest";
import {defaults} from "../../../src/figure/controls.ts";
import {applyOptions} from "../../../src/figure/live/applyOptions.ts";
import {skeleton} from "../../../src/figure/live/skeleton.ts";
import product from "../../../src/figures/product/widget.ts";

/** A figure of `product` on a page of ours, in its element, or on a foreign one, in the element's shadow root. */
function figureIn(place: "page" | "shadow root") {
  const {document} = parseHTML("<!doctype html><html><body><lora-widget></lora-widget></body></html>");
  const element = document.querySelector<HTMLElement>("lora-widget")!;
  const root = place === "page" ? element : element.attachShadow({mode: "open"});
  const box = root.appendChild(document.createElement("div"));
  return {element, parts: skeleton(box, product, defaults(product.controls))};
}

test.each(["page", "shadow root"] as const)(
  "layout=slide makes a slide of a figure and its element (%s), and layout=auto takes it back",
  (place) => {
    const {element, parts} = figureIn(place);
    const sizes = () => [element, parts.figure].map((one) => one.getAttribute("data-size"));
    const before = applyOptions({layout: "slide"}, {}, product, parts);
    expect(sizes()).toEqual(["slide", "slide"]);
    expect(before.notes).toEqual([]);
    // Another option leaves it as it is.
    const then = applyOptions({theme: "dark"}, before, product, parts);
    expect(sizes()).toEqual(["slide", "slide"]);
    applyOptions({layout: null}, then, product, parts);
    expect(sizes()).toEqual([null, null]);
  },
);

test("an unknown layout is refused in words, and no layout leaves the size that a page of ours has set", () => {
  const {element, parts} = figureIn("page");
  element.setAttribute("data-size", "card");
  const {notes} = applyOptions({layout: "poster"}, {}, product, parts);
  expect(notes.join(" ")).toContain("poster");
  expect(element.getAttribute("data-size")).toBe("card");
});

test("the card around a figure and its line can be left out, and come back", () => {
  const {parts} = figureIn("page");
  const marks = () => ["data-background", "data-border"].map((name) => parts.figure.getAttribute(name));
  const then = applyOptions({background: "transparent", border: false}, {}, product, parts);
  expect([marks(), then.notes]).toEqual([["transparent", "0"], []]);
  applyOptions({background: null, border: true}, then, product, parts);
  expect(marks()).toEqual([null, null]);
});

test("hide leaves out the sentence and what only Explore shows, and gives them back", () => {
  const {element, parts} = figureIn("page");
  const marks = () => [parts.figure.getAttribute("data-hides"), element.getAttribute("data-size")];
  const then = applyOptions({hide: "says,explore"}, {}, product, parts);
  expect([marks(), then.notes]).toEqual([["says explore", "card"], []]);
  applyOptions({hide: null}, then, product, parts);
  expect(marks()).toEqual([null, null]);
  expect(applyOptions({hide: "words"}, {}, product, parts).notes.join()).toContain("words");
});
