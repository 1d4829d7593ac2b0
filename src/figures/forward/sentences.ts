import {counted, thousandths as size, whole} from "../../figure/plot/text/format.ts";
import {type ForwardParams, type ForwardResult, RUNAWAY} from "./model.ts";

/** What the stage shows, in one short sentence. */
export function says(result: ForwardResult, {stage}: ForwardParams): string {
  const {frozen, loss, untouched, difference, step, away} = result;
  const after = `After ${counted(step, "step")}`;
  if (away)
    return `The steps are too large: at step ${away} the loss is more than ${RUNAWAY} times what it was. You see step ${step}; lower η.`;
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
