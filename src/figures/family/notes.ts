import type {Work} from "./controls.ts";

/**
 * What the full size says of each work: its idea, the citation, and what the runs can and cannot show, or why it is not run.
 */
export const notes: Readonly<Record<Work, readonly [idea: string, source: string, note: string]>> = {
  lora: [
    "Freeze the weight and train a product of two thin matrices beside it.",
    "Hu et al. 2021, §4.1",
    "Beside it runs full fine-tuning, which moves every entry of W.",
  ],
  adalora: [
    "Write the update like a singular value decomposition and set the least important entries of the diagonal Λ to zero, so that ranks go where they help most.",
    "Zhang et al. 2023, arXiv:2303.10512",
    "Described, not run: it moves rank from matrix to matrix, and here is only one.",
  ],
  qlora: [
    "Keep the frozen base in four bits a weight and train A and B in sixteen on top of it.",
    "Dettmers et al. 2023, §3",
    "A and B have to make up for the rounding too, so the floor is higher. What that buys is memory, which one layer cannot show.",
  ],
  lorafa: [
    "Leave A at its random start and train B alone: for B’s gradient only the r values Ax of each input have to be kept.",
    "Zhang et al. 2023, arXiv:2308.03303",
    "Half the parameters. ΔW keeps to the r directions that A happened to draw, so the floor is high; what that buys is memory for activations, which one layer cannot show.",
  ],
  loftq: [
    "Round the base, and start A and B at the best repair of the rounding instead of at zero.",
    "Li et al. 2023, §3",
    "QLoRA runs too: the same rounding, with B = 0. LoftQ starts both factors away from zero, with α = r, so they also move differently.",
  ],
  vera: [
    "Draw A and B once, at random, for all layers; train only two diagonals for each.",
    "Kopiczko et al. 2023, arXiv:2310.11454",
    "It gets the rank at which its diagonals have as many parameters as LoRA’s A and B. Its point is far fewer parameters over many layers, and one layer has no other to share with.",
  ],
  slora: [
    "Keep thousands of adapters beside one base and give each request i of a batch its own.",
    "Sheng et al. 2023, arXiv:2311.03285",
    "Described, not run: it is about a server’s memory and batches, and changes no loss.",
  ],
  rslora: [
    "Divide by √r, so that a step does not shrink as r grows.",
    "Kalajdzievski 2023, arXiv:2312.03732",
    "At one rank a larger scale is much like a larger rate. The difference is what happens when r changes: compare ranks with SGD and with Adam.",
  ],
  dora: [
    "Train the length of each row of the weight, one for each output, apart from its direction.",
    "Liu et al. 2024, arXiv:2402.09353",
    "For each row it trains one parameter more than LoRA, and no formula gives its floor. The paper’s notation could also mean columns; its authors’ code, and PEFT’s, takes rows.",
  ],
  loraplus: [
    "Let B learn faster than A.",
    "Hayou et al. 2024, arXiv:2402.12354",
    "Its theory is about very wide layers. This one is narrow, so do not expect a gain here that lasts once each has its best rate.",
  ],
  galore: [
    "Train every weight, but keep Adam’s two means for a low-rank projection of the gradient G only.",
    "Zhao et al. 2024, arXiv:2403.03507",
    "Described, not run: it has no A and B and leaves no adapter; what it saves is optimizer memory.",
  ],
  pissa: [
    "Start A and B at the weight’s own first r directions and freeze what is left of the weight.",
    "Meng et al. 2024, arXiv:2404.02948",
    "Its A and B, with α = r, have to make W₀’s first directions and the change together, in rank r, so its floor differs from LoRA’s.",
  ],
  less: [
    "On code and mathematics, LoRA at usual ranks learned less than full fine-tuning, and forgot less of the rest.",
    "Biderman et al. 2024, arXiv:2405.09673",
    "Described, not run: a finding on language models, and no change of the method.",
  ],
  illusion: [
    "After LoRA, some first singular vectors of a weight are close to none of the base’s: intruder dimensions. A high rank with rsLoRA’s scale came close to full fine-tuning, which has none.",
    "Shuttleworth et al. 2024, arXiv:2410.21228",
    "Described, not run: a finding on trained language models, and no change of the method.",
  ],
  regret: [
    "On every layer, at its own rate, and as long as its parameters had room for the data, LoRA learned as well as full fine-tuning.",
    "Schulman et al. 2025",
    "Described, not run: a finding on language models; the sweep in the lab shows a small part of it.",
  ],
};
