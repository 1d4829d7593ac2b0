/** The worked examples: small enough to check by hand. */
import {lastOf} from "../../engine/last.ts";
import {fromRows, type Matrix, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {initLora, type Lora} from "../../engine/lora/lora.ts";
import {crossEntropy, crossEntropyBackward} from "../../engine/network/layers/crossentropy.ts";
import {loraLinear, loraLinearBackward} from "../../engine/network/layers/lora.ts";
import {allocate, type Layout, type Tensors} from "../../engine/network/parameters.ts";
import {adamw} from "../../engine/training/optimizer.ts";
import {type Problem, train} from "../../engine/training/train.ts";

export const MOST_STEPS = 20;
const RATE = 0.2;
const SEED = 4;

/** Forward pass: W0 (3,2), x (1,2), and A and B at the largest rank. */
export const forwardExample = {
  W0: fromRows([
    [1, 2],
    [0, -1],
    [3, 1],
  ]),
  x: fromRows([[2, 1]]),
  A: [
    [1, -1],
    [0.5, 1],
  ],
  B: [
    [1, 0],
    [-1, 1],
    [0.5, 2],
  ],
};

/** Similarity: the A of two adapters of one weight, as if trained at two ranks. They have 2 and 3 rows in place of 8 and 64. */
export const adapters = {
  A8: fromRows([
    [3, 1, 0, 1],
    [0, 1, 1, -1],
  ]),
  A64: fromRows([
    [2, 2, 0, 1],
    [0, 0, 2, -1],
    [1, -1, 1, 0],
  ]),
};

/** Objective: a model of four tokens that sees only the last token. Φ has the logits of the next token (rows) for each last token (columns). */
export const TOKENS = ["do", "re", "mi", "fa"] as const;
type Token = (typeof TOKENS)[number];
/** A new copy of Φ₀ (4,4), which is pre-trained to sing downward. */
export const phi0 = (): Matrix =>
  fromRows([
    [0, 2, 0, 0],
    [0.5, 0, 2, 0.5],
    [0, 0.5, 0, 2],
    [1, 0, 0.5, 0],
  ]);

/** The copy that both runs start from. */
export const PHI0 = phi0();

/** Z, the new task: sing upward. */
export const Z: readonly {x: readonly Token[]; y: readonly Token[]}[] = [
  {x: ["do"], y: ["re", "mi"]},
  {x: ["re"], y: ["mi", "fa"]},
];

/** A term of the objective: the token to predict and all tokens before it. */
interface Place {
  before: readonly Token[];
  next: Token;
}

export const nextTokens: readonly Place[] = Z.flatMap(({x, y}) =>
  y.map((next, t) => ({before: [...x, ...y.slice(0, t)], next})),
);

/** "log P(mi | do, re)"; the letter depends on the objective. */
export const termOf = ({before, next}: Place, letter: string): string =>
  `log ${letter}(${next} | ${before.join(", ")})`;

/** The last token of each place, one-hot (N,V), and the token to predict (N). */
export const seen: Matrix = fromRows(
  nextTokens.map(({before}) => TOKENS.map((token) => (token === before.at(-1) ? 1 : 0))),
);
export const nextTokenIds: Int32Array = Int32Array.from(nextTokens, ({next}) => TOKENS.indexOf(next));

const V = TOKENS.length;

/** A weight (V,V) that gives the logits, and its adapters. */
export interface LogitModel {
  Phi: Matrix;
  loras: readonly Lora[];
}

/** The model after 0 … 20 steps. With LoRA, Θ = {A, B} is trained and Φ₀ is frozen; otherwise Φ itself is trained. */
export const trainedModels = lastOf((isLora: boolean, r: number, alpha: number): LogitModel[] => {
  const layout: Layout = isLora
    ? [
        ["A", r, V],
        ["B", V, r],
      ]
    : [["Phi", V, V]];
  const params = allocate(layout);
  // The buffer is zero, and so is B.
  const start = isLora ? initLora({d: V, k: V, r, alpha}, mulberry32(SEED)).A : PHI0;
  params.flat.set(start.data);
  const model = ({A, B, Phi}: Tensors["views"]): LogitModel =>
    isLora ? {Phi: PHI0, loras: [{A, B, alpha, r}]} : {Phi, loras: []};
  const {Phi, loras} = model(params.views);
  const loss: Problem["loss"] = ({views}) => {
    const {h, us} = loraLinear(seen, Phi, loras);
    const scored = crossEntropy(h, nextTokenIds);
    const dlogits = zeros(seen.rows, V);
    crossEntropyBackward(scored, nextTokenIds, dlogits);
    const slope = model(views);
    loraLinearBackward(dlogits, seen, Phi, loras, us, zeros(seen.rows, V), slope.loras, isLora ? undefined : slope.Phi);
    return scored.loss;
  };
  const run = train({params, loss}, {optimizer: adamw, rate: RATE, weightDecay: 0, steps: MOST_STEPS});
  return Array.from(run, ({params: flat}) => model(allocate(layout, flat).views));
});
