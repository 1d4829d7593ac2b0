import {expectedSimilarity, similarityDeviation} from "../../engine/analysis/chance.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import type {Tape} from "../../figure/widget.ts";
import {storedPhi} from "../shared/storedTwins.ts";
import {type AdaptedMatrix, perMatrix, WIDTH} from "../shared/twins.ts";
import type {SubspaceParams} from "./controls.ts";
import type {Shadow} from "./drawing/shadows.ts";
import type {ComparedDirections, SubspaceSnapshot} from "./model.ts";

/** φ counts as more than chance if it is this many deviations above the mean. At most one in twenty random pairs gets there. */
export const DEVIATIONS = 2;

export interface SubspaceResult extends Required<SubspaceSnapshot> {
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
export function see([tape]: readonly Tape<SubspaceSnapshot>[], params: SubspaceParams): SubspaceResult {
  const {twins, i, j, skill, trained} = params;
  const frames = tape!.slice(0, trained + 1);
  const step = frames.findLastIndex(({places}) => places);
  const places = frames[step]!.places!;
  const control = frames[0]!.control!;
  return {
    ...{step, places, control},
    phi: perMatrix((place) => phiAt(places[place].grid, i, j)),
    random: phiAt(control.grid, i, j),
    stored: storedPhi(skill, twins, i, j),
    chance: {
      mean: expectedSimilarity(i, j, WIDTH),
      deviation: similarityDeviation(i, j, WIDTH),
    },
  };
}

export const isMoreThanChance = (phi: number, {mean, deviation}: SubspaceResult["chance"]): boolean =>
  phi > mean + DEVIATIONS * deviation;

/**
 * Each direction of the smaller space with its shadow: its projection onto the larger one, V·Vᵀ·u. φ(i, j) is the mean
 * of their shares. With i = j the directions are the first run's.
 */
export function shadowsOf({directions: [one, other]}: ComparedDirections, i: number, j: number): Shadow[] {
  const [small, large] = i <= j ? [one, other] : [other, one];
  const most = Math.max(i, j);
  return Array.from({length: Math.min(i, j)}, (_, at) => {
    const direction = column(small, at);
    const shadow = new Float64Array(direction.length);
    let share = 0;
    for (let m = 0; m < most; m++) {
      const axis = column(large, m);
      const along = axis.reduce((sum, x, k) => sum + x * direction[k]!, 0);
      share += along * along;
      for (let k = 0; k < shadow.length; k++) shadow[k]! += along * axis[k]!;
    }
    return {n: at + 1, direction, shadow, share};
  });
}

const column = ({rows, cols, data}: Matrix, at: number): Float64Array =>
  Float64Array.from({length: rows}, (_, row) => data[row * cols + at]!);

/** φ less what random spaces give on average, which grows with i and j: what is drawn is then what two runs share. */
export const aboveChance = (grid: Matrix): Matrix => ({
  ...grid,
  data: grid.data.map(
    (phi, at) => phi - expectedSimilarity(Math.floor(at / grid.cols) + 1, (at % grid.cols) + 1, WIDTH),
  ),
});
