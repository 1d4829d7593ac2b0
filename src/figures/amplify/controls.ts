import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {adaptedMatrixNames, SKILLS, SNAPSHOT_EVERY, TWIN_RANKS, TWIN_STEPS, type TwinRun} from "../shared/twins.ts";

/** The address of a page holds the controls of all its figures, so no name may repeat one of the lab or of another figure there. */
const inPaper = {when: {norms: ["paper"]}};
const inRun = {when: {norms: ["here"]}};

export const controls = {
  norms: choice(["Norms"], {here: "of a model trained here", paper: "of GPT\u20113, as printed"}, "here"),
  printed: {...choice(["Rank ", symbol.r], {"4": "4", "64": "64"}, "4"), ...inPaper},
  strength: {...range(["Strength of ", symbol.dW], {min: 0, max: 100, value: 100}), ...inPaper},
  weight: {...choice(["Matrix"], adaptedMatrixNames, "v2"), ...inRun},
  rank: {...choice(["Rank ", symbol.r], {low: String(TWIN_RANKS.low), high: String(TWIN_RANKS.high)}, "low"), ...inRun},
  bands: {...choice(["Bands"], {inputs: "what it reads", outputs: "what it writes"}, "inputs"), ...inRun},
  subject: {...choice(["Trained on"], SKILLS, "names", true), ...inRun},
  begin: {...range(["Seed"], {min: 1, max: 9, value: 1, more: true, group: "chance"}), ...inRun},
  // At step 0 ΔW is zero and has no directions.
  until: range(["Step"], {min: SNAPSHOT_EVERY, max: TWIN_STEPS, value: TWIN_STEPS, clock: true}),
};
export type AmplifyParams = Params<typeof controls>;

/** A run whose norms are measured, or none: what the paper printed needs no training. */
export type AmplifyRun = TwinRun & {isNone?: true};

export const runs = ({norms, subject, begin}: AmplifyParams): readonly AmplifyRun[] => [
  {skill: subject, twins: "ranks", seed: begin, ...(norms === "paper" && {isNone: true})},
];
