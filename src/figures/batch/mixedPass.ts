/** One pass of a batch in which every sequence has an A and B of its own. */
import {type Matrix, matmulTB, matrix} from "../../engine/linalg/matrix.ts";
import type {Attachment} from "../../engine/lora/attachment.ts";
import type {Lora} from "../../engine/lora/lora.ts";
import {blockOf, type Target} from "../../engine/network/architecture.ts";
import {attention} from "../../engine/network/layers/attention.ts";
import {embedding} from "../../engine/network/layers/embedding.ts";
import {linear} from "../../engine/network/layers/linear.ts";
import {relu} from "../../engine/network/layers/relu.ts";
import {rmsNorm} from "../../engine/network/layers/rmsnorm.ts";
import type {Transformer} from "../../engine/network/transformer.ts";

const add = (a: Matrix, b: Matrix): Matrix => ({...a, data: a.data.map((x, i) => x + b.data[i]!)});

/** x·Wᵀ for all sequences at once, and for each of them its own (α/r)·B·A·x on top. */
function project(x: Matrix, W: Matrix, own: readonly (Lora | undefined)[]): Matrix {
  const h = linear(x, W);
  const T = x.rows / own.length;
  for (const [b, lora] of own.entries()) {
    if (!lora) continue;
    const rows = matrix(T, x.cols, x.data.subarray(b * T * x.cols, (b + 1) * T * x.cols));
    const push = matmulTB(matmulTB(rows, lora.A), lora.B);
    for (let i = 0; i < push.data.length; i++) h.data[b * T * h.cols + i]! += (lora.alpha / lora.r) * push.data[i]!;
  }
  return h;
}

/** tokens (B·T) → logits (B·T,V). `slips` has each sequence's attachment. */
export function mixedLogits({sizes, weights}: Transformer, tokens: Int32Array, slips: readonly Attachment[]): Matrix {
  const B = slips.length;
  const {wte, wpe, norm, head} = weights.views;
  const views = slips.map((slip) => slip.view(slip.params));
  let x = embedding(tokens, tokens.length / B, wte, wpe);
  for (let l = 0; l < sizes.L; l++) {
    const layer = blockOf(weights, l);
    const at = (input: Matrix, target: Target) =>
      project(
        input,
        layer[target],
        views.map((view) => view[l]!.loras?.[target]),
      );
    const first = rmsNorm(x, layer.norm1).y;
    const {y} = attention(at(first, "Wq"), at(first, "Wk"), at(first, "Wv"), {B, H: sizes.H});
    const middle = add(x, at(y, "Wo"));
    x = add(middle, at(relu(at(rmsNorm(middle, layer.norm2).y, "W1")), "W2"));
  }
  return linear(rmsNorm(x, norm).y, head);
}
