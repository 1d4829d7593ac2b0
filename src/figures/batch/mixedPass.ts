/** A forward pass of a batch in which each sequence has its own A and B. */
import {add, type Matrix, matmulTB, matrix} from "../../engine/linalg/matrix.ts";
import type {Attachment} from "../../engine/lora/attachment.ts";
import type {Lora} from "../../engine/lora/lora.ts";
import {blockOf, type Target} from "../../engine/network/architecture.ts";
import {attention} from "../../engine/network/layers/attention.ts";
import {embedding} from "../../engine/network/layers/embedding.ts";
import {linear} from "../../engine/network/layers/linear.ts";
import {relu} from "../../engine/network/layers/relu.ts";
import {rmsNorm} from "../../engine/network/layers/rmsnorm.ts";
import type {Transformer} from "../../engine/network/transformer.ts";

/** x (B·T,k), W (d,k) → x·Wᵀ for all B sequences at once, plus x·ΔWᵀ for each sequence that has a LoRA, with the ΔW of its own. */
function project(x: Matrix, W: Matrix, loras: readonly (Lora | undefined)[]): Matrix {
  const h = linear(x, W);
  const T = x.rows / loras.length;
  for (const [b, lora] of loras.entries()) {
    if (!lora) continue;
    const rows = matrix(T, x.cols, x.data.subarray(b * T * x.cols, (b + 1) * T * x.cols));
    const update = matmulTB(matmulTB(rows, lora.A), lora.B);
    for (let i = 0; i < update.data.length; i++) h.data[b * T * h.cols + i]! += (lora.alpha / lora.r) * update.data[i]!;
  }
  return h;
}

/** tokens (B·T) → logits (B·T,V). `adapters` has one for each of the B sequences. */
export function mixedLogits(
  {sizes, weights}: Transformer,
  tokens: Int32Array,
  adapters: readonly Attachment[],
): Matrix {
  const B = adapters.length;
  const {wte, wpe, norm, head} = weights.views;
  const views = adapters.map((adapter) => adapter.view(adapter.params));
  let x = embedding(tokens, tokens.length / B, wte, wpe);
  for (let l = 0; l < sizes.L; l++) {
    const layer = blockOf(weights, l);
    const projectTo = (input: Matrix, target: Target) =>
      project(
        input,
        layer[target],
        views.map((view) => view[l]!.loras?.[target]),
      );
    const normed = rmsNorm(x, layer.norm1).y;
    const {y} = attention(projectTo(normed, "Wq"), projectTo(normed, "Wk"), projectTo(normed, "Wv"), {B, H: sizes.H});
    const attended = add(x, projectTo(y, "Wo"));
    const hidden = relu(projectTo(rmsNorm(attended, layer.norm2).y, "W1"));
    x = add(attended, projectTo(hidden, "W2"));
  }
  return linear(rmsNorm(x, norm).y, head);
}
