import {add, type Matrix, zeros} from "../linalg/matrix.ts";
import type {Extras} from "../lora/attachment.ts";
import type {BlockWeights, Target} from "./architecture.ts";
import {accumulate} from "./layers/accumulate.ts";
import {attention, attentionBackward, type Heads} from "./layers/attention.ts";
import {type Bottleneck, bottleneck, bottleneckBackward} from "./layers/bottleneck.ts";
import {loraLinear, loraLinearBackward} from "./layers/lora.ts";
import {prepend, prependBackward} from "./layers/prepend.ts";
import {relu, reluBackward} from "./layers/relu.ts";
import {rmsNorm, rmsNormBackward} from "./layers/rmsnorm.ts";

/** Everything a layer computes on the way: backward needs it, and pictures may show it. */
export type BlockActivations = ReturnType<typeof block>;

/** Where a layer's gradients are added: `weights` when its own weights train, `extras` when its attachments do. */
export interface BlockGradients {
  weights?: BlockWeights;
  extras?: Extras;
}

const zerosLike = ({rows, cols}: Matrix) => zeros(rows, cols);

/** x through the bottleneck, or x itself when there is none. */
const throughBottleneck = (x: Matrix, weights?: Bottleneck): {y: Matrix; narrow?: Matrix} =>
  weights ? bottleneck(x, weights) : {y: x};

/** dy, the gradient after an optional bottleneck → the gradient before it. */
function throughBottleneckBackward(
  dy: Matrix,
  x: Matrix,
  narrow?: Matrix,
  weights?: Bottleneck,
  gradient?: Bottleneck,
): Matrix {
  if (!narrow || !weights) return dy;
  const dx = zerosLike(x);
  bottleneckBackward(dy, x, weights, narrow, dx, gradient);
  return dx;
}

/**
 * One pre-norm layer: middle = x + attention(norm1(x))·Woᵀ, y = middle + relu(norm2(middle)·W1ᵀ)·W2ᵀ. LoRAs act beside
 * their matrices, bottlenecks before each sum, a prefix before keys and values.
 * x (B·T,C) → y (B·T,C) and everything in between.
 */
export function block(x: Matrix, weights: BlockWeights, extras: Extras, heads: Heads) {
  const project = (input: Matrix, target: Target) => loraLinear(input, weights[target], extras.loras[target]);
  const {prefix, bottlenecks} = extras;
  const norm1 = rmsNorm(x, weights.norm1);
  const [q, ownK, ownV] = [project(norm1.y, "Wq"), project(norm1.y, "Wk"), project(norm1.y, "Wv")];
  const k = prefix ? prepend(prefix.keys, ownK.h, heads.B) : ownK.h;
  const v = prefix ? prepend(prefix.values, ownV.h, heads.B) : ownV.h;
  const attended = attention(q.h, k, v, heads);
  const o = project(attended.y, "Wo");
  const afterAttention = throughBottleneck(o.h, bottlenecks?.attention);
  const middle = add(x, afterAttention.y);

  const norm2 = rmsNorm(middle, weights.norm2);
  const wide = project(norm2.y, "W1");
  const active = relu(wide.h);
  const out = project(active, "W2");
  const afterMlp = throughBottleneck(out.h, bottlenecks?.mlp);
  const y = add(middle, afterMlp.y);
  return {x, norm1, q, ownK, ownV, k, v, attended, o, afterAttention, middle, norm2, wide, active, out, afterMlp, y};
}

/** dy (B·T,C) → adds to dx (B·T,C) and to the gradients that are given. */
export function blockBackward(
  dy: Matrix,
  activations: BlockActivations,
  weights: BlockWeights,
  extras: Extras,
  heads: Heads,
  dx: Matrix,
  gradients: BlockGradients,
): void {
  const {prefix, bottlenecks} = extras;
  const {weights: dW, extras: dExtras} = gradients;
  /** dh, the gradient of the output of `target` → adds to din, the gradient of its input. */
  const projectBackward = (target: Target, dh: Matrix, input: Matrix, us: readonly Matrix[], din: Matrix): Matrix => {
    const [loras, dLoras] = [extras.loras[target], dExtras?.loras[target]];
    loraLinearBackward(dh, input, weights[target], loras, us, din, dLoras, dW?.[target]);
    return din;
  };

  const {x, norm1, q, ownK, ownV, k, v, attended, o, afterAttention, middle, norm2, wide, active, out, afterMlp} =
    activations;
  const dout = throughBottleneckBackward(dy, out.h, afterMlp.narrow, bottlenecks?.mlp, dExtras?.bottlenecks?.mlp);
  const dactive = projectBackward("W2", dout, active, out.us, zerosLike(active));
  const dwide = zerosLike(active);
  reluBackward(dactive, wide.h, dwide);
  const dnorm2 = projectBackward("W1", dwide, norm2.y, wide.us, zerosLike(middle));
  const dmiddle = {...dy, data: dy.data.slice()};
  rmsNormBackward(dnorm2, middle, weights.norm2, norm2.inverse, dmiddle, dW?.norm2);

  const dO = throughBottleneckBackward(
    dmiddle,
    o.h,
    afterAttention.narrow,
    bottlenecks?.attention,
    dExtras?.bottlenecks?.attention,
  );
  const dattended = projectBackward("Wo", dO, attended.y, o.us, zerosLike(middle));
  const [dq, dk, dv] = [zerosLike(q.h), zerosLike(k), zerosLike(v)];
  attentionBackward(dattended, {q: q.h, k, v, weights: attended.weights}, heads, {dq, dk, dv});
  const [dOwnK, dOwnV] = prefix ? [zerosLike(q.h), zerosLike(q.h)] : [dk, dv];
  if (prefix) {
    prependBackward(dk, prefix.keys.rows, heads.B, dOwnK, dExtras?.prefix?.keys);
    prependBackward(dv, prefix.values.rows, heads.B, dOwnV, dExtras?.prefix?.values);
  }
  const dnorm1 = zerosLike(middle);
  projectBackward("Wq", dq, norm1.y, q.us, dnorm1);
  projectBackward("Wk", dOwnK, norm1.y, ownK.us, dnorm1);
  projectBackward("Wv", dOwnV, norm1.y, ownV.us, dnorm1);
  accumulate(dx, dmiddle);
  rmsNormBackward(dnorm1, x, weights.norm1, norm1.inverse, dx, dW?.norm1);
}
