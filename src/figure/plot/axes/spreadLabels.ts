/** The least distance from one label to the next, in units. */
const LINE = 15;

/** Moves overlapping labels apart: keeps their order and at least a line between them, all within 0 … `height`. */
export function spreadLabels(wanted: readonly number[], height: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const placed = [...wanted];
  order.forEach((one, i) => {
    if (i > 0) placed[one] = Math.max(placed[one], placed[order[i - 1]] + LINE);
  });
  order.reverse().forEach((one, i) => {
    placed[one] = Math.min(placed[one], i === 0 ? height : placed[order[i - 1]] - LINE);
  });
  return placed;
}
