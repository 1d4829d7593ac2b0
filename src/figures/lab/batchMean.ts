import type {Batch} from "../../engine/network/transformer.ts";

/** Sequences measured at a time. */
const PART = 200;

function* partsOf({tokens, targets, B}: Batch): Generator<Batch> {
  const T = tokens.length / B;
  for (let from = 0; from < B; from += PART) {
    const to = Math.min(from + PART, B);
    const cut = (list: Int32Array) => list.subarray(from * T, to * T);
    yield {tokens: cut(tokens), targets: cut(targets), B: to - from};
  }
}

/** The weighted mean of a measure over a batch. Yields after each part, so that a page without a worker can draw in between. */
export function* batchMean(
  batch: Batch,
  measure: (part: Batch) => number,
  weightOf: (part: Batch) => number,
): Generator<undefined, number> {
  let [sum, total] = [0, 0];
  for (const part of partsOf(batch)) {
    const weight = weightOf(part);
    sum += weight * measure(part);
    total += weight;
    yield;
  }
  return sum / total;
}

/** The number of places in a batch whose prediction counts. */
export const scoredPlaces = ({targets}: Batch): number =>
  targets.reduce((sum, target) => sum + (target >= 0 ? 1 : 0), 0);
