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
