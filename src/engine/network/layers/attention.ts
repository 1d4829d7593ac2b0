import {type Matrix, zeros} from "../../linalg/matrix.ts";
import {addMultiple, dot} from "../../linalg/segments.ts";
import {softmax} from "./softmax.ts";

/** B sequences, H heads. */
export interface Heads {
  B: number;
  H: number;
}

/** Sizes of the matrices: T queries and S keys a sequence, width C, heads of width D. */
interface Sizes {
  T: number;
  S: number;
  C: number;
  D: number;
}

function sizesOf(q: Matrix, k: Matrix, {B, H}: Heads): Sizes {
  const [T, S, C, D] = [q.rows / B, k.rows / B, q.cols, q.cols / H];
  if (!Number.isInteger(D)) throw new Error(`attention: ${H} heads do not divide the width ${C} evenly`);
  if (!Number.isInteger(T) || !Number.isInteger(S) || S < T)
    throw new Error(
      `attention: ${q.rows} queries and ${k.rows} keys in ${B} sequences; ` +
        "each sequence needs equally many, and no fewer keys than queries",
    );
  return {T, S, C, D};
}

/**
 * For each head of each query of each sequence: where it begins in q and its keys begin in k, where its weights begin,
 * and how many keys it sees. Key j begins at key + j·C.
 */
function* queriesOf({B, H}: Heads, {T, S, C, D}: Sizes) {
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      for (let i = 0; i < T; i++) {
        const [query, key] = [(b * T + i) * C + h * D, b * S * C + h * D];
        yield {query, key, row: ((b * H + h) * T + i) * S, visible: S - T + i + 1};
      }
    }
  }
}

/**
 * Causal attention, Vaswani et al. 2017: in each head yᵢ = Σⱼ softmaxⱼ(qᵢ·kⱼ / √D)·vⱼ over the positions j that query i
 * sees. Keys and values may begin with S − T positions that every query sees (a prefix); after them, query i sees keys
 * 0 … i.
 * q (B·T,C), k and v (B·S,C) → y (B·T,C) and weights (B,H,T,S), whose rows sum to 1.
 * Throws when H does not divide C, or B the rows.
 */
export function attention(q: Matrix, k: Matrix, v: Matrix, heads: Heads): {y: Matrix; weights: Float64Array} {
  const sizes = sizesOf(q, k, heads);
  const {S, C, D} = sizes;
  const y = zeros(q.rows, C);
  const weights = new Float64Array(heads.H * q.rows * S);
  for (const {query, key, row, visible} of queriesOf(heads, sizes)) {
    for (let j = 0; j < visible; j++) weights[row + j] = dot(q.data, query, k.data, key + j * C, D) / Math.sqrt(D);
    softmax(weights, row, visible);
    for (let j = 0; j < visible; j++) addMultiple(y.data, query, v.data, key + j * C, D, weights[row + j]);
  }
  return {y, weights};
}

/**
 * dy (B·T,C) → dq (B·T,C), dk and dv (B·S,C), all +=. With aᵢⱼ the weights and daᵢⱼ = dyᵢ·vⱼ, the gradient of the
 * scores is aᵢⱼ·(daᵢⱼ − Σₗ aᵢₗ·daᵢₗ) / √D: the derivative of the softmax.
 */
export function attentionBackward(
  dy: Matrix,
  {q, k, v, weights}: {q: Matrix; k: Matrix; v: Matrix; weights: Float64Array},
  heads: Heads,
  {dq, dk, dv}: {dq: Matrix; dk: Matrix; dv: Matrix},
): void {
  const sizes = sizesOf(q, k, heads);
  const {S, C, D} = sizes;
  const da = new Float64Array(S);
  for (const {query, key, row, visible} of queriesOf(heads, sizes)) {
    for (let j = 0; j < visible; j++) {
      da[j] = dot(dy.data, query, v.data, key + j * C, D);
      addMultiple(dv.data, key + j * C, dy.data, query, D, weights[row + j]);
    }
    const mean = dot(weights, row, da, 0, visible);
    for (let j = 0; j < visible; j++) {
      const dscore = (weights[row + j] * (da[j] - mean)) / Math.sqrt(D);
      addMultiple(dq.data, query, k.data, key + j * C, D, dscore);
      addMultiple(dk.data, key + j * C, q.data, query, D, dscore);
    }
  }
}

/** Puts the prefix before each of B sequences. prefix (P,C), x (B·T,C) → (B·(P + T),C). */
export function prepend(prefix: Matrix, x: Matrix, B: number): Matrix {
  const [T, S] = [x.rows / B, x.rows / B + prefix.rows];
  const y = zeros(B * S, x.cols);
  for (let b = 0; b < B; b++) {
    y.data.set(prefix.data, b * S * x.cols);
    y.data.set(x.data.subarray(b * T * x.cols, (b + 1) * T * x.cols), (b * S + prefix.rows) * x.cols);
  }
  return y;
}

/** dy (B·(P + T),C) → dx (B·T,C) += the rows of x; dprefix (P,C), when given, += the rows of the prefix. */
export function prependBackward(dy: Matrix, P: number, B: number, dx: Matrix, dprefix?: Matrix): void {
  const [prefixLength, ownLength] = [P * dy.cols, (dx.rows / B) * dy.cols];
  for (let b = 0; b < B; b++) {
    const start = b * (prefixLength + ownLength);
    if (dprefix) addMultiple(dprefix.data, 0, dy.data, start, prefixLength, 1);
    addMultiple(dx.data, b * ownLength, dy.data, start + prefixLength, ownLength, 1);
  }
}
