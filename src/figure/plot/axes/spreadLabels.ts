/** The least distance from one label to the next, in units. */
const LABEL_PITCH = 15;

/** Moves overlapping labels apart: keeps their order and at least `LABEL_PITCH` between them, all within 0 … `height` if there is room for them. */
export function spreadLabels(places: readonly number[], height: number): number[] {
  const order = places.map((_, i) => i).sort((a, b) => places[a] - places[b]);
  const spread = [...places];
  order.forEach((one, i) => {
    if (i > 0) spread[one] = Math.max(spread[one], spread[order[i - 1]] + LABEL_PITCH);
  });
  order.reverse().forEach((one, i) => {
    spread[one] = Math.min(spread[one], i === 0 ? height : spread[order[i - 1]] - LABEL_PITCH);
  });
  return spread;
}
