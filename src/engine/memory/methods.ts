/** How many parameters a method trains on a model: the formulas of section 5.1 of Hu et al. 2021. */
import {countLora} from "../lora/counts.ts";
import {biasParameters, type MatrixName, type Model, matrixShapes, parameters} from "./models.ts";

/** A method of adaptation, with the sizes that its count depends on. */
export type Method =
  | {kind: "full"}
  | {kind: "lora"; r: number; matrices: readonly MatrixName[]}
  | {kind: "bitfit"}
  /** Bottlenecks of r units, `perLayer` in each layer (2 after Houlsby, 1 after Lin); `norms` trained layer norms. */
  | {kind: "adapters"; r: number; perLayer: number; norms: number};

/**
 * Trained parameters. Full: all. LoRA: Σ r·(d + k), which for square matrices is 2·L̂·d_model·r. BitFit: every bias.
 * Adapters: L̂·(2·d_model·r + r + d_model) + 2·L̂_LN·d_model. No method counts a classifier on top.
 * Throws when the model lacks what the method trains, or r is not a whole number ≥ 1.
 */
export function trainedParameters(model: Model, method: Method): number {
  if ("r" in method && (!Number.isInteger(method.r) || method.r < 1))
    throw new Error(`methods: r is ${method.r}; it must be a whole number of at least 1`);
  switch (method.kind) {
    case "full":
      return parameters(model);
    case "lora":
      return countLora(matrixShapes(model, method.matrices), method.r);
    case "bitfit":
      if (!model.biases) throw new Error(`methods: ${model.name} has no biases, so BitFit has nothing to train`);
      return biasParameters(model);
    case "adapters": {
      const {r, perLayer, norms} = method;
      return perLayer * model.layers * (2 * model.dModel * r + r + model.dModel) + 2 * norms * model.dModel;
    }
  }
}

/** The trained parameters that the base model does not have: LoRA's or the adapters'. */
export function addedParameters(model: Model, method: Method): number {
  return method.kind === "lora" || method.kind === "adapters" ? trainedParameters(model, method) : 0;
}
