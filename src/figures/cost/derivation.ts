/** The formulas behind the costs, with their numbers. */
import type {Derivation} from "../../figure/plot/derivation.ts";
import {bytesText, counted, significant, whole} from "../../figure/plot/text/format.ts";
import type {CostParams, CostResult} from "./model.ts";
import {matricesName, shortName} from "./names.ts";

/** The size of one parameter: "2 bytes". */
const eachOf = (bits: number): string => (bits % 8 ? `${significant(bits, 4)} bits` : counted(bits / 8, "byte"));

/** A line for full fine-tuning, and one for the chosen method. */
const both = (result: CostResult, params: CostParams, line: (of: "full" | "chosen") => string): string[] => [
  `Full fine-tuning: ${line("full")}`,
  ...(result.chosen ? [`${shortName(params)}: ${line("chosen")}`] : []),
];

/** The bytes of the weights. */
function weights(result: CostResult, params: CostParams): Derivation {
  const {parameters, quantizable, bits, full, model} = result;
  const frozenWeights = `${whole(quantizable)} × ${eachOf(bits.weights)} + ${whole(parameters - quantizable)} × ${eachOf(bits.trained)}`;
  const trainedWeights = `${whole(parameters)} × ${eachOf(bits.trained)}`;
  const isRounded = bits.weights < bits.trained;
  return {
    name: "Weights",
    lines: both(result, params, (of) =>
      of === "chosen" && isRounded
        ? `${frozenWeights} = ${bytesText(result.chosen!.memory.weights)}`
        : `${trainedWeights} = ${bytesText(full.memory.weights)}`,
    ),
    assumption: `Every matrix, embedding, norm and bias of the published shapes (${model.source}). No second copy of 16-bit weights in 32 bits.${
      isRounded
        ? " Only matrices of the layers are rounded, to 256 levels in int8, 16 in NF4; NF4’s scales are counted, int8’s are not. Full fine-tuning keeps 16 bits, because small steps get lost between levels."
        : ""
    }`,
  };
}

/** What each method adds, in words. */
const FORMULAS: Readonly<Record<CostParams["method"], string>> = {
  full: "",
  bitfit: "None: BitFit trains the biases, which the model has already.",
  lora: "For each matrix r · (d + k) parameters: d · r in B and r · k in A.",
  adapters:
    "An adapter layer, which goes down to r units (the bottleneck) and up again, has 2 · d · r + r + d parameters: two matrices and two biases.",
};

/** The bytes of what a method adds. */
function addedParameters(result: CostResult, params: CostParams): Derivation {
  const {chosen, bits, model} = result;
  const norms =
    params.method === "adapters" && params.places === "one" ? " Each comes with a layer norm of 2 · d." : "";
  const at = params.method === "lora" ? ` Adapted: ${matricesName(params)} in ${counted(model.layers, "layer")}.` : "";
  return {
    name: "Added parameters",
    lines: both(result, params, (of) =>
      of === "chosen" && chosen?.memory.added
        ? `${whole(chosen.trained)} × ${eachOf(bits.trained)} = ${bytesText(chosen.memory.added)}`
        : "none",
    ),
    assumption: `${chosen ? FORMULAS[params.method] : ""}${norms}${at} A classifier on top is not counted.`.trim(),
  };
}

/** The bytes of all trained parameters, `copies` times. */
function perTrained(result: CostResult, params: CostParams, copies: number, bits: number, of: "gradients" | "moments") {
  return both(result, params, (side) => {
    const {trained, memory} = result[side]!;
    return copies
      ? `${copies > 1 ? `${copies} × ` : ""}${whole(trained)} × ${eachOf(bits)} = ${bytesText(memory[of])}`
      : "none";
  });
}

/** The activations of a token in a layer under full fine-tuning, term by term. */
function perToken({model}: CostResult, {tokens, scores}: CostParams, bytesPerToken: number): string {
  const {dModel: d, dKeyValue, dMlp, gated, heads} = model;
  const values = `2 × (6 × ${whole(d)} + 2 × ${whole(dKeyValue)} + ${gated ? 4 : 2} × ${whole(dMlp)})`;
  const attention = scores === "stored" ? `5 × ${whole(heads)} × ${whole(tokens)}` : `4 × ${whole(heads)}`;
  return `A token in a layer: ${values} + 2 × ${whole(d)} + ${attention} = ${counted(bytesPerToken, "byte")}`;
}

/** The lines of the activations: full fine-tuning's terms, then each method's sum. */
function activations(result: CostResult, params: CostParams): string[] {
  const {batch, tokens} = params;
  const cells = result.model.layers * batch * tokens;
  const each = `${counted(result.model.layers, "layer")} × ${counted(batch, "sequence")} × ${counted(tokens, "token")}`;
  return [
    perToken(result, params, result.full.activations / cells),
    ...both(result, params, (of) => {
      const activationBytes = result[of]!.activations;
      return `${each} × ${counted(activationBytes / cells, "byte")} = ${bytesText(activationBytes)}`;
    }),
  ];
}

/** What is assumed on attention scores. */
const SCORES = {
  recomputed: "Attention scores are computed again, as in FlashAttention (Dao et al. 2022): 4 bytes a head.",
  stored: "Attention scores are stored, 5 bytes a head and token.",
} as const;

/** The formula behind each number, with the numbers filled in, and its assumptions. */
export function costDerivation(result: CostResult, params: CostParams): Derivation[] {
  const {bits, moments} = result;
  const {tasks} = params;
  return [
    weights(result, params),
    addedParameters(result, params),
    {
      name: "Gradients",
      lines: perTrained(result, params, 1, bits.trained, "gradients"),
      assumption: "How the loss changes with each trained parameter, all kept at once; none for a frozen one.",
    },
    {
      name: "Optimizer states",
      lines: perTrained(result, params, moments, bits.moments, "moments"),
      assumption:
        "For each trained parameter Adam and AdamW keep two running means, of its gradient and of the gradient’s square; SGD, here without momentum, keeps none.",
    },
    {
      name: "Activations",
      lines: activations(result, params),
      assumption: `Inputs of norms and products in 16 bits, dropout masks of a byte (Korthikanti et al. 2022, §4.1). ${SCORES[params.scores]} The input of a frozen matrix without A and B is not kept, because no gradient needs it; what a method’s own parameters need is added.`,
    },
    {
      name: "Checkpoint",
      lines: both(result, params, (of) => {
        const {trained, checkpoint} = result[of]!;
        return `${whole(trained)} × ${eachOf(bits.trained)} = ${bytesText(checkpoint)} a task`;
      }),
      assumption: "What was trained, in the precision it was trained in, without optimizer states or a file header.",
    },
    {
      name: "Storage",
      lines: both(result, params, (of) => {
        const {base, checkpoint, storage} = result[of]!;
        return `${base ? `${bytesText(base)} + ` : ""}${whole(tasks)} × ${bytesText(checkpoint)} = ${bytesText(storage)}`;
      }),
      assumption: "One base serves every task. 1 GB is a billion bytes.",
    },
    {
      name: "Left out",
      lines: [],
      assumption: "Buffers of kernels and communication, fragmentation, and copies on several GPUs.",
    },
  ];
}
