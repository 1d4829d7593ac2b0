import {countAt} from "../../figure/controls.ts";
import {significant, whole} from "../../figure/plot/text/format.ts";
import type {ThreadsParams, ThreadsResult} from "./model.ts";

/** A length of so many weights, at one weight per millimeter: "4 mm", "12.3 m". */
const length = (weights: number): string =>
  weights < 1000 ? `${whole(weights)} mm` : `${significant(weights / 1000, 3)} m`;

/** How many weights of the matrix there are for one parameter of B and A: "1,536", "1.5". */
export const weightsFor = (fewer: number): string => (fewer < 100 ? significant(fewer, 3) : whole(fewer));

/** How often the zoom enlarges: "100", "3.2". */
export function enlarged(zoom: number): string {
  const times = countAt(zoom);
  return times < 10 ? significant(times, 2) : whole(times);
}

export function says({d, fewer}: ThreadsResult, {r}: ThreadsParams): string {
  if (fewer === 1) return `At r = ${whole(r)}, B and A weigh as much as the whole square: low rank saves nothing.`;
  return `If each weight were a millimeter wide, the square would be ${length(d)} high and its threads ${length(r)} thick.`;
}

export function summary({d, full, pair, fewer}: ThreadsResult, {zoom, r}: ThreadsParams): string {
  const here = zoom ? `Zoom × ${enlarged(zoom)}. ` : "";
  const hold = `At r = ${whole(r)}, B and A have ${whole(pair)} parameters`;
  if (fewer === 1) return `${here}${hold}, as many as the square: from here on low rank saves nothing.`;
  const share = `${hold}, 1 for every ${weightsFor(fewer)} of the ${whole(full)} weights in the square`;
  const wall = `with one weight per millimeter it would be ${length(d)} high and the threads ${length(r)} thick`;
  return `${here}${share}; ${wall}.`;
}
