/** How sure a claim or an answer is, in the words that the page prints. */
export const SURENESS = {
  several: "several sources agree",
  one: "one source",
  disagree: "sources disagree",
  ours: "our own runs only",
  default: "a default; we found no measurement",
} as const;

export type Sureness = keyof typeof SURENESS;
