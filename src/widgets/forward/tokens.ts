import type {Token} from "../../figures/entryline.ts";
import type {Part} from "./parts.ts";

type Word = readonly [written: string, symbol: string, part?: Part];

/** Names in a formula, longest first, with the symbol whose color they have and the part they light. */
const formulaWords: readonly Word[] = [
  ["((α/r)BAx)", "h", "up"],
  ["((α/r)Bᵀg)", "B", "du"],
  ["(W₀x)", "h", "base"],
  ["(Wx)", "h", "out"],
  ["(Ax)", "x", "down"],
  ["∂L/∂A", "A", "da"],
  ["∂L/∂B", "B", "db"],
  ["∂L/∂x", "x", "dx"],
  ["∂L/∂h", "h", "g"],
  ["ΔW", "dW"],
  ["W₀", "W0", "W0"],
  ["W", "W0", "w"],
  ["A", "A", "A"],
  ["B", "B", "B"],
  ["x", "x", "x"],
  ["h", "h", "h"],
  ["y", "h"],
  ["g", "h", "g"],
  ["α", "alpha"],
  ["r", "r"],
];

/** The same in code. */
const codeWords: readonly Word[] = [
  ["alpha", "alpha"],
  ["base", "h", "base"],
  ["out", "h", "out"],
  ["dA", "A", "da"],
  ["dB", "B", "db"],
  ["dW", "dW"],
  ["dx", "x", "dx"],
  ["du", "B", "du"],
  ["up", "h", "up"],
  ["W0", "W0", "W0"],
  ["W", "W0", "w"],
  ["A", "A", "A"],
  ["B", "B", "B"],
  ["x", "x", "x"],
  ["u", "x", "down"],
  ["h", "h", "h"],
  ["y", "h"],
  ["g", "h", "g"],
  ["r", "r"],
];

/** Text as tokens: each known name with its indices is one, what is between them stays text. */
function tokensOf(words: readonly Word[]): (text: string) => Token[] {
  const escaped = words.map(([written]) => written.replace(/[()/]/g, "\\$&"));
  const pattern = new RegExp(`(?<![A-Za-z])(?:${escaped.join("|")})(?![A-Za-z])(?:\\[[^\\]]*\\])?`, "g");
  return (text) => {
    const tokens: Token[] = [];
    let end = 0;
    for (const found of text.matchAll(pattern)) {
      const [, symbol, part] = words.find(([written]) => found[0].startsWith(written))!;
      if (found.index > end) tokens.push(text.slice(end, found.index));
      tokens.push({symbol, text: found[0], part});
      end = found.index + found[0].length;
    }
    if (end < text.length) tokens.push(text.slice(end));
    return tokens;
  };
}

export const formula = tokensOf(formulaWords);
export const code = tokensOf(codeWords);
