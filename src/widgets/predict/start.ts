/** Where the two sliders stand at first. One that has not been moved from there is no guess. */
export const START = {count: 9, latency: 100} as const;
