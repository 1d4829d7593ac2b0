import type {ForgeReading} from "../forgeTasks.ts";
import {isSame} from "./json.ts";

/** "8.6 letters in doubt"; beyond a thousand only that. */
export const forgeDoubtText = ({doubt}: Pick<ForgeReading, "doubt">): string =>
  `${doubt < 1000 ? doubt.toFixed(1) : "over 1,000"} letters in doubt`;

/** Letters in doubt come from float32, whose last digits differ where WebAssembly does not run. */
const NEAR_DOUBT = 0.005;
/** Sizes of changes this close, as a share, differ only by the order of additions. */
const NEAR_SIZE = 1e-7;

/** Whether two readings are of the same forge. */
export const isAlike = (one: ForgeReading, other: ForgeReading): boolean =>
  isSame(one.words, other.words) &&
  Math.abs(one.doubt - other.doubt) < NEAR_DOUBT * Math.max(1, other.doubt / 10) &&
  Math.abs(one.size - other.size) <= NEAR_SIZE * other.size;

/** What to do about a reading that is neither the right one nor a known mistake's. */
export function advice(own: ForgeReading, expected: ForgeReading, before: ForgeReading): string {
  if (own.size === 0) return "The forge has not changed: your function gives back what it was given.";
  const [times, part] = [own.size / expected.size, expected.size / own.size];
  const isWhole = (ratio: number) => ratio > 1.5 && Math.abs(ratio - Math.round(ratio)) < 0.02 * ratio;
  if (isWhole(times)) return `Your change is ${Math.round(times)} times as large as is due. Look at the scale.`;
  if (isWhole(part)) return `Your change should be ${Math.round(part)} times as large. Look at the scale.`;
  if (isSame(own.words, expected.words))
    return `The words agree, but your change has size ${own.size.toPrecision(5)}, where ${expected.size.toPrecision(5)} is due. Press Run: the small cases show which values are off.`;
  if (own.doubt > before.doubt)
    return "The forge knows names less well than before, so the change points the wrong way or is far too large. Press Run: the small cases show single values.";
  return "The forge moved toward names, but to another place than is due. Press Run: the small cases show single values.";
}
