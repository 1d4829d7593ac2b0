/** What readers set, and what the figure shows of the runs. It is apart from the model, so that pages do not load its training. */
import file from "../../../content/lab/inside.json" with {type: "json"};
import {expectedSimilarity, similarityDeviation} from "../../engine/analysis/chance.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import type {Bounds} from "../../figure/parse.ts";
import type {Frames} from "../../figure/widget.ts";
import {
  type AdaptedMatrix,
  adaptedMatrixNames,
  DIAGONAL,
  perMatrix,
  SKILLS,
  type Skill,
  TWIN_RANKS,
  TWIN_STEPS,
  type TwinRun,
  WIDTH,
} from "../shared/twins.ts";
import type {ComparedDirections, SubspaceSnapshot} from "./model.ts";

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

/** i is at most the first run's rank. */
export const bounds = ({twins}: Pick<SubspaceParams, "twins">): Bounds => ({
  i: [1, twins === "ranks" ? TWIN_RANKS.low : TWIN_RANKS.high],
});

/** What the pair of runs depends on; the other parameters choose what is shown of it. */
export const twinRun = ({twins, skill, draw}: SubspaceParams): TwinRun => ({skill, twins, seed: draw});

/** φ is more than chance if it is this many standard deviations above the mean. At most one in twenty random pairs is. */
export const DEVIATIONS = 2;

export interface SubspaceResult extends Required<SubspaceSnapshot> {
  /** The last step up to the clock that has a grid. */
  step: number;
  /** φ at the chosen i and j, at each adapted matrix. */
  phi: Readonly<Record<AdaptedMatrix, number>>;
  /** Mean and standard deviation of φ(i, j) between random subspaces. */
  chance: {mean: number; deviation: number};
  /** φ at i and j in nine stored pairs of runs, at each adapted matrix; undefined if none is stored. */
  stored?: Readonly<Record<AdaptedMatrix, readonly number[]>>;
}

/** φ(i, j) from a grid (r₁,r₂). */
export const phiAt = ({data, cols}: Matrix, i: number, j: number): number => data[(i - 1) * cols + j - 1]!;

/** The stored φ(i, j) of each matrix, one value per seed from 1 on; undefined if none is stored. */
export function storedPhi(
  skill: Skill,
  twins: TwinRun["twins"],
  i: number,
  j: number,
): Readonly<Record<AdaptedMatrix, readonly number[]>> | undefined {
  const at = DIAGONAL.indexOf(i);
  if (at < 0 || i !== j) return undefined;
  return perMatrix((matrix) => file.skills[skill][matrix][twins][at]!);
}

/** What the picture shows at the clock, from the snapshots so far. */
export function readSubspace(frames: Frames<SubspaceSnapshot>, params: SubspaceParams): SubspaceResult {
  const {twins, i, j, skill, trained} = params;
  const step = frames.slice(0, trained + 1).findLastIndex(({places}) => places);
  const places = frames[step]!.places!;
  return {
    step,
    places,
    phi: perMatrix((place) => phiAt(places[place].grid, i, j)),
    stored: storedPhi(skill, twins, i, j),
    chance: {
      mean: expectedSimilarity(i, j, WIDTH),
      deviation: similarityDeviation(i, j, WIDTH),
    },
  };
}

/** Whether φ is more than chance. */
export const isMoreThanChance = (phi: number, {mean, deviation}: SubspaceResult["chance"]): boolean =>
  phi > mean + DEVIATIONS * deviation;

/**
 * For each direction of the smaller subspace, the squared length of its projection onto the larger one. φ(i, j) is their mean.
 * With i = j the directions are the first run's.
 */
export function sharesOf({directions: [one, other]}: ComparedDirections, i: number, j: number): number[] {
  const [small, large] = i <= j ? [one, other] : [other, one];
  return Array.from({length: Math.min(i, j)}, (_, at) => {
    let share = 0;
    for (let m = 0; m < Math.max(i, j); m++) {
      let along = 0;
      for (let k = 0; k < small.rows; k++) along += small.data[k * small.cols + at]! * large.data[k * large.cols + m]!;
      share += along * along;
    }
    return share;
  });
}

/** A grid of φ minus its mean between random subspaces, which grows with i and j: what is left is what the runs share. */
export const aboveChance = (grid: Matrix): Matrix => ({
  ...grid,
  data: grid.data.map(
    (phi, at) => phi - expectedSimilarity(Math.floor(at / grid.cols) + 1, (at % grid.cols) + 1, WIDTH),
  ),
});
