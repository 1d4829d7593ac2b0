/** How sure a claim or an answer is, in the words that the page prints. */
export const SURENESS = {
  several: "several agree",
  one: "one source",
  disagree: "sources disagree",
  ours: "our own runs",
  default: "a default",
} as const;

export type Sureness = keyof typeof SURENESS;

/** The same as signs that can be seen at a glance. */
export const SURENESS_SIGNS: Readonly<Record<Sureness, string>> = {
  several: "●●●",
  one: "●○○",
  disagree: "←→",
  ours: "●○○",
  default: "○○○",
};
