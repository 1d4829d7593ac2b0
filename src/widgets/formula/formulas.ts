/** The five formulas of the paper, piece by piece, and how each is read out. */
import type {Formula, Glyph, Piece} from "../../figures/typeset.ts";

export const FORMULAS = ["objective", "lora-objective", "forward", "count", "similarity"] as const;
export type Which = (typeof FORMULAS)[number];

const glyph = (symbol: string, letter: string, rest: Omit<Glyph, "symbol" | "letter"> = {}): Glyph => ({
  symbol,
  letter,
  ...rest,
});

const [x, y, t] = [glyph("context", "x"), glyph("target", "y"), glyph("t", "t")];
const W0 = glyph("W0", "W", {below: ["0"]});
const input = glyph("x", "x");
const [r, B, A] = [glyph("r", "r"), glyph("B", "B"), glyph("A", "A")];
const [i, j] = [glyph("i", "i"), glyph("j", "j")];
const Z = glyph("Z", "Z");
const Theta = glyph("Theta", "Θ", {upright: true});
const Phi = glyph("Phi", "Φ", {upright: true});
const Phi0 = glyph("Phi0", "Φ", {upright: true, below: ["0"]});
const dPhi = glyph("dPhi", "ΔΦ", {upright: true});
const rank = (value: string): Formula => [{slanted: "r"}, "=", value];
const ofA = (value: string): Piece => ({base: [{slanted: "A"}], below: rank(value)});
const A8 = glyph("A8", "A", {below: rank("8")});
const A64 = glyph("A64", "A", {below: rank("64")});
const bars = glyph("norm", "∥", {upright: true});

/** max Σ Σ log of a probability: eq. 1 and eq. 2 differ in what is varied and in whose probability it is. */
const objective = (over: Glyph, probability: Formula): Formula => [
  {keep: [{limits: "max", above: [], below: [over]}]},
  {keep: [{limits: "sum", above: [], below: ["(", x, ",", y, ")∈", Z]}]},
  {keep: [{limits: "sum", above: ["|", y, "|"], below: [t, "=1"]}]},
  {
    keep: [
      "log\u2009(",
      ...probability,
      "(",
      glyph("yt", "y", {below: [{slanted: "t"}]}),
      " | ",
      x,
      ", ",
      glyph("yless", "y", {below: ["<", {slanted: "t"}]}),
      "))",
    ],
  },
];

interface Printed {
  pieces: Formula;
  /** The formula read aloud. */
  spoken: string;
  /** Where the paper has it. */
  place: string;
  /** What the worked example is. */
  example: string;
  /** What the code takes for granted. */
  aside: string;
}

export const formulas: Readonly<Record<Which, Printed>> = {
  objective: {
    pieces: objective(Phi, [{base: [glyph("P", "P")], below: [Phi]}]),
    spoken:
      "Over Phi, maximize the sum over all pairs x, y in Z and all places t of y of log P Phi of y t, given x and y before t",
    place: "Equation 1",
    example: "Four tokens; the model sees the last one only. Φ was trained to sing down, Z asks it to sing up.",
    aside:
      "In PyTorch, model maps a list of tokens to a row of logits for each. Minimizing the cross-entropy is maximizing its negative. Hugging Face's loss is the mean over the tokens of y, as ours is.",
  },
  "lora-objective": {
    pieces: objective(Theta, [{base: [glyph("p", "p")], below: [Phi0, "+", dPhi, "(", Theta, ")"]}]),
    spoken:
      "Over Theta, maximize the sum over all pairs x, y in Z and all places t of y of log p of y t, given x and y before t, with weights Phi zero plus delta Phi of Theta",
    place: "Equation 2",
    example: "The same four tokens. Φ₀ is frozen; one A and one B train.",
    aside:
      "In PyTorch, the weights named lora_ are the A and B that some layer adds. get_peft_model freezes the base and adds them.",
  },
  forward: {
    pieces: [
      {keep: [glyph("h", "h")]},
      {keep: [" = ", W0, input, " + ", glyph("dW", "ΔW"), input]},
      {keep: [" = ", W0, input, " + ", {over: [glyph("alpha", "α")], under: [r]}, B, A, input]},
    ],
    spoken: "h equals W zero x plus delta W x equals W zero x plus alpha over r times B A x",
    place: "Equation 3 and the text below it, which adds α/r",
    example: "A layer of three outputs and two inputs.",
    aside: "Code keeps examples as rows, so W₀x reads x @ W0.T.",
  },
  count: {
    pieces: [
      {keep: [glyph("count", "|Θ|", {upright: true})]},
      {
        keep: [
          " = ",
          glyph("two", "2", {upright: true}),
          " × ",
          glyph("Lhat", "L", {hat: true, below: [{slanted: "LoRA"}]}),
          " × ",
          glyph("dmodel", "d", {below: [{slanted: "model"}]}),
          " × ",
          r,
        ],
      },
    ],
    spoken: "The size of Theta equals two times L hat LoRA times d model times r",
    place: "Section 5.1",
    example: "The same formula, with the numbers of the model.",
    aside:
      "For a matrix that is not square the pair holds r(d + k) numbers, which is what the engine adds up. Names of modules differ between models: these are Llama's.",
  },
  similarity: {
    pieces: [
      {keep: [glyph("phi", "ϕ"), "(", A8, ", ", A64, ", ", i, ", ", j, ")"]},
      {
        keep: [
          " = ",
          {
            over: [
              bars,
              glyph("U8", "U", {below: [ofA("8")], above: [{slanted: "i"}, "⊤"]}),
              glyph("U64", "U", {below: [ofA("64")], above: [{slanted: "j"}]}),
              {...bars, below: [{slanted: "F"}], above: ["2"]},
            ],
            under: ["min(", i, ", ", j, ")"],
          },
        ],
      },
      {keep: [" ∈ [0, 1]"]},
    ],
    spoken:
      "phi of A at r 8, A at r 64, i and j equals the squared Frobenius norm of U i transposed of A 8 times U j of A 64, over the smaller of i and j, and lies between zero and one",
    place: "Equation 4",
    example: "Two small A in place of the paper's: two and three rows, four columns.",
    aside:
      "torch.linalg.svd gives right-singular vectors as the rows of Vh. φ compares them, so the A of both adapters must belong to the same weight.",
  },
};

/** Every symbol of a formula once, in the order in which it is read. */
export function symbolsOf(pieces: Formula): string[] {
  const found = pieces.flatMap((piece): string[] => {
    if (typeof piece === "string" || "slanted" in piece) return [];
    if ("symbol" in piece) return [piece.symbol];
    if ("keep" in piece) return symbolsOf(piece.keep);
    if ("base" in piece) return symbolsOf([...piece.base, ...piece.below]);
    if ("over" in piece) return symbolsOf([...piece.over, ...piece.under]);
    return symbolsOf([...piece.below, ...piece.above]);
  });
  return [...new Set(found)];
}

/** What is lit when nothing was picked: the symbol each formula is most often misread at. */
const first: Readonly<Record<Which, string>> = {
  objective: "Phi",
  "lora-objective": "Theta",
  forward: "B",
  count: "Lhat",
  similarity: "U8",
};

export const allSymbols: ReadonlySet<string> = new Set(FORMULAS.flatMap((which) => symbolsOf(formulas[which].pieces)));

/** The picked symbol where the formula has it. */
export const litOf = (which: Which, symbol: string): string =>
  symbolsOf(formulas[which].pieces).includes(symbol) ? symbol : first[which];
