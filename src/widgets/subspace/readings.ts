import {expectedSimilarity, similarityDeviation} from "../../engine/analysis/chance.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import type {Tape} from "../../shell/widget.ts";
import {storedPhi} from "../shared/storedTwins.ts";
import {type AdaptedMatrix, perMatrix, WIDTH} from "../shared/twins.ts";
import type {SubspaceParams} from "./controls.ts";
import type {Snapshot} from "./model.ts";

/** φ counts as more than chance if it is this many deviations above the mean. At most one in twenty random pairs gets there. */
export const DEVIATIONS = 2;

export interface SubspaceResult extends Required<Snapshot> {
  /** The step shown: the last one up to the clock with a grid. */
  step: number;
  /** φ at the chosen i and j, of each place and of the Gaussian pair. */
  phi: Readonly<Record<AdaptedMatrix, number>>;
  random: number;
  /** Mean and deviation of φ(i, j) between random spaces. */
  chance: {mean: number; deviation: number};
  /** φ at i and j of nine stored pairs of runs, at each place; undefined if none is stored. */
  stored?: Readonly<Record<AdaptedMatrix, readonly number[]>>;
}

/** φ(i, j) of a grid. */
export const phiAt = ({data, cols}: Matrix, i: number, j: number): number => data[(i - 1) * cols + j - 1]!;

/** From the tape of both runs, as far as it is there, to what the picture shows at the clock. */
export function see([tape]: readonly Tape<Snapshot>[], params: SubspaceParams): SubspaceResult {
  const {twins, i, j, skill, trained} = params;
  const frames = tape!.slice(0, trained + 1);
  const step = frames.findLastIndex(({grids}) => grids);
  const grids = frames[step]!.grids!;
  const control = frames[0]!.control!;
  return {
    ...{step, grids, control},
    phi: perMatrix((place) => phiAt(grids[place], i, j)),
    random: phiAt(control, i, j),
    stored: storedPhi(skill, twins, i, j),
    chance: {mean: expectedSimilarity(i, j, WIDTH), deviation: similarityDeviation(i, j, WIDTH)},
  };
}

export const isMore = (phi: number, {mean, deviation}: SubspaceResult["chance"]): boolean =>
  phi > mean + DEVIATIONS * deviation;
