import {counted, fixed} from "../../figure/plot/text/format.ts";
import {medianRange} from "../shared/medianRange.ts";
import {ADAPTED_MATRICES, matrixSaid, SKILLS, TWIN_RANKS} from "../shared/twins.ts";
import type {SubspaceParams} from "./controls.ts";
import {isMoreThanChance, type SubspaceResult} from "./readings.ts";

export const phiText = (phi: number): string => fixed(phi, 2);

/** "0.03 ± 0.04". */
export const chanceText = ({chance: {mean, deviation}}: SubspaceResult): string =>
  `${phiText(mean)}\u00a0±\u00a0${phiText(deviation)}`;

/** The matrices whose φ is more than chance. */
export const moreIn = ({phi, chance}: SubspaceResult) =>
  ADAPTED_MATRICES.filter((place) => isMoreThanChance(phi[place], chance));

/** "the first 2 directions of A at rank 4 and the first direction at rank 16". */
function spaces({twins, i, j}: SubspaceParams): string {
  const first = (n: number) => (n === 1 ? "first direction" : `first ${counted(n, "direction")}`);
  return twins === "ranks"
    ? `the ${first(i)} of A at rank ${TWIN_RANKS.low} and the ${first(j)} at rank ${TWIN_RANKS.high}`
    : `the ${first(i)} of A and the ${first(j)} of another seed’s, both at rank ${TWIN_RANKS.high}`;
}

export function summary(result: SubspaceResult, params: SubspaceParams): string {
  const {place, skill} = params;
  const {step, phi, random, chance, stored} = result;
  const when = step === 0 ? "Before the first step" : `After ${counted(step, "step")} on “${SKILLS[skill]}”`;
  const found = `${when}, in ${matrixSaid(place)}, ${spaces(params)} have φ = ${phiText(phi[place])}; random spaces give ${chanceText(result)}, and the two Gaussian matrices drawn here ${phiText(random)}`;
  if (step === 0) return `${found}. Each A is still its own random draw, so what the runs share later is learned.`;
  const many = `in ${moreIn(result).length} of the ${ADAPTED_MATRICES.length} matrices`;
  const here = isMoreThanChance(phi[place], chance)
    ? `That is more than chance, as it is ${many}`
    : `That is no more than chance; ${many} it is more`;
  return `${found}. ${here}${stored ? `, and stored seeds reach from ${phiRange(stored[place])}` : ""}.`;
}

/** "the two runs’ top directions", "the two runs’ first 4 directions", "the first direction of one run and the first 5 of the other". */
function sharing({i, j}: SubspaceParams): string {
  if (i === j) return `the two runs’ ${i === 1 ? "top directions" : `first ${i} directions`}`;
  return `the first ${i === 1 ? "direction" : `${i} directions`} of one run and the first ${j} of the other`;
}

/** The short sentence, for a card. */
export function says(result: SubspaceResult, params: SubspaceParams): string {
  const {step, phi, chance} = result;
  const share = phi[params.place];
  const found = `φ is ${phiText(share)} for ${sharing(params)}`;
  if (step === 0) return `Before training, ${found}; chance gives ${phiText(chance.mean)}.`;
  return `${found}: ${isMoreThanChance(share, chance) ? "more" : "no more"} than chance, which gives ${chanceText(result)}.`;
}

/** "0.63 to 0.75". */
export function phiRange(values: readonly number[]): string {
  const {low, high} = medianRange(values);
  return `${phiText(low)} to ${phiText(high)}`;
}

/** What the paper reports on the same comparison in GPT-3. */
export const paperSays: Readonly<Record<SubspaceParams["twins"], string>> = {
  ranks:
    "GPT-3, paper (§7.2, Figure 3): with ranks 8 and 64, in layer 48 of 96, the authors state for ΔWq and for ΔWv that the top direction overlaps significantly, with a similarity above one half, and the others do not. The others, they say, potentially hold mostly noise.",
  seeds:
    "GPT-3, paper (§7.2, Figure 4): with two seeds at rank 64, ΔWq has more singular directions in common than ΔWv, so the authors call its intrinsic rank the higher one. Two random Gaussian matrices share none.",
};
