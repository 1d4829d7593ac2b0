import {randomPair} from "../../engine/analysis/baselines.ts";
import {similarityGrid} from "../../engine/analysis/subspace.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {trainTwins} from "../shared/trainTwins.ts";
import {atPlaces, loraAt, type Place, type TwinRun, twinsOf, WIDTH} from "../shared/twins.ts";

export {ready} from "../shared/trainTwins.ts";

/** Added to the seed for the Gaussian pair, so that it is none of a run's draws. */
const CONTROL = 300;

/** Both runs at a step; only every so many steps there is a look at them. */
export interface Frame {
  /** φ(i, j) for all i and j, of A at each place. */
  grids?: Readonly<Record<Place, Matrix>>;
  /** In the first frame: the same of two Gaussian matrices of these shapes. */
  control?: Matrix;
}

function controlOf(run: TwinRun): Matrix {
  const [one, other] = twinsOf(run);
  const {A1, A2} = randomPair(one!.r, other!.r, WIDTH, mulberry32(run.seed + CONTROL));
  return similarityGrid(A1, A2);
}

export function* compute(run: TwinRun): Generator<Frame, void> {
  for (const {looks, weights} of trainTwins(run)) {
    yield {
      ...(looks && {grids: atPlaces((place) => similarityGrid(loraAt(looks[0], place).A, loraAt(looks[1], place).A))}),
      ...(weights && {control: controlOf(run)}),
    };
  }
}
