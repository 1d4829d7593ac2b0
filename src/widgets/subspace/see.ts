import {expectedSimilarity, randomPair, similarityDeviation} from "../../engine/baselines.ts";
import {lastOf} from "../../engine/last.ts";
import type {Matrix} from "../../engine/matrix.ts";
import {mulberry32} from "../../engine/random.ts";
import {similarityGrid} from "../../engine/subspace.ts";
import {storedPhi} from "../labInside.ts";
import {type Frame, loraAt, PLACES, type Place, RANKS, WIDTH} from "../labTwins.ts";
import type {Tape} from "../widget.ts";
import {firstRank, type SubspaceParams} from "./settings.ts";

/** Added to the seed for the Gaussian pair, so that it is none of a run's draws. */
const CONTROL = 300;
/** From so many deviations above the mean on, φ is called more than chance: random spaces get there about once in twenty or rarer. */
export const DEVIATIONS = 2;

export interface SubspaceResult {
  /** The step that is shown: the last look on the way to the clock. */
  step: number;
  /** φ(i, j) for all i and j, of A at each place. */
  grids: Readonly<Record<Place, Matrix>>;
  /** The same of two Gaussian matrices of these shapes. */
  control: Matrix;
  /** φ at the chosen i and j: of each place and of the control. */
  phi: Readonly<Record<Place, number>>;
  random: number;
  /** Mean and deviation of φ(i, j) between random spaces. */
  chance: {mean: number; deviation: number};
  /** φ at i and j of nine stored pairs of runs, at each place; undefined where none is stored. */
  stored?: Readonly<Record<Place, readonly number[]>>;
}

const gridsOf = lastOf(
  ([one, other]: NonNullable<Frame["looks"]>): SubspaceResult["grids"] =>
    Object.fromEntries(
      PLACES.map((place) => [place, similarityGrid(loraAt(one, place).A, loraAt(other, place).A)]),
    ) as Record<Place, Matrix>,
);

const controlOf = lastOf((rank: number, seed: number): Matrix => {
  const {A1, A2} = randomPair(rank, RANKS.high, WIDTH, mulberry32(seed + CONTROL));
  return similarityGrid(A1, A2);
});

/** φ(i, j) of a grid. */
export const phiAt = ({data, cols}: Matrix, i: number, j: number): number => data[(i - 1) * cols + j - 1]!;

/** The tape of both runs, or what there is of it → what the picture shows at the clock. */
export function see([tape]: readonly Tape<Frame>[], params: SubspaceParams): SubspaceResult {
  const {twins, i, j, skill, draw, trained} = params;
  const frames = tape!.slice(0, trained + 1);
  const step = frames.findLastIndex(({looks}) => looks);
  const grids = gridsOf(frames[step]!.looks!);
  const control = controlOf(firstRank(twins), draw);
  return {
    ...{step, grids, control},
    phi: Object.fromEntries(PLACES.map((place) => [place, phiAt(grids[place], i, j)])) as Record<Place, number>,
    random: phiAt(control, i, j),
    stored: storedPhi(skill, twins, i, j),
    chance: {mean: expectedSimilarity(i, j, WIDTH), deviation: similarityDeviation(i, j, WIDTH)},
  };
}

/** Whether a φ is above what random spaces give. */
export const isMore = (phi: number, {mean, deviation}: SubspaceResult["chance"]): boolean =>
  phi > mean + DEVIATIONS * deviation;
