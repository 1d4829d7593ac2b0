import {counted, significant, thousandths as size, tiny, whole} from "../../figure/plot/text/format.ts";
import {type ForwardParams, type ForwardResult, RUNAWAY} from "./model.ts";

/** What the stage shows at this step, and what it means. */
export function summary(result: ForwardResult, {stage, steps, rate}: ForwardParams): string {
  const {frozen, trained, loss, untouched, norms, difference, scaling, step, away, B} = result;
  const after = `After ${counted(step, "step")}`;
  if (away)
    return `At step ${away} of ${steps} the loss is more than ${RUNAWAY} times what it was: the step η·α/r = ${significant(Number(rate) * scaling, 3)} is too large. You see step ${step}; lower η or α.`;
  switch (stage) {
    case "freeze":
      return `Training never changes the ${whole(frozen)} weights of W₀. On their own they give h = W₀x, with a loss of ${size(untouched)}.`;
    case "insert":
      return step === 0
        ? `A starts at random, normal of variance 1/k, and B at zero, so ΔW = (α/r)BA is exactly 0. ${whole(trained)} parameters to train are added to ${whole(frozen)} frozen ones${trained < frozen ? "" : ", which saves nothing"}; h is as before.`
        : `${after} ‖ΔW‖ is ${size(norms.delta)}; the ${whole(frozen)} weights of W₀ have not moved. ${
            step === 1
              ? `Only the ${whole(B.data.length)} entries of B have moved: with B at zero, A had a gradient of exactly 0.`
              : `All ${whole(trained)} entries of A and B have moved.`
          }`;
    case "forward":
      return step === 0
        ? `Before the first step B is zero, so the path through A and B adds exactly 0. So h is W₀x to the last bit, with a loss of ${size(loss)}.`
        : `${after} the path through A and B adds a vector of length ${size(norms.up)} to W₀x. The loss is ${size(loss)}; at the start it was ${size(untouched)}.`;
    case "backward":
      return `${
        step === 0
          ? `Before the first step B is zero, so ∂L/∂A = (α/r)Bᵀgxᵀ is exactly 0 and only B will move, along a ∂L/∂B of norm ${size(norms.dB)}.`
          : `${after} B is not zero, so A has a gradient too: norm ${size(norms.dA)}, beside ${size(norms.dB)} of ∂L/∂B.`
      } W₀ stores none, but g flows on through it${step ? " and A" : ""}: ∂L/∂x has norm ${size(norms.dx)}.`;
    case "merge":
      return `Merging puts (α/r)BA into W: one product of ${whole(frozen)} multiply–adds instead of ${whole(frozen + trained)}. ${
        difference ? `Its output is h up to rounding, ${tiny(difference)} at most.` : "Its output is h to the last bit."
      }`;
  }
}
