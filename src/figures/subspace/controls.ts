import {choice, type Params, range} from "../../figure/controls.ts";
import type {Bounds} from "../../figure/parse.ts";
import {adaptedMatrixNames, SKILLS, TWIN_RANKS, TWIN_STEPS, type TwinRun} from "../shared/twins.ts";

/** Names must differ from `lab`'s: one page's address holds the parameters of both. */
export const controls = {
  twins: choice(
    ["Compare"],
    {
      ranks: `Rank ${TWIN_RANKS.low} with ${TWIN_RANKS.high}`,
      seeds: `Two seeds, rank ${TWIN_RANKS.high}`,
    },
    "ranks",
  ),
  place: choice(["Matrix"], adaptedMatrixNames, "v2"),
  i: range(["First i of one"], {min: 1, max: TWIN_RANKS.high, value: 1}),
  j: range(["First j of the other"], {min: 1, max: TWIN_RANKS.high, value: 1}),
  skill: choice(["Trained on"], SKILLS, "names", true),
  draw: range(["Seed"], {min: 1, max: 9, value: 1, more: true, group: "chance"}),
  trained: range(["Step"], {min: 0, max: TWIN_STEPS, value: TWIN_STEPS, clock: true}),
};
export type SubspaceParams = Params<typeof controls>;

/** The first twin has as many directions as its rank. */
const firstRank = (twins: TwinRun["twins"]): number => (twins === "ranks" ? TWIN_RANKS.low : TWIN_RANKS.high);

export const bounds = ({twins}: Pick<SubspaceParams, "twins">): Bounds => ({
  i: [1, firstRank(twins)],
});

export const runs = ({twins, skill, draw}: SubspaceParams): readonly TwinRun[] => [{skill, twins, seed: draw}];
