import {describe, expect, test} from "vitest";
import {symbolsIn} from "../../src/figure/symbols.ts";
import {symbolHtml} from "../../src/site/marks/inline.ts";

/** The text with its symbols in brackets. */
const marked = (text: string) =>
  symbolsIn(text)
    .map((one) => (typeof one === "string" ? one : `[${one.text}]`))
    .join("");

describe("symbols in plain text", () => {
  test.each([
    ["What ΔW learns", "What [ΔW] learns"],
    ["h = W₀x + (α/r)BAx", "[h] = [W₀][x] + ([α]/[r])[B][A][x]"],
    ["A", "[A]"],
    ["the gradients of A and B.", "the gradients of [A] and [B]."],
    ["A is r × k, and B is d × r.", "[A] is [r] × k, and [B] is d × [r]."],
    ["That counts A and B. A stays as it was.", "That counts [A] and [B]. [A] stays as it was."],
    ["x’s and B’s", "[x]’s and [B]’s"],
  ])("%s", (text, due) => {
    expect(marked(text)).toBe(due);
  });

  test.each([
    "A matrix with a million entries. A row repeats.",
    "it has rank 2.) A single diagonal line",
    "“A merged copy”: A 2 × 3 matrix",
    "Table 7 is about one matrix. A ",
    "STS-B, GPT-3 175 B, 4 h, the x-axis, BLEU, kB, B₁A₂, LoRA",
  ])("none in: %s", (text) => {
    expect(marked(text)).toBe(text);
  });

  test("have their name and color, and other signs are escaped", () => {
    expect(symbolHtml("a < ΔW")).toBe('a &lt; <i data-symbol="dW">ΔW</i>');
  });
});
