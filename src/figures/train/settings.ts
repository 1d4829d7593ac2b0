/** d and k of the layer. */
export const TRAIN_SIDE = 16;

export const TRAIN_STEPS = 200;

/** Settings at which both optimizers stay in range, whatever else is set. */
export const safe = {rate: "0.01", alpha: 4} as const;
