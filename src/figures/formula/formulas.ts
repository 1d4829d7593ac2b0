/** The five formulas of the paper in a short notation. */
import type {Formula, Piece} from "../../figure/plot/text/typeset.ts";
import type {Which} from "./symbolMeanings.ts";

/**
 * Reads the short notation: words separated by spaces, each a symbol if `symbol` knows it; `{a/b}` is a fraction, `max{a}` and
 * `Σ{a/b}` are operators with a below and b above, `P _{a}` is a symbol with subscript a; a line may break at a semicolon.
 */
export function readFormula(text: string, symbol: (word: string) => Piece | undefined): Formula {
  const words = text.match(/[{}/;]|[^\s{}/;]+/g) ?? [];
  let at = 0;
  const run = (): Piece[] => {
    const pieces: Piece[] = [];
    for (; at < words.length && !/[}/;]/.test(words[at]); at++) {
      const word = words[at];
      if (word === "{" || /^(max|Σ|_)$/.test(word)) {
        at += word === "{" ? 1 : 2;
        const first = run();
        const isTwo = words[at] === "/";
        if (isTwo) at++;
        const second = isTwo ? run() : [];
        if (word === "{") pieces.push({over: first, under: second});
        else if (word === "_") pieces.push({base: [pieces.pop()!], below: first});
        else pieces.push({limits: word, below: first, above: second});
      } else pieces.push(symbol(word) ?? (/^[=+×∈|→]$/.test(word) ? ` ${word} ` : word === "," ? ", " : word));
    }
    return pieces;
  };
  const parts: Piece[] = [];
  for (; at < words.length; at++) parts.push({keep: run()});
  return parts;
}

const objective = (over: string, probability: string): string =>
  `max{${over}}; Σ{( context , target )∈ Z}; Σ{t =1/∣ target ∣}; log( ${probability} ( yt | context , yless ))`;

interface Printed {
  formula: string;
  /** Its place in the paper. */
  place: string;
  /** What the worked example is; an objective has none. */
  example?: string;
}

export const formulas: Readonly<Record<Which, Printed>> = {
  objective: {
    formula: objective("Phi", "P _{Phi}"),
    place: "Equation 1: fine-tuning",
  },
  "lora-objective": {
    formula: objective("Theta", "p _{Phi0 + dPhi ( Theta )}"),
    place: "Equation 2: LoRA",
  },
  forward: {
    formula: "h; = W0 x + dW x; = W0 x + {alpha/r} B A x",
    place: "Equation 3, with α/r from the text below it",
    example: "Three outputs, two inputs. In code each x is a row.",
  },
  count: {
    formula: "count; = two × Lhat × dmodel × r",
    place: "Section 5.1: what is trained",
    example: "Adapted matrices are square here; one of d × k takes r(d + k).",
  },
  similarity: {
    formula: "phi ( A8 , A64 , i , j ); = {∥ U8 U64 norm/min( i , j )}; ∈ [0,1]",
    place: "Equation 4: how alike two A are",
    example: "Two small A of one weight: 2 rows stand for 8, 3 for 64.",
  },
};

/** What each objective varies. */
export const objectiveSaid: Readonly<Record<"objective" | "lora-objective", string>> = {
  objective: "Fine-tuning varies Φ, all weights, until the sum of log P is as large as it can be.",
  "lora-objective": "LoRA varies Θ, its A and B, in the same sum; Φ₀ has become a constant.",
};
