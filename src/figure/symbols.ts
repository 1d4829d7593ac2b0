import type {PaperSymbol, Rich} from "./plot/text/symbol.ts";

/** The paper's symbols for labels. Plain data, because models use them in their controls, in the worker too. */
export const symbol = {
  W0: {symbol: "W0", text: "W₀"},
  A: {symbol: "A", text: "A"},
  B: {symbol: "B", text: "B"},
  dW: {symbol: "dW", text: "ΔW"},
  BA: {symbol: "dW", text: "BA"},
  alpha: {symbol: "alpha", text: "α"},
  r: {symbol: "r", text: "r"},
  d: {symbol: "d", text: "d"},
  k: {symbol: "k", text: "k"},
} satisfies Record<string, PaperSymbol>;

const written: Readonly<Record<string, string>> = {
  ΔW: "dW",
  "W₀": "W0",
  BA: "dW",
  A: "A",
  B: "B",
  α: "alpha",
  r: "r",
  x: "x",
};

/** A question or a heading with its symbols told apart: "Is ΔW just more of W₀?" An "A" that begins a sentence is a word. */
export const symbolsIn = (text: string): Rich =>
  text
    .split(/(ΔW|W₀|\bBA\b|(?<!^)\bA\b|\bB\b|α|\br\b|\bx\b)/)
    .filter(Boolean)
    .map((piece) => (written[piece] ? {symbol: written[piece], text: piece} : piece));

export const plain = (rich: Rich): string =>
  rich.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
