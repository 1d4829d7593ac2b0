import type {Formula, Glyph} from "../../figures/text/typeset.ts";
import {sign} from "../../shell/signs.ts";
import type {Work} from "./controls.ts";

/** A member of the family. */
export interface Member {
  year: number;
  /** The part of the recipe that it changes. */
  changes: string;
  /** In the letters of this site, in parts that no line may break; new parts have the symbol "new". */
  formula: readonly Formula[];
  idea: string;
  /** The citation. */
  source: string;
  /** What the runs can and cannot show; or why it is not run. */
  note: string;
}

const {A, B, dW, r, alpha} = sign;
const W0 = {symbol: "W0", text: "W_0"};
const x = {symbol: "x", text: "x"};
const fresh = (text: string): Glyph => ({symbol: "new", text});
const s = {over: [alpha], under: [r]};
const W = {symbol: "W", text: "W"};
const V = {symbol: "V", text: "V"};
const G = {symbol: "G", text: "G"};
const N = {symbol: "N", text: "N"};
const h = {symbol: "h", text: "h"};
const is = " = ";

export const members: Readonly<Record<Work, Member>> = {
  lora: {
    year: 2021,
    changes: "what is trained",
    formula: [[W, is, W0, " + ", s, fresh("B"), fresh("A")]],
    idea: "Freeze the weight and train a product of two thin matrices beside it.",
    source: "Hu et al. 2021, §4.1",
    note: "Beside it runs full fine-tuning, which moves every entry of W.",
  },
  adalora: {
    year: 2023,
    changes: "the rank",
    formula: [[W, is, W0, " + ", fresh("P"), fresh("Λ"), fresh("Q")]],
    idea: "Write the update like a singular value decomposition and set the least important entries of the diagonal Λ to zero, so that ranks go where they help most.",
    source: "Zhang et al. 2023, arXiv:2303.10512",
    note: "Described, not run: it moves rank from matrix to matrix, and here is only one.",
  },
  qlora: {
    year: 2023,
    changes: "the base",
    formula: [[W, is, fresh("NF4("), W0, fresh(")"), " + ", s, B, A]],
    idea: "Keep the frozen base in four bits a weight and train the pair in sixteen on top of it.",
    source: "Dettmers et al. 2023, §3",
    note: "The pair has to make up for the rounding too, so the floor lies higher. What is bought with that, memory, one layer cannot show.",
  },
  lorafa: {
    year: 2023,
    changes: "what is trained",
    formula: [[W, is, W0, " + ", s, B, fresh("A_fixed")]],
    idea: "Leave A at its random start and train B alone: for B’s gradient only the r numbers Ax of each input have to be kept.",
    source: "Zhang et al. 2023, arXiv:2308.03303",
    note: "Half the numbers. ΔW keeps to the r directions that A happened to draw, so the floor is high; what is bought with that, memory for activations, one layer cannot show.",
  },
  loftq: {
    year: 2023,
    changes: "the base and the start",
    formula: [
      [W, is, fresh("Q"), " + ", B, A, ", "],
      ["min ‖", W0, " − ", fresh("Q"), " − ", B, A, "‖"],
    ],
    idea: "Round the base, and start the pair at the best repair of the rounding instead of at zero.",
    source: "Li et al. 2023, §3",
    note: "QLoRA runs too: the same rounding, with B = 0. LoftQ’s pair starts as both factors at once, with α = r, so it also moves differently.",
  },
  vera: {
    year: 2023,
    changes: "what is trained",
    formula: [[W, is, W0, " + ", fresh("Λ_b"), B, fresh("Λ_d"), A]],
    idea: "Draw A and B once, at random, for all layers; train only two diagonals for each.",
    source: "Kopiczko et al. 2023, arXiv:2310.11454",
    note: "It gets the rank at which its diagonals have as many numbers as LoRA’s pair. Its point is far fewer numbers over many layers, and one layer has no other to share with.",
  },
  slora: {
    year: 2023,
    changes: "serving",
    formula: [[h, is, W0, x, " + ", s, {base: [B], below: [fresh("i")]}, {base: [A], below: [fresh("i")]}, x]],
    idea: "Keep thousands of pairs beside one base and give each request i of a batch its own.",
    source: "Sheng et al. 2023, arXiv:2311.03285",
    note: "Described, not run: it is about a server’s memory and batches, and changes no loss.",
  },
  rslora: {
    year: 2023,
    changes: "the scale",
    formula: [[W, is, W0, " + ", {over: [alpha], under: [fresh("√r")]}, B, A]],
    idea: "Divide by √r, so that a step does not shrink as r grows.",
    source: "Kalajdzievski 2023, arXiv:2312.03732",
    note: "At one rank a larger scale is much like a larger rate. The difference is what happens when r changes: compare ranks with SGD and with Adam.",
  },
  dora: {
    year: 2024,
    changes: "the form of ΔW",
    formula: [
      [W, is, fresh("m"), {over: [V], under: [fresh("‖"), V, fresh("‖_c")]}, ", "],
      [V, is, W0, " + ", s, B, A],
    ],
    idea: "Train the length of each row of the weight, one for each output, apart from its direction.",
    source: "Liu et al. 2024, arXiv:2402.09353",
    note: "For each row it trains one parameter more than LoRA, and no formula gives its floor. The paper’s notation could also mean columns; its authors’ code, and PEFT’s, takes rows.",
  },
  loraplus: {
    year: 2024,
    changes: "the rates",
    formula: [
      [fresh("η_B"), " = ", fresh("λ"), fresh("η_A"), ", "],
      [fresh("λ"), " > 1"],
    ],
    idea: "Let B learn faster than A.",
    source: "Hayou et al. 2024, arXiv:2402.12354",
    note: "Its theory is about very wide layers. This one is narrow, so a gain that stays when each has its best rate is not to be expected here.",
  },
  galore: {
    year: 2024,
    changes: "the gradient",
    formula: [
      [fresh("P^⊤"), G, " → Adam → ", N, ", "],
      [W, " ← ", W, " − η", fresh("P"), N],
    ],
    idea: "Train every weight, but keep Adam’s two means for a low-rank projection of the gradient G only.",
    source: "Zhao et al. 2024, arXiv:2403.03507",
    note: "Described, not run: it has no pair and leaves no adapter; what it saves is optimizer memory.",
  },
  pissa: {
    year: 2024,
    changes: "the start",
    formula: [[W, is, "(", W0, " − ", fresh("U_r"), fresh("Σ_r"), fresh("V_r^⊤"), ") + ", B, A]],
    idea: "Start the pair at the weight’s own first r directions and freeze what is left of the weight.",
    source: "Meng et al. 2024, arXiv:2404.02948",
    note: "Its pair, with α = r, holds W₀’s first directions and the change together, in rank r; so its floor is another than LoRA’s.",
  },
  less: {
    year: 2024,
    changes: "evidence",
    formula: [["rank of full fine-tuning’s ", dW, " ", fresh("≫"), " ", r]],
    idea: "On code and mathematics, LoRA at usual ranks learned less than full fine-tuning, and forgot less of the rest.",
    source: "Biderman et al. 2024, arXiv:2405.09673",
    note: "Described, not run: a finding on language models, and no change of the method.",
  },
  illusion: {
    year: 2024,
    changes: "evidence",
    formula: [["max over i of |cos(", fresh("u_j"), ", ", W0, "’s u", {base: [""], below: ["i"]}, ")| < ε"]],
    idea: "Weights after LoRA have first singular vectors that are near to none of the base’s: intruder dimensions.",
    source: "Shuttleworth et al. 2024, arXiv:2410.21228",
    note: "Described, not run: a finding on trained language models, and no change of the method.",
  },
  regret: {
    year: 2025,
    changes: "evidence",
    formula: [["best η of LoRA ", fresh("≈ 10 ×"), " best η of full fine-tuning"]],
    idea: "On every layer, at its own rate, and while the data fit into its numbers, LoRA learned as well as full fine-tuning.",
    source: "Schulman et al. 2025",
    note: "Described, not run: a finding on language models; the sweep in the lab shows a small part of it.",
  },
};
