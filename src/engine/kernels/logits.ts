import type {Matrix} from "../linalg/matrix.ts";
import type {Decoder} from "./decoder.ts";

/** A decoder's logits for `score` and `sampleWords`: tokens (B·T) → logits (B·T,V), a copy in float64. */
export const logitsOf =
  (decoder: Pick<Decoder, "logits">) =>
  (tokens: Int32Array, B: number): Matrix => {
    const {rows, cols, data} = decoder.logits(tokens, B);
    return {rows, cols, data: new Float64Array(data)};
  };
