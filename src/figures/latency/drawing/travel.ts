/** Where a lane holds its pass up, and by how much in all. */
export interface Delay {
  /** Stretches of the road, as shares of it from its start, in order. */
  zones: readonly (readonly [from: number, to: number])[];
  /** Time beyond what the road takes anyway, which is 1; it is split evenly over the zones. */
  extra: number;
}

/**
 * How far a pass has come at a time, as a share of the road. On the road all passes are equally fast; what one takes longer it
 * spends in its zones. Negative extra time makes it faster there, or on the whole road where it has no zones.
 */
export function placeAt(time: number, {zones, extra}: Delay): number {
  const slow: Delay["zones"] = zones.length ? zones : [[0, 1]];
  let [clock, at] = [0, 0];
  for (const [from, to] of slow) {
    if (time <= clock + from - at) return at + time - clock;
    clock += from - at;
    const spent = Math.max(to - from + extra / slow.length, 1e-9);
    if (time <= clock + spent) return from + ((time - clock) / spent) * (to - from);
    clock += spent;
    at = to;
  }
  return Math.min(at + time - clock, 1);
}
