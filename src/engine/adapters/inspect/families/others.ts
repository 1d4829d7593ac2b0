/** Kinds of adapters that have no pair A and B: recognized by the names of their tensors, and not read. */

/** A kind of adapter that is recognized and not read. */
export interface UnreadKind {
  title: string;
  pattern: RegExp;
  /** Why there is no ΔW to see, as the end of a sentence. */
  why: string;
  source: string;
}

const LYCORIS = "https://github.com/KohakuBlueleaf/LyCORIS/blob/main/docs/Network-Args.md";
const PEFT = "https://huggingface.co/docs/peft/package_reference/peft_types";

/** All kinds; the first whose pattern matches a name has it. Names come from anyone, so the patterns look at the end only. */
export const UNREAD_KINDS: readonly UnreadKind[] = [
  {
    title: "LoHa",
    pattern: /\.hada_(?:w[12]_[ab]|t[12])$/,
    why: "its change is the entrywise product of two low-rank matrices, whose rank may be r²",
    source: LYCORIS,
  },
  {
    title: "LoKr",
    pattern: /\.lokr_(?:w[12](?:_[ab])?|t2)$/,
    why: "its change is a Kronecker product, which no pair A and B of low rank has",
    source: LYCORIS,
  },
  {title: "GLoRA", pattern: /\.[ab][12]\.weight$/, why: "it changes the weight by the weight itself", source: LYCORIS},
  {
    title: "OFT",
    pattern: /\.oft_(?:blocks|diag|R)(?:\.|$)/,
    why: "it turns the weight and adds nothing",
    source: LYCORIS,
  },
  {
    title: "IA³",
    pattern: /\.(?:ia3_l(?:\.[\w-]+)?|on_input)$/,
    why: "it stretches rows or columns of the weight",
    source: PEFT,
  },
  {
    title: "full difference",
    pattern: /\.diff(?:_b)?$/,
    why: "it holds whole changes, without factors",
    source: LYCORIS,
  },
  {title: "AdaLoRA", pattern: /\.lora_E(?:\.[\w-]+)?$/, why: "a diagonal E stands between its A and B", source: PEFT},
  {
    title: "VeRA",
    pattern: /\.vera_lambda_[bd](?:\.[\w-]+)?$/,
    why: "its A and B are frozen random matrices that the file may leave out",
    source: PEFT,
  },
  {
    title: "quantized MLX LoRA",
    pattern: /\.lora_[ab]_(?:scales|biases)$/,
    why: "its factors are stored in groups of a few bits",
    source: "https://github.com/ml-explore/mlx-lm/blob/main/mlx_lm/tuner/lora.py",
  },
  {
    title: "prompt tuning",
    pattern: /^prompt_embeddings$/,
    why: "it holds embeddings of a prompt and no weights",
    source: PEFT,
  },
];
