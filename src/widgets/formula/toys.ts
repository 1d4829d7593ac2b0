/** The worked examples: matrices small enough to check by hand. */
import {lastOf} from "../../engine/last.ts";
import {crossEntropy, crossEntropyBackward} from "../../engine/layers/crossentropy.ts";
import {linear, linearBackward} from "../../engine/layers/linear.ts";
import {loraLinear, loraLinearBackward} from "../../engine/layers/lora.ts";
import {initLora, type Lora} from "../../engine/lora.ts";
import {fromRows, type Matrix, zeros} from "../../engine/matrix.ts";
import {adamw} from "../../engine/optimizer.ts";
import {allocate} from "../../engine/parameters.ts";
import {mulberry32} from "../../engine/random.ts";
import {type Problem, train} from "../../engine/train.ts";

export const MOST_STEPS = 20;
const RATE = 0.2;
const SEED = 4;

/** The forward pass: W0 (3,2), x (1,2), and A and B at their largest rank. */
export const layer = {
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

/** Two adapters of one weight, as if trained at two ranks: (2,4) and (3,4) in place of the paper's 8 and 64 rows. */
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

/** A model of four tokens that sees only the last one: logits of the next token (rows) for each last token (columns). */
export const TOKENS = ["do", "re", "mi", "fa"] as const;
type Token = (typeof TOKENS)[number];
/** Φ₀ (4,4), a copy of its own each time: pre-trained to sing downward. */
export const phi0 = (): Matrix =>
  fromRows([
    [0, 2, 0, 0],
    [0.5, 0, 2, 0.5],
    [0, 0.5, 0, 2],
    [1, 0, 0.5, 0],
  ]);

/** The one that both runs are given. */
export const PHI0 = phi0();

/** Z, the new task: sing upward. */
export const Z: readonly {x: readonly Token[]; y: readonly Token[]}[] = [
  {x: ["do"], y: ["re", "mi"]},
  {x: ["re"], y: ["mi", "fa"]},
];

/** One term of the objective: the token to predict and all that stands before it. */
export interface Place {
  before: readonly Token[];
  next: Token;
}

export const places: readonly Place[] = Z.flatMap(({x, y}) =>
  y.map((next, t) => ({before: [...x, ...y.slice(0, t)], next})),
);

/** "P(mi | do, re)". */
export const termOf = ({before, next}: Place): string => `P(${next} | ${before.join(", ")})`;

/** The last token of each place as a row with a single one (N,V), and the token to predict (N). */
export const seen: Matrix = fromRows(
  places.map(({before}) => TOKENS.map((token) => (token === before.at(-1) ? 1 : 0))),
);
export const targets: Int32Array = Int32Array.from(places, ({next}) => TOKENS.indexOf(next));

/** Every state of a run: the trained numbers after 0 … 20 steps. */
const run = (problem: Problem): Float64Array[] =>
  Array.from(train(problem, {optimizer: adamw, rate: RATE, weightDecay: 0, steps: MOST_STEPS}), ({params}) => params);

const V = TOKENS.length;

/** Full fine-tuning: Φ (V,V) after every step. */
export const fullRun = lastOf((): Matrix[] => {
  const params = allocate([["Phi", V, V]], PHI0.data.slice());
  const {Phi} = params.views;
  const loss: Problem["loss"] = ({views}) => {
    const scored = crossEntropy(linear(seen, Phi), targets);
    const dlogits = zeros(seen.rows, V);
    crossEntropyBackward(scored, targets, dlogits);
    linearBackward(dlogits, seen, Phi, zeros(seen.rows, V), views.Phi);
    return scored.loss;
  };
  return run({params, loss}).map((flat) => ({...Phi, data: flat}));
});

/** LoRA: Θ = {A, B} after every step. Φ₀ gets no gradient and is not among the parameters. */
export const loraRun = lastOf((r: number, alpha: number): Lora[] => {
  const start = initLora({d: V, k: V, r, alpha}, mulberry32(SEED));
  const layout = [
    ["A", r, V],
    ["B", V, r],
  ] as const;
  const params = allocate(layout, Float64Array.from([...start.A.data, ...start.B.data]));
  const loraOf = ({A, B}: typeof params.views): Lora => ({A, B, alpha, r});
  const now = loraOf(params.views);
  const loss: Problem["loss"] = (dparams) => {
    const {h, us} = loraLinear(seen, PHI0, [now]);
    const scored = crossEntropy(h, targets);
    const dlogits = zeros(seen.rows, V);
    crossEntropyBackward(scored, targets, dlogits);
    const gradient = loraOf(dparams.views as typeof params.views);
    loraLinearBackward(dlogits, seen, PHI0, [now], us, zeros(seen.rows, V), [gradient]);
    return scored.loss;
  };
  return run({params, loss, scaling: alpha / r}).map((flat) => loraOf(allocate(layout, flat).views));
});
