/** Where the sliders of the figure `predict` stand at first. One that was not moved from there is no guess. */
export const START = {count: "9", latency: "100"} as const;
