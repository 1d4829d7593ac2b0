/** The formulas behind the costs, with the numbers of the chosen method. */
import type {Derivation} from "../../figure/plot/derivation.ts";
import {bytesText, counted, significant, whole} from "../../figure/plot/text/format.ts";
import {type CostParams, type CostResult, controls} from "./model.ts";

/** The size of one parameter: "2 bytes". */
const bitsText = (bits: number): string => (bits % 8 ? `${significant(bits, 4)} bits` : counted(bits / 8, "byte"));

/** How the bytes of the weights are computed. */
function weightsDerivation({parameters, quantizable, bits, full, chosen, model}: CostResult): Derivation {
  const isRounded = !!chosen && bits.weights < bits.trained;
  const terms = isRounded
    ? `${whole(quantizable)} × ${bitsText(bits.weights)} + ${whole(parameters - quantizable)}`
    : whole(parameters);
  return {
    name: "Weights",
    lines: [`${terms} × ${bitsText(bits.trained)} = ${bytesText((chosen ?? full).memory.weights)}`],
    assumption: `Every matrix, embedding, norm and bias of the published shapes (${model.source}). No second copy of 16-bit weights in 32 bits.${
      isRounded
        ? " Only matrices of the layers are rounded, to 256 levels in int8, 16 in NF4; NF4’s scales are counted, int8’s are not. Full fine-tuning keeps 16 bits, because small steps get lost between levels."
        : ""
    }`,
  };
}

/** How many parameters each method adds. */
const ADDED_TEXTS: Readonly<Record<CostParams["method"], string>> = {
  full: "",
  bitfit: "BitFit trains the biases, which the model has already.",
  lora: "For each matrix r · (d + k) parameters: d · r in B and r · k in A.",
  adapters:
    "An adapter layer, which goes down to r units (the bottleneck) and up again, has 2 · d · r + r + d parameters: two matrices and two biases. Lin’s come with a layer norm of 2 · d.",
};

/** What is assumed about attention scores. */
const SCORES_TEXTS = {
  recomputed: "Attention scores are computed again, as in FlashAttention (Dao et al. 2022): 4 bytes a head.",
  stored: "Attention scores are stored, 5 bytes a head and token.",
} as const;

/** The formula of each cost of the chosen method, with its numbers and assumptions. */
export function costDerivation(result: CostResult, params: CostParams): Derivation[] {
  const {bits, moments, model} = result;
  const {method, matrices, tasks, batch, tokens, scores} = params;
  const {trained, memory, activations, base, checkpoint, storage} = result.chosen ?? result.full;
  const trainedText = `${whole(trained)} × ${bitsText(bits.trained)}`;
  const adaptedText = method === "lora" ? ` Adapted: ${controls.matrices.options[matrices]} in each layer.` : "";
  const tokensInLayers = model.layers * batch * tokens;
  return [
    weightsDerivation(result),
    {
      name: "Added parameters",
      lines: [memory.added ? `${trainedText} = ${bytesText(memory.added)}` : "none"],
      assumption: `${ADDED_TEXTS[method]}${adaptedText} A classifier on top is not counted.`.trim(),
    },
    {
      name: "Gradients",
      lines: [`${trainedText} = ${bytesText(memory.gradients)}`],
      assumption: "How the loss changes with each trained parameter, all kept at once; none for a frozen one.",
    },
    {
      name: "Optimizer states",
      lines: [
        moments ? `${moments} × ${whole(trained)} × ${bitsText(bits.moments)} = ${bytesText(memory.moments)}` : "none",
      ],
      assumption:
        "For each trained parameter Adam and AdamW keep two running means, of its gradient and of the gradient’s square; SGD, here without momentum, keeps none.",
    },
    {
      name: "Activations",
      lines: [
        `${counted(model.layers, "layer")} × ${counted(batch, "text")} × ${counted(tokens, "token")} × ${counted(activations / tokensInLayers, "byte")} = ${bytesText(activations)}`,
      ],
      assumption: `Inputs of norms and products in 16 bits, dropout masks of a byte (Korthikanti et al. 2022, §4.1). ${SCORES_TEXTS[scores]} The input of a frozen matrix without A and B is not kept, because no gradient needs it; what a method’s own parameters need is added.`,
    },
    {
      name: "Checkpoint",
      lines: [`${trainedText} = ${bytesText(checkpoint)} a task`],
      assumption: "What was trained, in the precision it was trained in, without optimizer states or a file header.",
    },
    {
      name: "Storage",
      lines: [
        `${base ? `${bytesText(base)} + ` : ""}${whole(tasks)} × ${bytesText(checkpoint)} = ${bytesText(storage)}`,
      ],
      assumption: "One base serves every task. 1 GB is a billion bytes.",
    },
    {
      name: "Left out",
      lines: [],
      assumption: "Buffers of kernels and communication, fragmentation, and copies on several GPUs.",
    },
  ];
}
