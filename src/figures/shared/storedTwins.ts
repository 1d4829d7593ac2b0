/** The stored measurements of twins. */
import file from "../../../content/lab/inside.json" with {type: "json"};
import {type AdaptedMatrix, DIAGONAL, perMatrix, type Skill, type TwinRun} from "./twins.ts";

/** The stored φ(i, j) of each matrix, one value per seed from 1 on; undefined where none is stored. */
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
