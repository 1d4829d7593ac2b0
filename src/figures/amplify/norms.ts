/** Draws of random directions; the figure shows their mean and deviation. */
export const RANDOM_DRAWS = 20;
/**
 * How many of the strongest directions of W₀ + ΔW are checked, and the cosine below which one counts as new. Most random
 * directions are below it.
 */
export const TOP = 8;
export const NEW = 0.5;

/** The norms at one rank, as in either half of Table 7. */
export interface Norms {
  rank: number;
  /** ‖UᵀW₀V‖_F along the singular directions of ΔW, along W₀'s own first ones, and along random ones. */
  onDelta: number;
  onOwn: number;
  onRandom: number;
  weight: number;
  delta: number;
  /** ‖ΔW‖ / onDelta. */
  factor: number;
}

/** A band of the equalizer: how strongly W₀ and ΔW act on one singular direction of W₀. */
export interface Band {
  weight: number;
  delta: number;
}
