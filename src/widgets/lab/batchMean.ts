import type {Batch} from "../../engine/network/transformer.ts";

/** Sequences that are measured in one go. */
const PART = 200;

/** A batch in parts of whole sequences. */
function* partsOf({tokens, targets, B}: Batch): Generator<Batch> {
  const T = tokens.length / B;
  for (let from = 0; from < B; from += PART) {
    const to = Math.min(from + PART, B);
    const cut = (list: Int32Array) => list.subarray(from * T, to * T);
    yield {tokens: cut(tokens), targets: cut(targets), B: to - from};
  }
}

/**
 * The mean of a measure over a batch, part by part, each counted as `weight` says. Between them it yields, so that where
 * runs are computed on the page's own thread the page may draw.
 */
export function* measured(
  batch: Batch,
  measure: (part: Batch) => number,
  weight: (part: Batch) => number,
): Generator<undefined, number> {
  let [sum, all] = [0, 0];
  for (const part of partsOf(batch)) {
    const own = weight(part);
    sum += own * measure(part);
    all += own;
    yield;
  }
  return sum / all;
}

/** Places of a batch whose prediction counts. */
export const counted = ({targets}: Batch): number => targets.reduce((sum, target) => sum + (target >= 0 ? 1 : 0), 0);
