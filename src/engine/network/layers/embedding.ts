import {type Matrix, zeros} from "../../linalg/matrix.ts";
import {addMultiple} from "../../linalg/segments.ts";

/**
 * x[b·T + t] = wte[token] + wpe[t]: a vector for the token plus a vector for its position.
 * tokens (B·T), wte (V,C), wpe (at least T,C) → x (B·T,C). Throws when a token is not one of 0 … V − 1, or T is longer
 * than wpe.
 */
export function embedding(tokens: Int32Array, T: number, wte: Matrix, wpe: Matrix): Matrix {
  const C = wte.cols;
  needTokens(tokens, tokens.length / T, {V: wte.rows, T: wpe.rows});
  const x = zeros(tokens.length, C);
  tokens.forEach((token, row) => {
    addMultiple(x.data, row * C, wte.data, token * C, C, 1);
    addMultiple(x.data, row * C, wpe.data, (row % T) * C, C, 1);
  });
  return x;
}

/** dx (B·T,C) → dwte[token] += dx[row] and dwpe[t] += dx[row] for every row. */
export function embeddingBackward(dx: Matrix, tokens: Int32Array, T: number, dwte: Matrix, dwpe: Matrix): void {
  const C = dx.cols;
  tokens.forEach((token, row) => {
    addMultiple(dwte.data, token * C, dx.data, row * C, C, 1);
    addMultiple(dwpe.data, (row % T) * C, dx.data, row * C, C, 1);
  });
}

/** The length T of each of B sequences that stand end to end in `tokens`. Throws when B does not divide the tokens, T is too long, or a token is unknown. */
export function needTokens(tokens: Int32Array, B: number, sizes: {V: number; T: number}): number {
  const T = tokens.length / B;
  if (!Number.isInteger(T)) throw new Error(`transformer: ${tokens.length} tokens do not make ${B} sequences`);
  if (T > sizes.T) throw new Error(`embedding: a sequence has ${T} tokens; the model knows ${sizes.T} positions`);
  tokens.forEach((token, row) => {
    if (!(token >= 0 && token < sizes.V))
      throw new Error(`embedding: token ${token} at place ${row}; tokens are whole numbers from 0 to ${sizes.V - 1}`);
  });
  return T;
}
