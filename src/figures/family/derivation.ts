/** What the runs learn, and the assumptions behind them, as Explore lists them. */
import type {Derivation} from "../../figure/plot/derivation.ts";
import {FAMILY_ALPHA, FAMILY_RATES, FAMILY_SIDE, FAMILY_STEPS, type FamilyParams} from "./controls.ts";

const targets: Readonly<Record<FamilyParams["learn"], string>> = {
  fresh: "Four random directions on either side, with singular values 2, 1.4, 0.98 and 0.686.",
  own: "The same singular values along W₀’s own first four directions, and a tenth as much in new ones.",
  lengths: "Each row of W₀ times a number of its own, and a tenth as much in new directions: made to suit DoRA.",
  columns: "Each column of W₀ times a number of its own, and a tenth as much in new directions.",
};

export const familyConditions = ({learn}: FamilyParams): Derivation[] => [
  {
    name: "To be learned",
    lines: [`W* = W₀ + ΔW*, all ${FAMILY_SIDE} × ${FAMILY_SIDE}`],
    assumption: `${targets[learn]} The norm of ΔW* is the same for all four.`,
  },
  {
    name: "Loss",
    lines: ["½‖W′ − W*‖²"],
    assumption:
      "The mean of ½‖W′x − W*x‖² over inputs whose entries are independent with variance 1, so no example is drawn. A deep network has other inputs and many layers.",
  },
  {
    name: "Runs",
    lines: [`${FAMILY_STEPS} steps at each of the rates ${FAMILY_RATES.join(", ")}`],
    assumption: `α = ${FAMILY_ALPHA}, and α = r for PiSSA and LoftQ, whose start is a product BA without a factor. No decay. A run ends before the step at which its loss is over twice its first.`,
  },
  {
    name: "Counted alike",
    lines: ["every parameter that receives a gradient"],
    assumption:
      "Bits are not counted here: a base in NF4 takes about a quarter of one in sixteen bits. NF4 rounds in blocks of 64 entries.",
  },
];
