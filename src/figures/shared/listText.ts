/** "a", "a and b", "a, b and c"; empty for an empty list. */
export const listText = (items: readonly string[]): string =>
  [items.slice(0, -1).join(", "), items.at(-1)].filter(Boolean).join(" and ");
