/** Each work in words: its caption, formula, idea and source, and what its runs can show. */
import type {PaperSymbol, Rich} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Work} from "./controls.ts";

interface WorkWords {
  year: number;
  /** What it does, in brackets after its name. */
  caption: string;
  /** In the symbols of this site; the work's own parts have the symbol "new". */
  formula: Rich;
  idea: string;
  source: string;
  /** What the runs can and cannot show, or why it is not run. */
  note: string;
}

const {A, B, BA, W0, dW, r} = symbol;
const x = {symbol: "x", text: "x"};
const workPart = (text: string): PaperSymbol => ({symbol: "new", text});
/** How "W = W₀ + (α/r) BA" begins. */
const weightWithScaled = ["W = ", W0, " + (α/r) "] as const;

export const works: Readonly<Record<Work, WorkWords>> = {
  lora: {
    year: 2021,
    caption: "B and A train",
    formula: [...weightWithScaled, workPart("BA")],
    idea: "Freeze the weight and train a product of two thin matrices beside it.",
    source: "Hu et al. 2021, §4.1",
    note: "Beside it runs full fine-tuning, which moves every entry of W.",
  },
  adalora: {
    year: 2023,
    caption: "rank by matrix",
    formula: ["W = ", W0, " + ", workPart("PΛQ")],
    idea: "Write the update like a singular value decomposition and set the least important entries of the diagonal Λ to zero, so that ranks go where they help most.",
    source: "Zhang et al. 2023, arXiv:2303.10512",
    note: "Described, not run: it moves rank from matrix to matrix, and there is only one here.",
  },
  lorafa: {
    year: 2023,
    caption: "A stays random",
    formula: [...weightWithScaled, B, " ", workPart("A, fixed")],
    idea: "Leave A at its random start and train B alone: for B’s gradient only the r values Ax of each input have to be kept.",
    source: "Zhang et al. 2023, arXiv:2308.03303",
    note: "Half the parameters. ΔW keeps to the r directions that A happened to draw, so the floor is high; what that buys is memory for activations, which one layer cannot show.",
  },
  vera: {
    year: 2023,
    caption: "two thin vectors",
    formula: ["W = ", W0, " + ", workPart("diag(b)"), " ", B, " ", workPart("diag(d)"), " ", A],
    idea: "Draw A and B once, at random, for all layers; train only two diagonals for each.",
    source: "Kopiczko et al. 2023, arXiv:2310.11454",
    note: "It gets the rank at which its diagonals have as many parameters as LoRA’s A and B. Its point is far fewer parameters over many layers, and one layer has no other to share with.",
  },
  qlora: {
    year: 2023,
    caption: "W₀ in four bits",
    formula: ["W = ", workPart("NF4("), W0, workPart(")"), " + (α/r) ", BA],
    idea: "Keep the frozen base in four bits a weight and train A and B in sixteen on top of it.",
    source: "Dettmers et al. 2023, §3",
    note: "A and B have to make up for the rounding too, so the floor is higher. What that buys is memory, which one layer cannot show.",
  },
  loftq: {
    year: 2023,
    caption: "a repair in A, B",
    formula: ["W = ", workPart("Q"), " + ", BA, ", starting at the least ‖", W0, " − ", workPart("Q"), " − ", BA, "‖"],
    idea: "Round the base, and start A and B at the best repair of the rounding instead of at zero.",
    source: "Li et al. 2023, §3",
    note: "QLoRA runs too: the same rounding, with B = 0. LoftQ starts both factors away from zero, with α = r, so they also move differently.",
  },
  pissa: {
    year: 2024,
    caption: "W₀’s best in A, B",
    formula: ["W = (", W0, " − ", workPart("UᵣΣᵣVᵣᵀ"), ") + ", BA, ", starting at ", BA, " = ", workPart("UᵣΣᵣVᵣᵀ")],
    idea: "Start A and B at the weight’s own first r directions and freeze what is left of the weight.",
    source: "Meng et al. 2024, arXiv:2404.02948",
    note: "Its A and B, with α = r, have to make W₀’s first directions and the change together, in rank r, so its floor differs from LoRA’s.",
  },
  dora: {
    year: 2024,
    caption: "a length per output",
    formula: ["W = ", workPart("m"), " · V / ", workPart("‖V‖"), " by rows, V = ", W0, " + (α/r) ", BA],
    idea: "Train the length of each row of the weight, one for each output, apart from its direction.",
    source: "Liu et al. 2024, arXiv:2402.09353",
    note: "For each row it trains one parameter more than LoRA, and no formula gives its floor. The paper’s notation could also mean columns; its authors’ code, and PEFT’s, takes rows.",
  },
  rslora: {
    year: 2023,
    caption: "the scale is α/√r",
    formula: ["W = ", W0, " + (α/", workPart("√r"), ") ", BA],
    idea: "Divide by √r, so that a step does not shrink as r grows.",
    source: "Kalajdzievski 2023, arXiv:2312.03732",
    note: "At one rank a larger scale is much like a larger rate. The difference is what happens when r changes: compare ranks with SGD and with Adam.",
  },
  loraplus: {
    year: 2024,
    caption: "B learns faster",
    formula: ["η of ", B, " = ", workPart("λ"), " · η of ", A, ", ", workPart("λ"), " > 1"],
    idea: "Let B learn faster than A.",
    source: "Hayou et al. 2024, arXiv:2402.12354",
    note: "Here λ is 16. Its theory is about very wide layers. This one is narrow, so do not expect a gain here that lasts once each has its best rate.",
  },
  galore: {
    year: 2024,
    caption: "a thin gradient",
    formula: [workPart("Pᵀ"), "G → Adam → N, W ← W − η ", workPart("P"), "N"],
    idea: "Train every weight, but keep Adam’s two means for a low-rank projection of the gradient G only.",
    source: "Zhao et al. 2024, arXiv:2403.03507",
    note: "Described, not run: it has no A and B and leaves no adapter; what it saves is optimizer memory.",
  },
  slora: {
    year: 2023,
    caption: "an adapter per request",
    formula: ["h = ", W0, x, " + (α/r) ", B, workPart("ᵢ"), A, workPart("ᵢ"), x],
    idea: "Keep thousands of adapters beside one base and give each request i of a batch its own.",
    source: "Sheng et al. 2023, arXiv:2311.03285",
    note: "Described, not run: it is about a server’s memory and batches, and changes no loss.",
  },
  less: {
    year: 2024,
    caption: "a finding on trained models, no change of a part",
    formula: ["rank of full fine-tuning’s ", dW, " ", workPart("≫"), " ", r],
    idea: "On code and mathematics, LoRA at usual ranks learned less than full fine-tuning, and forgot less of the rest.",
    source: "Biderman et al. 2024, arXiv:2405.09673",
    note: "Described, not run: a finding on language models, and no change of the method.",
  },
  illusion: {
    year: 2024,
    caption: "a finding on trained models, no change of a part",
    formula: ["max over i of |cos(", workPart("uⱼ"), ", ", W0, "’s uᵢ)| < ε"],
    idea: "After LoRA, some first singular vectors of a weight are close to none of the base’s: intruder dimensions. A high rank with rsLoRA’s scale came close to full fine-tuning, which has none.",
    source: "Shuttleworth et al. 2024, arXiv:2410.21228",
    note: "Described, not run: a finding on trained language models, and no change of the method.",
  },
  regret: {
    year: 2025,
    caption: "a finding on trained models, no change of a part",
    formula: ["best η of LoRA ", workPart("≈ 10 ×"), " best η of full fine-tuning"],
    idea: "On every layer, at its own rate, and as long as its parameters had room for the data, LoRA learned as well as full fine-tuning.",
    source: "Schulman et al. 2025",
    note: "Described, not run: a finding on language models; the sweep in the lab shows a small part of it.",
  },
};
