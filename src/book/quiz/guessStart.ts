/** Where the sliders of the figure `predict` start. A slider that was not moved is no guess. */
export const START = {count: "9", latency: "100"} as const;
