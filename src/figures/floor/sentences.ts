import {percent, thousandths as shown} from "../../figure/plot/text/format.ts";
import {FLOOR_SIDE, FLOOR_STEPS, type FloorParams} from "./controls.ts";
import type {FloorResult} from "./readings.ts";

/** A run has landed, or is close to its floor, if it is above its floor by at most this share of the loss at rank 0. */
const LANDED = 0.01;

export const hasLanded = ({loss, floor, floors}: FloorResult): boolean => loss - floor <= LANDED * floors[0];

const kinds = {flat: "nearly flat", power: "falling", step: "stepped"} as const;

function meaning(result: FloorResult, {r, inputs, step}: FloorParams): string {
  const {floor, floors, cut, loss} = result;
  if (step === 0) return "B is 0, so all ranks start at the same loss, and only training will tell them apart";
  if (!hasLanded(result)) return `the run is still ${shown(loss - floor)} above that`;
  if (inputs === "uneven" && r < FLOOR_SIDE)
    return `the run is close to that, while the SVD of ΔW* itself, cut at r = ${r}, leaves ${shown(cut)}: the directions that inputs rarely take should not count as much`;
  if (floor === 0) return "the run is close to that: all of ΔW* fits into this rank";
  return `the run is close to that, and ${percent(floor / floors[0])} of the loss at rank 0 stays, however long it trains`;
}

export function summary(result: FloorResult, params: FloorParams): string {
  const {r, step, spectrum} = params;
  const when =
    step === 0 ? "Before the first step" : step === FLOOR_STEPS ? `At its end, step ${step},` : `At step ${step}`;
  return `${when} the run with r = ${r} has loss ${shown(result.loss)}; with this ${kinds[spectrum]} spectrum no ΔW of that rank gets below ${shown(result.floor)}. Here ${meaning(result, params)}.`;
}

/** The same for the card. */
export function says(result: FloorResult, {r, inputs, step}: FloorParams): string {
  const {floor, floors, cut, loss} = result;
  if (step === 0)
    return `Before training every rank has a loss of ${shown(loss)}. The floor of rank ${r} is ${shown(floor)}.`;
  if (!hasLanded(result))
    return `After step ${step}, rank ${r} has a loss of ${shown(loss)}: still ${shown(loss - floor)} above its floor.`;
  if (floor === 0) return `Rank ${r} is at ${shown(loss)}, and its floor is 0: all of ΔW* fits into this rank.`;
  const isThere = shown(loss) === shown(floor);
  const near = `Rank ${r} is at ${isThere ? "" : `${shown(loss)}, close to `}its floor, ${shown(floor)}`;
  if (inputs === "uneven")
    return `${near}. Cutting the SVD of ΔW* at ${r} would leave ${shown(cut)}: not the best for these inputs.`;
  return `${near}. However long it trains, ${percent(floor / floors[0])} of the loss at rank 0 remains.`;
}
