/**
 * The order in which the items of an exercise are shown, always the same for the same text: Fisher-Yates with a generator
 * seeded by the text. Needs at least two items; never returns the right order.
 */
export function shuffledOrder(count: number, text: string): number[] {
  let state = [...text].reduce((sum, sign) => (Math.imul(sum, 31) + sign.charCodeAt(0)) >>> 0, 7);
  const order = Array.from({length: count}, (_, i) => i);
  while (order.every((place, i) => place === i)) {
    for (let i = count - 1; i > 0; i--) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const j = Math.floor((state / 2 ** 32) * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
  }
  return order;
}
