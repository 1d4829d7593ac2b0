/** How the intrinsic dimension was measured, and what does not follow from it, as Explore lists them. */
import type {Derivation} from "../../figure/plot/derivation.ts";
import {fixed, percent, significant, whole} from "../../figure/plot/text/format.ts";
import type {IntrinsicParams, IntrinsicResult} from "./model.ts";
import {EXAMPLES, FULL_RATE, SHAPES, SHARE_OF_FULL, type ShapeName} from "./settings.ts";

/** The shapes in sentences. */
export const shapeNames: Readonly<Record<ShapeName, string>> = {line: "edge", circle: "circle", ring: "ring"};

const networkText = ({units, D, d90}: IntrinsicResult["networks"][number]): string =>
  `${units} units, D = ${whole(D)}: ${SHAPES.map((task) => `${shapeNames[task]} ${whole(d90[task])}`).join(", ")}`;

export function intrinsicMethod(
  {steps, trial: {d}, sweep: {D, full, line}, networks}: IntrinsicResult,
  {units}: IntrinsicParams,
): Derivation[] {
  const rate =
    d === 0
      ? "no step to take"
      : `Adam’s rate: ${FULL_RATE} × √(${whole(D)} / ${whole(d)}) = ${significant(FULL_RATE * Math.sqrt(D / d), 3)}`;
  return [
    {
      name: "Training",
      lines: ["θ = θ₀ + P z, with z from 0", `P: ${whole(D)} × ${whole(d)} entries, each +1/√D or −1/√D`, rate],
      assumption: `Only z is trained; θ₀ and P are drawn once and stay. Two hidden layers of ${units} ReLU units see the two coordinates of a point and a constant; ${EXAMPLES} points with their colors, ${steps} steps, the rate falling to a tenth. The factor √(D/d) keeps the moves of θ about as long at every d. Training lowers the cross-entropy on the points, so with few directions the share of right cells may fall meanwhile.`,
    },
    {
      name: "The 90% line",
      lines: [`${fixed(SHARE_OF_FULL, 1)} × ${percent(full)} = ${percent(line)}`],
      assumption:
        "90% of what training every weight reaches; that level, and what each d reaches, are medians of nine seeds. The least d at the line is the intrinsic dimension d₉₀ of Li et al. 2018. Here d doubles from try to try, so d₉₀ is known to a factor of two. Painting everything one color gets about half right. At d = D there are as many random directions as weights, but Adam steps differently along them, so this is not the run with every weight free.",
    },
    {
      name: "A wider network",
      lines: networks.map(networkText),
      assumption:
        "With many more weights each d₉₀ stays within one doubling, so here it depends on the task more than on the size of the network. Of the three pictures, those whose border bends more take more directions.",
    },
    {
      name: "Dimension, not rank",
      lines: ["d: trained parameters for all weights together", "r: directions in the change of one matrix"],
      assumption:
        "One step along one of these random directions changes every entry of every matrix, as a rule at full rank. So a small intrinsic dimension does not mean a small rank. It made LoRA’s authors ask about the rank of a matrix’s change, its intrinsic rank: their hypothesis, and a different claim.",
    },
    {
      name: "What does not carry over",
      lines: [],
      assumption:
        "This network starts from random weights and learns to paint. Aghajanyan et al. 2020 measured language models that were pre-trained first, where a good start may be what makes so few directions enough. The numbers here are of this network and these pictures alone.",
    },
  ];
}
