/** What each symbol of the formulas stands for, and what it is in the worked example. */
import type {Matrix} from "../../engine/matrix.ts";
import {fixed, significant, whole} from "../../figures/format.ts";
import type {Which} from "./formulas.ts";
import type {Compared, Counted, FormulaParams, FormulaResult, Passed, Tuned} from "./model.ts";
import {places, termOf, Z} from "./toys.ts";

export interface Entry {
  /** The symbol in plain text. */
  text: string;
  name: string;
  /** What it does, how it starts, or where it is misread. */
  note: string;
  shape: string;
}

type Here = Readonly<Record<string, string>>;

const entry = (text: string, name: string, shape: string, note: string): Entry => ({text, name, shape, note});

const pairs: Readonly<Record<string, Entry>> = {
  Z: entry("Z", "the task's examples", "N pairs", "Each pairs a context with its target."),
  context: entry("x", "context", "a list of tokens", "Given, and never predicted."),
  target: entry("y", "target", "|y| tokens", "What the model should produce."),
  t: entry("t", "place in the target", "a whole number", "Counted from one to |y|."),
  yt: entry("yₜ", "the token at place t", "one token", "The one that is predicted."),
  yless: entry(
    "y<t",
    "the target before place t",
    "a list of tokens",
    "Given too: the true tokens, not the model's guesses.",
  ),
};

export const entries: Readonly<Record<Which, Readonly<Record<string, Entry>>>> = {
  objective: {
    Phi: entry(
      "Φ",
      "all weights of the model",
      "|Φ₀| numbers",
      "Starts at the pre-trained Φ₀. Every task ends with a whole Φ of its own to store: that is the problem.",
    ),
    P: entry("P", "probability under Φ", "a number between zero and one", "Softmax over the vocabulary."),
    ...pairs,
  },
  "lora-objective": {
    Theta: entry(
      "Θ",
      "all that trains",
      "|Θ| numbers",
      "{A₁, B₁, A₂, B₂, …}: a pair for each adapted matrix. Each A starts random, each B at zero.",
    ),
    p: entry("p", "probability under Φ₀ + ΔΦ", "a number between zero and one", "The same model, the same softmax."),
    Phi0: entry("Φ₀", "pre-trained weights", "|Φ₀| numbers", "Frozen, and shared by every task."),
    dPhi: entry(
      "ΔΦ",
      "the update that Θ spells out",
      "as Φ₀",
      "(α/r)BA for an adapted matrix, zero for any other. It starts at zero.",
    ),
    ...pairs,
  },
  forward: {
    h: entry("h", "output", "d", "The sum of a frozen path and a trained one."),
    W0: entry("W₀", "frozen weights", "d × k", "Pre-trained; gets no gradient."),
    x: entry("x", "input", "k", "The same x for both paths."),
    dW: entry("ΔW", "update", "d × k", "(α/r)BA, of rank r at most. Zero before the first step."),
    alpha: entry(
      "α",
      "scale",
      "a number",
      "Constant while r changes. The printed equation leaves α/r out; the paragraph below it multiplies ΔWx by it.",
    ),
    r: entry("r", "rank", "a whole number", "Doubled while α stays, it halves α/r."),
    B: entry("B", "up-projection", "d × r", "Trained. Starts at zero, so ΔW does."),
    A: entry("A", "down-projection", "r × k", "Trained. Starts random Gaussian. It meets x first: BA, never AB."),
  },
  count: {
    count: entry("|Θ|", "trained parameters", "a whole number", "Those of every A and B together."),
    two: entry(
      "2",
      "one A and one B",
      "a number",
      "Of equal size, because the formula takes adapted matrices as square.",
    ),
    Lhat: entry(
      "L̂",
      "adapted matrices",
      "a whole number",
      "Matrices, not layers. With two in each layer, counting layers finds half of what trains.",
    ),
    dmodel: entry("d model", "width of the model", "a whole number", "Rows and columns of each adapted matrix."),
    r: entry("r", "rank", "a whole number", "The count grows in step with it."),
  },
  similarity: {
    phi: entry(
      "φ",
      "subspace similarity",
      "a number between zero and one",
      "One: the smaller space lies in the larger. Zero: no direction in common.",
    ),
    A8: entry("A at r=8", "A trained at the lower rank", "r × k", "Two rows here, where the paper has eight."),
    A64: entry(
      "A at r=64",
      "A trained at the higher rank",
      "r × k",
      "From the same pre-trained model. Three rows here.",
    ),
    i: entry("i", "directions taken of the first", "a whole number", "The strongest, by singular value."),
    j: entry("j", "directions taken of the second", "a whole number", "The strongest, by singular value."),
    norm: entry(
      "‖·‖²",
      "squared Frobenius norm",
      "a number",
      "The sum of all squares. Each is a squared cosine, and they add up to min(i, j) at most: so φ stays below one.",
    ),
    U8: entry(
      "U at r=8",
      "first right-singular vectors",
      "k × i",
      "Right, not left: they live in the input space of width k that both share. Transposed here.",
    ),
    U64: entry("U at r=64", "first right-singular vectors", "k × j", "Orthonormal columns, as those of the first."),
  },
};

