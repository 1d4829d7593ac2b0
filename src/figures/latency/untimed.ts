/** What the figure knows without timing anything. */
import {fullCount, loraCount} from "../../engine/lora/counts.ts";
import {asPercent, type LatencyParams} from "./controls.ts";
import {settings, type Table1Setting} from "./table1.ts";
import {type LayerWay, type MeasuredTimes, type PassShape, prefixOf} from "./ways.ts";

export interface LatencyResult {
  /** The chosen setting of Table 1. */
  setting: Table1Setting;
  shape: PassShape;
  /** Multiply–adds per token of the input. */
  adds: Readonly<Record<LayerWay, number>>;
  /** In percent. */
  guess?: number;
  measured?: MeasuredTimes;
}

export const shapeOf = ({tokens, width, r}: LatencyParams): PassShape => ({
  tokens: Number(tokens),
  width: Number(width),
  r,
});

/**
 * Merged: d². Unmerged: r(d + d) more. An adapter layer behind it: r·d down and d·r up, as many. A prefix: d² for each of its
 * positions, divided among the positions of the input.
 */
const addsOf = ({tokens, width, r}: PassShape): LatencyResult["adds"] => {
  const merged = fullCount(width, width);
  return {
    merged,
    unmerged: merged + loraCount(width, width, r),
    adapter: merged + fullCount(r, width) + fullCount(width, r),
    prefix: (merged * (tokens + prefixOf(tokens))) / tokens,
  };
};

/** The first snapshot. It needs no kernels, so a page has it at once. */
export function untimed(params: LatencyParams): LatencyResult {
  const {setting, guess} = params;
  const shape = shapeOf(params);
  return {
    setting: settings.find(({name}) => name === setting)!,
    shape,
    adds: addsOf(shape),
    ...(guess ? {guess: asPercent(guess)} : {}),
  };
}
