/** How far a pass has come at a given time. */

/** Where a lane delays its pass, and by how much in all. */
interface Delay {
  /** Stretches of the road, as shares of it from its start, in order. */
  zones: readonly (readonly [from: number, to: number])[];
  /** Time beyond 1, the time of the bare road; it is split evenly over the zones. */
  extra: number;
}

/**
 * How far a pass has come, as a share of the road. Outside the zones all passes are equally fast; extra time is spent in the
 * zones. Negative extra time makes a pass faster there, or on the whole road if it has no zones.
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
