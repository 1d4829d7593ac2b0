import {parseHTML} from "linkedom";
import {expect, test} from "vitest";
import {label} from "../../../../src/figure/plot/text/label.ts";
import {put} from "../../../../src/figure/plot/text/put.ts";

const {document} = parseHTML("<!doctype html><html><body><p></p><svg></svg></body></html>");
const written = (text: string, tag = "p") => {
  const element = document.createElement(tag);
  put(element, text);
  return element;
};

test.each([
  ["6.0 × 10⁻⁸", '6.0 × 10<sup class="exponent">−8</sup>'],
  ["10¹⁶ or 10³, one size", '10<sup class="exponent">16</sup> or 10<sup class="exponent">3</sup>, one size'],
  ["(R⁻¹A)", '(R<sup class="exponent">−1</sup>A)'],
  // Our fonts have these three themselves.
  ["½‖h − y‖²", "½‖h − y‖²"],
  ["5 < 10", "5 &lt; 10"],
])("%s is written with every exponent raised alike", (text, due) => {
  expect(written(text).innerHTML).toBe(due);
});

test("what cannot hold an element keeps its text", () => {
  for (const tag of ["title", "option"]) expect(written("10⁻⁸", tag).innerHTML).toBe("10⁻⁸");
});

test("in a drawing an exponent is shifted up, and what follows comes down again", () => {
  const svg = document.querySelector("svg")!;
  label(svg, "tick", "10⁻¹² of it", {x: 0, y: 0});
  const text = svg.querySelector("text")!;
  expect(text.innerHTML).toBe(
    '<tspan>10</tspan><tspan class="exponent" dy="-4">−12</tspan><tspan dy="4"> of it</tspan>',
  );
  // The same text again is not written, another one is.
  const [first] = text.childNodes;
  label(svg, "tick", "10⁻¹² of it", {x: 0, y: 0});
  expect(text.childNodes[0]).toBe(first);
  label(svg, "tick", "1", {x: 0, y: 0});
  expect(text.innerHTML).toBe("1");
});

test("a text that changes keeps its node; one with exponents, or none, is written anew", () => {
  const element = written("r = 4");
  const node = element.firstChild;
  put(element, "r = 8");
  expect(element.firstChild).toBe(node);
  expect(element.innerHTML).toBe("r = 8");
  put(element, "10⁻⁸");
  expect(element.innerHTML).toBe('10<sup class="exponent">−8</sup>');
  put(element, "a tenth");
  expect(element.innerHTML).toBe("a tenth");
  put(element, "");
  expect(element.childNodes).toHaveLength(0);
});
