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

/** How a symbol is written → its name. */
const SYMBOL_NAMES: Readonly<Record<string, string>> = {
  "W₀": "W0",
  ΔW: "dW",
  A: "A",
  B: "B",
  r: "r",
  α: "alpha",
  x: "x",
  h: "h",
};

/** Single symbols or several side by side, as in "(α/r)BAx"; not the B in "STS-B" or "175 B", nor the x in "x-axis". */
const SYMBOL_GROUP = /(?<![\p{L}\p{N}_.-]|\d[\s\u00a0\u202f])(?:W₀|ΔW|[ABrαxh])+(?![\p{L}\p{N}_]|-\p{L})/gu;
/** One symbol of such a group. */
const SYMBOL = /W₀|ΔW|[ABrαxh]/gu;

/** Words that follow an A at the start of a sentence only if it is the matrix, not the article. */
const AFTER_MATRIX =
  /^ (?:alone|and|are|at|can|contains|does|from|gets|grows|has|in|is|keeps|makes|may|moves|must|of|on|only|or|reads|should|stands|starts|stays|takes|times|to|was|will|would)\b/;

/** Whether an A between these texts is the article. `after` is only a space if a formula follows: "A $\Delta W$ of rank 4". */
const isArticle = (before: string, after: string) =>
  /(?:^|[.!?:;(“"]\)?)\s*$/.test(before) && /^ (?:[\p{L}\d“"]|$)/u.test(after) && !AFTER_MATRIX.test(after);

/** Splits plain text at the symbols of the paper: "of ΔW = BA" → "of ", ΔW, " = ", B, A. An A that is the article stays text. */
export function symbolsIn(text: string): Rich {
  const pieces: (string | PaperSymbol)[] = [];
  let end = 0;
  for (const {0: found, index} of text.matchAll(SYMBOL_GROUP)) {
    if (found === "A" && isArticle(text.slice(0, index), text.slice(index + 1))) continue;
    if (index > end) pieces.push(text.slice(end, index));
    for (const [one] of found.matchAll(SYMBOL)) pieces.push({symbol: SYMBOL_NAMES[one]!, text: one});
    end = index + found.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/** Text with symbols as plain text. */
export const plainText = (rich: Rich): string =>
  rich.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
