/** Draws of random directions that a mean and a deviation are taken from. */
export const DRAWS = 20;
/** Strong directions of W₀ + ΔW that are looked at, and the cosine below which one is new: a random direction is, mostly. */
export const TOP = 8;
export const NEW = 0.5;

/** What Table 7 has for one rank. */
export interface Norms {
  rank: number;
  /** ‖UᵀWVᵀ‖_F with the singular directions of ΔW, with W's own first ones, with random ones. */
  onDelta: number;
  onOwn: number;
  onRandom: number;
  weight: number;
  delta: number;
  /** ‖ΔW‖ / ‖UᵀWVᵀ‖ of ΔW's directions. */
  factor: number;
}

/** A band of the equalizer: how strongly W and ΔW act on one singular direction of W. */
export interface Band {
  weight: number;
  delta: number;
}
