/** Steps of a run, the steps between two evaluations, and between two looks at what the model writes. */
export const LAB_STEPS = 200;
export const EVALUATE_EVERY = 10;
export const LOOK = 2;

/** Kilobytes of the weights of each machine; a test compares them with the files. */
export const WEIGHT_KILOBYTES = {words: 54, digits: 53};

/** The default learning rate of each method: one at which it trains well. */
export const DEFAULT_RATES = {lora: "0.01", bottleneck: "0.01", prefix: "0.03", full: "0.003"} as const;
