/** Figures of earlier editions: who asks for one by its name gets the figure that took its place. */
export const replacements: Readonly<Record<string, string>> = {
  scaling: "rates",
  formula: "growth",
};
