import {parseHTML} from "linkedom";
import {describe, expect, test} from "vitest";
import {rulesFor, stillOf} from "../../src/markup/still.ts";

describe("the rules in a still", () => {
  const keep = (css: string) => rulesFor(css, new Set(["widget", "bin"]));
  test.each([
    [".bin{fill:red}", ".bin{fill:red}"],
    [".widget .bin,.other{top:0}", ".widget .bin{top:0}"],
    [".other .bin{top:0}", ""],
    [":root,:host{--a:1}", ":root,:host{--a:1}"],
    ["/* .bin */ [data-symbol=A]{color:blue}", "[data-symbol=A]{color:blue}"],
    [".bin:hover,.bin::before{top:0}", ""],
    ["@media print{.bin{top:0}}.bin{left:0}", ".bin{left:0}"],
    [".bin:is(.x,.y){top:0}", ".bin:is(.x,.y){top:0}"],
  ])("%s", (css, kept) => expect(keep(css)).toBe(kept));
});

test("a still is well-formed XML of the picture alone, with its style", () => {
  const figure = `<figure class="widget"><p class="sentence">no</p><div class="picture"><p>1 &lt; 2 &amp; "3"<br></p>
    <svg viewBox="0 0 4 4" aria-label="x" role="img"><rect class="bin" width="2" tabindex="0"></rect></svg></div></figure>`;
  const svg = stillOf(figure, ".bin{fill:red}.sentence{top:0}");
  const {document} = parseHTML("<html><body></body></html>");
  const read = new (document.defaultView as unknown as typeof globalThis).DOMParser().parseFromString(
    svg,
    "image/svg+xml",
  );
  expect(read.querySelector("style")!.textContent).toMatch(/^\.bin\{fill:red\}\.widget\{/);
  expect(read.querySelectorAll("rect.bin")).toHaveLength(1);
  expect(svg).toContain("<br></br>");
  expect(svg).toContain("1 &lt; 2 &amp;");
  expect(svg).not.toMatch(/sentence|tabindex|aria-|role=/);
  expect(svg.match(/xmlns="http:\/\/www.w3.org\/2000\/svg"/g)).toHaveLength(2);
});
