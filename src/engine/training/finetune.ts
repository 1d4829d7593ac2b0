/** The two ways to fine-tune a transformer, as problems for `train`. */
import type {WeightName} from "../network/architecture.ts";
import type {Tensors} from "../network/parameters.ts";
import {type Batch, languageLoss, type Transformer} from "../network/transformer.ts";
import type {Problem} from "./train.ts";

/** Full fine-tuning (or training from scratch): every weight of the model changes. What is attached stays frozen. */
export function tuneWeights(model: Transformer, nextBatch: () => Batch): Problem {
  return {
    params: model.weights,
    loss: (dparams) => languageLoss(model, nextBatch(), {weights: dparams as Tensors<WeightName>}),
  };
}

/** Trains what is attached to the model; its weights stay frozen. Throws unless exactly one attachment is there. */
export function tuneAttached(model: Transformer, nextBatch: () => Batch): Problem {
  const [attachment, ...others] = model.attached;
  if (!attachment || others.length > 0)
    throw new Error(`tuneAttached: the model has ${model.attached.length} attachments; training takes exactly one`);
  const loss = (dparams: Tensors) => languageLoss(model, nextBatch(), {attached: [dparams]});
  return {params: attachment.params, loss, scaling: attachment.scaling};
}
