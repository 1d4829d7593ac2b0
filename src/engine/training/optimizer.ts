/** Optimizers as values: `init(n)` makes the state for n parameters, `step` changes parameters and state in place. */

/** The learning rate and the other settings of a step. */
export interface StepSettings {
  rate: number;
  /** A factor on the rate for each parameter, for parameter groups with different rates. */
  factors?: Float64Array;
  /** The decay of AdamW's averages of gradients and of their squares: 0.9 and 0.999 by default. */
  beta1?: number;
  beta2?: number;
  /** Added to √v̂ in AdamW: 1e-8 by default. */
  eps?: number;
  /** Parameters shrink by rate · weightDecay a step. The defaults are PyTorch's, 0.01 in AdamW and 0 in SGD. */
  weightDecay?: number;
}

/** The moments m and v of the gradient (empty in SGD), and beta1 and beta2 to the power t. */
export interface OptimizerState {
  m: Float64Array;
  v: Float64Array;
  power1: number;
  power2: number;
}

/** A rule that turns gradients (n) into a step of the parameters (n), both flat. */
export interface Optimizer {
  init(n: number): OptimizerState;
  step(params: Float64Array, grads: Float64Array, state: OptimizerState, settings: StepSettings): void;
}

function needLengths(what: string, n: number, grads: Float64Array, state: OptimizerState, factors?: Float64Array) {
  if (grads.length !== n) throw new Error(`${what}: ${grads.length} gradients for ${n} parameters`);
  if (factors && factors.length !== n) throw new Error(`${what}: ${factors.length} rate factors for ${n} parameters`);
  if (state.m.length > 0 && state.m.length !== n)
    throw new Error(`${what}: the state was made for ${state.m.length} parameters, not ${n}`);
}

/** θ ← θ − rate·(g + weightDecay·θ). It has no state. */
export const sgd: Optimizer = {
  init: () => ({m: new Float64Array(0), v: new Float64Array(0), power1: 1, power2: 1}),
  step(params, grads, state, {rate, factors, weightDecay = 0}) {
    needLengths("sgd", params.length, grads, state, factors);
    for (let i = 0; i < params.length; i++) {
      params[i] -= rate * (factors?.[i] ?? 1) * (grads[i] + weightDecay * params[i]);
    }
  },
};

/**
 * Adam with decoupled weight decay: Loshchilov and Hutter 2019, algorithm 2, in the order of PyTorch's AdamW, with
 * `rate` for their α and η: θ ← θ·(1 − rate·weightDecay), then θ ← θ − rate·m̂ / (√v̂ + eps), where
 * m̂ = m / (1 − beta1ᵗ) and v̂ = v / (1 − beta2ᵗ). The powers are running products because `**` differs between
 * browsers.
 */
export const adamw: Optimizer = {
  init: (n) => ({m: new Float64Array(n), v: new Float64Array(n), power1: 1, power2: 1}),
  step(params, grads, state, {rate, factors, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weightDecay = 0.01}) {
    const {m, v} = state;
    needLengths("adamw", params.length, grads, state, factors);
    state.power1 *= beta1;
    state.power2 *= beta2;
    const correction1 = 1 - state.power1;
    const correction2 = Math.sqrt(1 - state.power2);
    for (let i = 0; i < params.length; i++) {
      const ownRate = rate * (factors?.[i] ?? 1);
      m[i] = beta1 * m[i] + (1 - beta1) * grads[i];
      v[i] = beta2 * v[i] + (1 - beta2) * grads[i] * grads[i];
      params[i] *= 1 - ownRate * weightDecay;
      params[i] -= ((ownRate / correction1) * m[i]) / (Math.sqrt(v[i]) / correction2 + eps);
    }
  },
};
