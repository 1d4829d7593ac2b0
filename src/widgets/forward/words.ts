import {counted, fixed, significant, tiny, whole} from "../../figures/format.ts";
import {type ForwardParams, type ForwardResult, RUNAWAY} from "./model.ts";

/** A size to three decimals. "0" is exactly 0, and nothing else is. */
export const size = (x: number): string => (x === 0 ? "0" : x < 0.0005 ? tiny(x) : fixed(x, 3));

/** The stage at this step: what is set, what came out, what it means. */
export function sentence(result: ForwardResult, {stage, steps, rate}: ForwardParams): string {
  const {frozen, trained, loss, untouched, norms, difference, scaling, step, away} = result;
  const after = `After ${counted(step, "step")}`;
  if (away)
    return `At step ${away} of ${steps} the loss passes ${RUNAWAY} times its start: the step η·α/r = ${significant(Number(rate) * scaling, 3)} is too large. Shown is step ${step}; lower η or α, or reset.`;
  switch (stage) {
    case "freeze":
      return `${step ? `${after} the` : "The"} ${whole(frozen)} numbers of W₀ are ${step ? "still " : ""}the ones that came in: training never changes them. Alone they give h = W₀x, with a loss of ${size(untouched)}.`;
    case "insert":
      return step === 0
        ? `A starts at random, from N(0, 1/k), and B at zero, so ΔW = (α/r)BA is exactly 0. ${whole(trained)} numbers to train stand beside ${whole(frozen)} frozen ones, and h is as before.`
        : `${after} B is no longer zero and ‖ΔW‖ is ${size(norms.delta)}. ${whole(trained)} numbers have moved and the ${whole(frozen)} of W₀ have not.`;
    case "forward":
      return step === 0
        ? `Before the first step B is zero, so the path through A and B adds exactly 0. The output h is W₀x to the last bit, with a loss of ${size(loss)}.`
        : `${after} the path through A and B adds a vector of length ${size(norms.up)} to W₀x. The loss is ${size(loss)}; at the start it was ${size(untouched)}.`;
    case "backward":
      return step === 0
        ? `Before the first step B is zero, so ∂L/∂A = (α/r)Bᵀgxᵀ is exactly 0 and only B will move, along a ∂L/∂B of norm ${size(norms.dB)}. W₀ stores no gradient, but g flows on through it: ∂L/∂x has norm ${size(norms.dx)}.`
        : `${after} B is not zero, so A has a gradient too: norm ${size(norms.dA)}, beside ${size(norms.dB)} of ∂L/∂B. W₀ stores none, but g flows on through it and through A: ∂L/∂x has norm ${size(norms.dx)}.`;
    case "merge":
      return `${step ? `${after} merging` : "Merging"} puts (α/r)BA into W: one product of ${whole(frozen)} multiply–adds instead of ${whole(frozen + trained)}. ${
        difference ? `Its output is h up to rounding, ${tiny(difference)} at most.` : "Its output is h to the last bit."
      }`;
  }
}