const shown = (x: number): string => significant(x, 6);

/** "(1, 2; 0, −1)": rows apart by semicolons. */
export const entriesOf = ({rows, cols, data}: Matrix): string =>
  `(${Array.from({length: rows}, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols), shown).join(", ")).join("; ")})`;

const joined = (of: (pair: (typeof Z)[number]) => readonly string[]): string =>
  Z.map((pair) => of(pair).join(" ")).join("; ");

function tuned({after, frozen, trained, moved}: Tuned, {r, alpha}: FormulaParams): Here {
  const probability = `log ${termOf(places[0])} = ${fixed(after[0], 4)}`;
  return {
    Phi: `${whole(frozen)} numbers`,
    P: probability,
    p: probability,
    Theta: `A and B, ${whole(trained)} numbers`,
    Phi0: `${whole(frozen)} numbers, moved by ${shown(moved)}`,
    dPhi: `one matrix, α/r = ${shown(alpha / r)}`,
    Z: `${whole(Z.length)} pairs`,
    context: joined(({x}) => x),
    target: joined(({y}) => y),
    t: "first, second",
    yt: places.map(({next}) => next).join(", "),
    yless: joined(({y}) => y.map((_, at) => (at ? `${y[at - 1]}` : "nothing,"))),
  };
}

const passed = ({h, W0, x, delta, alpha, r, A, B}: Passed): Here => ({
  h: entriesOf(h),
  W0: entriesOf(W0),
  x: entriesOf(x),
  dW: entriesOf(delta),
  alpha: shown(alpha),
  r: shown(r),
  A: entriesOf(A),
  B: entriesOf(B),
});

const counted = ({total, names, layers, matrices, width}: Counted, {r}: FormulaParams): Here => ({
  count: whole(total),
  two: "two pieces a matrix",
  Lhat: `${names.length} × ${layers} layers = ${whole(matrices)}`,
  dmodel: whole(width),
  r: whole(r),
});

const compared = ({phi, A8, A64, cross, squares}: Compared): Here => ({
  phi: fixed(phi, 3),
  A8: `${A8.rows} × ${A8.cols}`,
  A64: `${A64.rows} × ${A64.cols}`,
  i: whole(cross.rows),
  j: whole(cross.cols),
  norm: fixed(squares, 3),
  U8: `${A8.cols} × ${cross.rows}`,
  U64: `${A64.cols} × ${cross.cols}`,
});

/** What each symbol is in the worked example, as text. */
export function hereOf(result: FormulaResult, params: FormulaParams): Here {
  if (result.kind === "forward") return passed(result);
  if (result.kind === "count") return counted(result, params);
  return result.kind === "similarity" ? compared(result) : tuned(result, params);
}
