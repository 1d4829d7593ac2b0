/** The two ways to fine-tune a transformer, as problems for `train`. */
import type {WeightName} from "../network/architecture.ts";
import type {Tensors} from "../network/parameters.ts";
import {type Batch, languageLoss, type Transformer} from "../network/transformer.ts";
import type {Problem} from "./train.ts";

/** The problem of training every weight of the model: full fine-tuning, or training from scratch. Attachments stay frozen. */
export function tuneWeights(model: Transformer, nextBatch: () => Batch): Problem {
  return {
    params: model.weights,
    loss: (dparams) => languageLoss(model, nextBatch(), {weights: dparams as Tensors<WeightName>}),
  };
}

/** The problem of training the model's attachment on frozen weights. Throws unless there is exactly one. */
export function tuneAttached(model: Transformer, nextBatch: () => Batch): Problem {
  const [attachment, ...others] = model.attached;
  if (!attachment || others.length > 0)
    throw new Error(`tuneAttached: the model has ${model.attached.length} attachments; training takes exactly one`);
  const loss = (dparams: Tensors) => languageLoss(model, nextBatch(), {attached: [dparams]});
  return {params: attachment.params, loss, scaling: attachment.scaling};
}
