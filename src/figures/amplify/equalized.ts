import type {Norms} from "./norms.ts";
import {HERTZ, type Tone} from "./tones.ts";

/** What the norm between the directions of ΔW can be with a share of ΔW added: norms do not add. */
export interface Reach {
  low: number;
  high: number;
  /** The middle of the two: what the faders show and the middle tone plays. */
  middle: number;
}

/** By the triangle inequality, ‖W₀‖ and ‖ΔW‖ between the same directions; `share` of ΔW is from 0 to 1. */
export function normReach({onDelta, delta}: Pick<Norms, "onDelta" | "delta">, share: number): Reach {
  const added = share * delta;
  return {low: Math.abs(added - onDelta), high: added + onDelta, middle: Math.max(added, onDelta)};
}

/** The three tones of a rank with a share of ΔW; a share of 0 is W₀ alone. */
export function tonesOf(norms: Norms, share: number): Tone[] {
  return [
    {hertz: HERTZ.own, norm: norms.onOwn},
    {hertz: HERTZ.delta, norm: normReach(norms, share).middle},
    {hertz: HERTZ.random, norm: norms.onRandom},
  ];
}
