import file from "../../../content/lab/inside.json" with {type: "json"};
import {atPlaces, type Place, type Skill, type TwinRun} from "./twins.ts";

/** The i = j of which φ is stored. */
export const DIAGONAL = [1, 2, 4];

/** Of each matrix the stored φ(n, n), seed by seed from 1 on; undefined where none is stored. */
export function storedPhi(
  skill: Skill,
  twins: TwinRun["twins"],
  i: number,
  j: number,
): Readonly<Record<Place, readonly number[]>> | undefined {
  const at = DIAGONAL.indexOf(i);
  if (at < 0 || i !== j) return undefined;
  return atPlaces((place) => file.skills[skill][place][twins][at]!);
}

/** ‖UᵀWV‖_F and ‖ΔW‖_F of a matrix, seed by seed, at the lower rank and at the higher. */
export const storedNorms = (
  skill: Skill,
  place: Place,
): readonly {on: readonly number[]; delta: readonly number[]}[] => {
  const {on, delta} = file.skills[skill][place];
  return [0, 1].map((rank) => ({on: on[rank]!, delta: delta[rank]!}));
};

/** Lowest, middle and highest of an odd number of values. */
export function spread(values: readonly number[]): {low: number; median: number; high: number} {
  const sorted = values.toSorted((a, b) => a - b);
  return {low: sorted[0]!, median: sorted[(sorted.length - 1) / 2]!, high: sorted.at(-1)!};
}
