import {thousandths as shown} from "../../figure/plot/text/format.ts";
import type {FaultCause} from "./cases.ts";
import {type ClinicResult, lastSnapshot} from "./readings.ts";
import {leastOf} from "./setup.ts";

/** Why each cause has its symptoms, and how to fix it; phrases without a period. `short` is both, for the card. */
export const remedies: Readonly<Record<FaultCause, {why(result: ClinicResult): string; how: string; short: string}>> = {
  rate: {
    why: () => "η is too high, so each step overshoots by more than the one before",
    how: "lower η, or α/r, on which each step of ΔW depends even more",
    short: "Each step overshoots by more than the one before: lower η",
  },
  rank: {
    why: ({broken}) =>
      `r is too small: no ΔW of rank ${broken.setup.r} gets below a loss of ${shown(leastOf(broken.setup.r))}, from any start`,
    how: "raise r",
    short: "No ΔW of this rank can make the change, whatever the start: raise r",
  },
  zero: {
    why: () => "A = B = 0: each gradient has the other matrix as a factor, so both are exactly 0 at every step",
    how: "start one of the two at random",
    short: "With A = B = 0 each gradient contains the other matrix, so both stay 0: start one at random",
  },
  factor: {
    why: ({broken: {setup}}) =>
      `BA is multiplied by α = ${setup.alpha} where α/r = ${setup.alpha / setup.r} was meant, so ΔW is r times too strong`,
    how: "divide by r",
    short: "BA is multiplied by α instead of α/r, so ΔW is r times too strong: divide by r",
  },
  matrix: {
    why: ({broken}) =>
      `the adapter sits on the wrong matrix: the new outputs lie outside what W₂ can write, so no change of W₁ gets below ${shown(lastSnapshot(broken)!.trained)}`,
    how: "adapt W₂ (which matrix of a transformer has to change depends on the task: chapter 5)",
    short: "Adapting W₁ can only reach outputs that W₂ can write, and the new ones are not among them: adapt W₂",
  },
  twice: {
    why: () => "ΔW is in the weights and the adapter adds it again, so each output is off by ΔW·x",
    how: "switch off one of the two",
    short: "ΔW is already in the weights and the adapter adds it again: switch one of them off",
  },
  dropout: {
    why: () => "dropout is still on, so each call drops different entries of what the adapter reads",
    how: "switch to eval mode",
    short: "Dropout is still on, so each call drops different entries: switch to eval mode",
  },
  base: {
    why: () => "ΔW was trained on another base, and added to the new one it leads elsewhere",
    how: "serve the base it was trained on, or train again on the new one",
    short: "ΔW was trained on another base: serve it with that one, or train again",
  },
};
