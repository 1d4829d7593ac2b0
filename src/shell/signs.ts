import type {Rich, Sign} from "../figures/text/symbol.ts";

/** The paper's symbols for labels. Plain data, because models use them in their controls, in the worker too. */
export const sign = {
  W0: {symbol: "W0", text: "W₀"},
  A: {symbol: "A", text: "A"},
  B: {symbol: "B", text: "B"},
  dW: {symbol: "dW", text: "ΔW"},
  BA: {symbol: "dW", text: "BA"},
  alpha: {symbol: "alpha", text: "α"},
  r: {symbol: "r", text: "r"},
  d: {symbol: "d", text: "d"},
  k: {symbol: "k", text: "k"},
} satisfies Record<string, Sign>;

export const plain = (rich: Rich): string =>
  rich.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
