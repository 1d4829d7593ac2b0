/** Names of figures in earlier editions, and the figure that answers to each name now. */
export const replacements: Readonly<Record<string, string>> = {
  scaling: "rates",
  formula: "growth",
};
