import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

/** What is cut: how fine-tuning changed the matrices, or the matrices themselves. */
export type Of = "change" | "weights";

/** The pieces of each matrix: both sides of Wq are 32 long, and so is the shorter side of the others. */
export const PIECES = 32;
/** Words in the picture. */
export const PICTURED_WORDS = 8;

export const controls = {
  of: choice(["Keep pieces of"], {change: "the change", weights: "the weights"}, "change"),
  draw: range(["Words drawn with seed"], {min: 1, max: 20, value: 11, group: "chance", more: true}),
  r: range(["Pieces ", symbol.r], {min: 0, max: PIECES, value: 4, clock: true}),
};
export type CutParams = Params<typeof controls>;

/** What is computed once for all numbers of pieces. */
export interface Cutting {
  of: Of;
  draw: number;
}

export const runs = ({of, draw}: CutParams): readonly Cutting[] => [{of, draw}];
