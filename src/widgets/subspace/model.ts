import {randomPair} from "../../engine/analysis/baselines.ts";
import {similarityGrid} from "../../engine/analysis/subspace.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {trainTwins} from "../shared/trainTwins.ts";
import {type AdaptedMatrix, loraAt, perMatrix, type TwinRun, twinsOf, WIDTH} from "../shared/twins.ts";

export {ready} from "../shared/trainTwins.ts";

/** Added to the seed for the Gaussian pair, so that it differs from the draws of the runs. */
const CONTROL = 300;

export interface Snapshot {
  /** Every EVERY steps: φ(i, j) of the two A at each place, for all i and j. */
  grids?: Readonly<Record<AdaptedMatrix, Matrix>>;
  /** In the first snapshot: the same for two Gaussian matrices of these shapes. */
  control?: Matrix;
}

function controlOf(run: TwinRun): Matrix {
  const [one, other] = twinsOf(run);
  const {A1, A2} = randomPair(one!.r, other!.r, WIDTH, mulberry32(run.seed + CONTROL));
  return similarityGrid(A1, A2);
}

export function* compute(run: TwinRun): Generator<Snapshot, void> {
  for (const {adapters, weights} of trainTwins(run)) {
    yield {
      ...(adapters && {
        grids: perMatrix((place) => similarityGrid(loraAt(adapters[0], place).A, loraAt(adapters[1], place).A)),
      }),
      ...(weights && {control: controlOf(run)}),
    };
  }
}
