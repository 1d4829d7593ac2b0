import type {Tape} from "../../figure/widget.ts";
import {type FloorParams, type FloorSettings, floorSettings} from "./controls.ts";
import type {FloorSnapshot, FloorTarget} from "./model.ts";

export interface FloorResult extends FloorTarget {
  /** The losses of rank 1, 2, … at the clock. */
  losses: readonly number[];
  /** For the chosen rank: the loss, the least possible loss, and the loss of the truncated SVD of ΔW*. */
  loss: number;
  floor: number;
  cut: number;
}

export const runs = (params: FloorParams): readonly FloorSettings[] => [floorSettings(params)];

export function see(tapes: readonly Tape<FloorSnapshot>[], {r, step}: FloorParams): FloorResult {
  const ground = tapes[0][0].ground!;
  const {losses} = tapes[0][step];
  return {...ground, losses, loss: losses[r - 1], floor: ground.floors[r], cut: ground.cuts[r]};
}
