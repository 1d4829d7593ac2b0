/** Steps of a run, and the number of steps between two evaluations. */
export const STEPS = 200;
export const EVERY = 10;

/** The largest number of kept runs. */
export const MOST_KEPT = 8;

/** The default learning rate of each method: one at which it trains well. */
export const RATES = {lora: "0.01", bottleneck: "0.01", prefix: "0.03", full: "0.003"} as const;
