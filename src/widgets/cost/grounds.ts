import {bytes, counted, significant, whole} from "../../figures/format.ts";
import type {Ground} from "../../figures/grounds.ts";
import type {CostParams, CostResult} from "./model.ts";
import {matricesName, shortName} from "./names.ts";

const eachOf = (bits: number): string => (bits % 8 ? `${significant(bits, 4)} bits` : counted(bits / 8, "byte"));

/** One line for full fine-tuning, and one for what is set beside it. */
const both = (result: CostResult, params: CostParams, line: (of: "full" | "chosen") => string): string[] => [
  `Full fine-tuning: ${line("full")}`,
  ...(result.chosen ? [`${shortName(params)}: ${line("chosen")}`] : []),
];

function weights(result: CostResult, params: CostParams): Ground {
  const {parameters, quantizable, bits, full, model} = result;
  const frozen = `${whole(quantizable)} × ${eachOf(bits.weights)} + ${whole(parameters - quantizable)} × ${eachOf(bits.trained)}`;
  const moved = `${whole(parameters)} × ${eachOf(bits.trained)}`;
  const isRounded = bits.weights < bits.trained;
  return {
    name: "Weights",
    lines: both(result, params, (of) =>
      of === "chosen" && isRounded
        ? `${frozen} = ${bytes(result.chosen!.memory.weights)}`
        : `${moved} = ${bytes(full.memory.weights)}`,
    ),
    assumption: `Every matrix, embedding, norm and bias of the published shapes (${model.source}). Some trainers keep a second, 32-bit copy of 16-bit weights; here there is none.${
      isRounded
        ? " int8 rounds a weight to 256 levels, NF4 to 16, with a scale for many weights together; NF4’s scales are counted, int8’s are not. Only matrices of the layers are rounded. Small steps get lost between such levels, so full fine-tuning is counted at 16 bits: its bar and the other differ by more than the method."
        : ""
    }`,
  };
}

const FORMULAS: Readonly<Record<CostParams["method"], string>> = {
  full: "",
  bitfit: "None: BitFit trains the biases, which the model has already.",
  lora: "For each matrix r · (d + k) numbers: B holds d · r, A holds r · k.",
  adapters:
    "An adapter is a small layer behind another: down to r units, the bottleneck, and up again. Two matrices and two biases make 2 · d · r + r + d numbers.",
};

function added(result: CostResult, params: CostParams): Ground {
  const {chosen, bits, model} = result;
  const norms = params.method === "adapters" && params.places === "one" ? " A layer norm of 2 · d joins each." : "";
  const at = params.method === "lora" ? ` Adapted: ${matricesName(params)} in ${counted(model.layers, "layer")}.` : "";
  return {
    name: "Added parameters",
    lines: both(result, params, (of) =>
      of === "chosen" && chosen?.memory.added
        ? `${whole(chosen.trained)} × ${eachOf(bits.trained)} = ${bytes(chosen.memory.added)}`
        : "none",
    ),
    assumption: `${chosen ? FORMULAS[params.method] : ""}${norms}${at} A classifier on top is not counted.`.trim(),
  };
}

/** Bytes of what was trained, kept `copies` times. */
function perTrained(result: CostResult, params: CostParams, copies: number, bits: number, of: "gradients" | "moments") {
  return both(result, params, (side) => {
    const {trained, memory} = result[side]!;
    return copies
      ? `${copies > 1 ? `${copies} × ` : ""}${whole(trained)} × ${eachOf(bits)} = ${bytes(memory[of])}`
      : "none";
  });
}

/** What a token leaves behind in a layer, term by term. */
function perToken({model}: CostResult, {tokens}: CostParams, due: number): string {
  const {dModel: d, dKeyValue, dMlp, gated, heads} = model;
  const values = `2 × (6 × ${whole(d)} + 2 × ${whole(dKeyValue)} + ${gated ? 4 : 2} × ${whole(dMlp)})`;
  return `A token in a layer: ${values} + 2 × ${whole(d)} + 5 × ${whole(heads)} × ${whole(tokens)} = ${counted(due, "byte")}`;
}

/** Each bar's formula with its numbers, and what it takes for granted. */
export function groundsOf(result: CostResult, params: CostParams): Ground[] {
  const {bits, moments, activations, model, full, chosen} = result;
  const {batch, tokens, tasks} = params;
  const cells = model.layers * batch * tokens;
  return [
    weights(result, params),
    added(result, params),
    {
      name: "Gradients",
      lines: perTrained(result, params, 1, bits.trained, "gradients"),
      assumption:
        "How the loss changes with each trained parameter: one number each, all held at once; none for a frozen one.",
    },
    {
      name: "Optimizer states",
      lines: perTrained(result, params, moments, bits.moments, "moments"),
      assumption:
        "What the optimizer keeps from step to step. Adam and AdamW: two moments of each trained parameter, running means of its gradient and of the square. SGD, here without momentum: nothing.",
    },
    {
      name: "Activations",
      lines: [
        perToken(result, params, activations / cells),
        `${counted(model.layers, "layer")} × ${counted(batch, "sequence")} × ${counted(tokens, "token")} × ${counted(activations / cells, "byte")} = ${bytes(activations)}`,
      ],
      assumption:
        "What passes between layers is kept until the gradients need it: inputs of norms and products in 16 bits, dropout masks of a byte, attention scores, 5 bytes a head and token. Nothing is recomputed (Korthikanti et al. 2022, §4.1). Taken as the same for every method: an upper bound, since the input of a frozen matrix without a pair need not be kept. Recomputing takes less.",
    },
    {
      name: "Checkpoint",
      lines: both(result, params, (of) => {
        const {trained, checkpoint} = result[of]!;
        return `${whole(trained)} × ${eachOf(bits.trained)} = ${bytes(checkpoint)} a task`;
      }),
      assumption: "What was trained, as precise as it was trained: no optimizer state, no file header.",
    },
    {
      name: "Storage",
      lines: [
        `Full fine-tuning: ${whole(tasks)} × ${bytes(full.checkpoint)} = ${bytes(full.storage)}`,
        ...(chosen
          ? [
              `${shortName(params)}: ${bytes(chosen.base)} + ${whole(tasks)} × ${bytes(chosen.checkpoint)} = ${bytes(chosen.storage)}`,
            ]
          : []),
      ],
      assumption: "One base serves every task. 1 GB is a thousand million bytes.",
    },
    {
      name: "Left out",
      lines: [],
      assumption: "Buffers of kernels and communication, fragmentation, and copies on several GPUs.",
    },
  ];
}
