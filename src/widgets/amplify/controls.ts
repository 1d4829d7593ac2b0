import {choice, type Params, range} from "../../shell/controls.ts";
import {sign} from "../../shell/signs.ts";
import {EVERY, matrixNames, RANKS, SKILLS, STEPS, type TwinRun} from "../shared/twins.ts";

/** The address of a page holds the controls of all its figures, so no name may repeat one of the lab or of another figure there. */
export const controls = {
  weight: choice(["Matrix"], matrixNames, "v2"),
  rank: choice(["Rank ", sign.r], {low: String(RANKS.low), high: String(RANKS.high)}, "low"),
  bands: choice(["Bands"], {inputs: "what it reads", outputs: "what it writes"}, "inputs"),
  subject: choice(["Learned"], SKILLS, "names", true),
  begin: range(["Seed"], {min: 1, max: 9, value: 1, more: true, group: "chance"}),
  // At step 0 ΔW is zero and has no directions.
  until: range(["Step"], {min: EVERY, max: STEPS, value: STEPS, clock: true}),
};
export type AmplifyParams = Params<typeof controls>;

export const runs = ({subject, begin}: AmplifyParams): readonly TwinRun[] => [
  {skill: subject, twins: "ranks", seed: begin},
];
