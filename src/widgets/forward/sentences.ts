import {counted, significant, thousandths as size, tiny, whole} from "../../figures/text/format.ts";
import {type ForwardParams, type ForwardResult, RUNAWAY} from "./model.ts";

/** What the stage shows at this step, and what it means. */
export function sentence(result: ForwardResult, {stage, steps, rate}: ForwardParams): string {
  const {frozen, trained, loss, untouched, norms, difference, scaling, step, away, B} = result;
  const after = `After ${counted(step, "step")}`;
  if (away)
    return `At step ${away} of ${steps} the loss passes ${RUNAWAY} times its start: the step η·α/r = ${significant(Number(rate) * scaling, 3)} is too large. Shown is step ${step}; lower η or α.`;
  switch (stage) {
    case "freeze":
      return `The ${whole(frozen)} numbers of W₀ are the ones that came in: training never changes them. Alone they give h = W₀x, with a loss of ${size(untouched)}.`;
    case "insert":
      return step === 0
        ? `A starts at random, normal of variance 1/k, and B at zero, so ΔW = (α/r)BA is exactly 0. ${whole(trained)} numbers to train stand beside ${whole(frozen)} frozen ones${trained < frozen ? "" : ", which saves nothing"}; h is as before.`
        : `${after} ‖ΔW‖ is ${size(norms.delta)}; the ${whole(frozen)} numbers of W₀ stand still. ${
            step === 1
              ? `Only the ${whole(B.data.length)} numbers of B have moved: with B at zero A had a gradient of exactly 0.`
              : `All ${whole(trained)} numbers of A and B have moved.`
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

/** What the stage shows, in one short sentence. */
export function said(result: ForwardResult, {stage}: ForwardParams): string {
  const {frozen, loss, untouched, difference, step, away} = result;
  const after = `After ${counted(step, "step")}`;
  if (away)
    return `The steps are too large: at step ${away} the loss is more than ${RUNAWAY} times what it was. Shown is step ${step}.`;
  switch (stage) {
    case "freeze":
      return `Training never changes the ${whole(frozen)} weights of W₀. On their own they give h = W₀x, with a loss of ${size(untouched)}.`;
    case "insert":
      return step === 0
        ? "A starts at random and B at zero, so BA is exactly 0 and h is what it was before."
        : `${after} ${step === 1 ? "only B has moved" : "A and B have moved"}; W₀ is unchanged.`;
    case "forward":
      return step === 0
        ? `B is zero, so the path through A and B adds exactly 0: h is W₀x. The loss is ${size(loss)}.`
        : `${after} the path through A and B adds to W₀x. The loss is ${size(loss)}; it was ${size(untouched)}.`;
    case "backward":
      return step === 0
        ? "B is zero, so the gradient of A is exactly 0: only B will move. No gradient is stored for W₀."
        : `${after} B is no longer zero, so A gets a gradient too. None is stored for W₀.`;
    case "merge":
      return `(α/r)BA is added into W. That leaves one matrix, and Wx equals h ${difference ? "up to rounding" : "to the last bit"}.`;
  }
}
